"""An overview of a collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from indexer.engine.protocol import EngineResponse, Foreseen
from indexer.register.named import Named
from indexer.register.ranked import RankedDocuments
from indexer.search.answer import Answer
from indexer.search.facets import facets
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, Hit
from indexer.visible.index import VisibleIndex

_NEWEST = 8
_DOCUMENTS = 6
_CITED = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """The content of the home page from one commit."""

    total: int
    newest: tuple[Hit, ...]
    documents: tuple[Hit, ...]
    """The newest articles that are documents or carry one."""
    cited: tuple[Named, ...]
    """The most cited documents."""
    facets: Mapping[str, tuple[FacetValue, ...]]


def overview(
    index: VisibleIndex, answer: Callable[[SearchRequest], Answer], ranked: RankedDocuments
) -> Overview:
    """Return the newest articles and documents, the most cited documents, and the counts of all facets."""
    asked = SearchRequest(size=_NEWEST)
    everything = answer(asked)

    def documents(kinds: Iterable[FacetValue]) -> Answer | None:
        of_kinds = tuple(one.value for one in kinds)
        return answer(SearchRequest(type=of_kinds, sort="newest", size=_DOCUMENTS)) if of_kinds else None

    # Asked for once: there may be many pages of counts.
    cited = cache(partial(ranked.counted, _CITED))

    def then(found: EngineResponse) -> Iterator[Foreseen]:
        if newest := documents(facets(found.facets, asked)["type"]):
            yield newest.first()
        yield from ranked.foreseen(cited())

    index.foresee((everything.first(), ranked.first()))
    found = everything.page(then)
    newest = documents(found.facets["type"])
    return Overview(
        found.total,
        found.hits,
        newest.page().hits if newest else (),
        tuple(ranked.named(cited())),
        found.facets,
    )
