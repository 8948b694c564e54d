"""An overview of a collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.register.named import Named
from indexer.register.ranked import RankedDocuments
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, Hit, SearchResponse

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


def overview(search: Callable[[SearchRequest], SearchResponse], ranked: RankedDocuments) -> Overview:
    """Return the newest articles and documents, the most cited documents, and the counts of all facets."""
    everything = search(SearchRequest(size=_NEWEST))
    kinds = tuple(one.value for one in everything.facets.get("type", ()))
    documents = search(SearchRequest(type=kinds, sort="newest", size=_DOCUMENTS)).hits if kinds else ()
    cited = tuple(ranked.most_cited(_CITED))
    return Overview(everything.total, everything.hits, documents, cited, everything.facets)
