"""The effect of a change on the first page of some queries, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Hit, SearchResponse
from indexer.search.searcher import Searcher

PINNED = 0
"""The position of pinned articles, above the first hit."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article on one of two first pages; positions count from 1, None if it is not on that page."""

    hit: Hit
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a query: number of results, reading, and interpretation in words."""

    total: int
    """As counted on the page of results: copies of one article count once."""
    reading: Reading
    interpretation: tuple[str, ...]
    shown: int
    """Number of hits from that reading on the first page; later ones match less well."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A query answered before and after the change."""

    query: str
    before: Page
    after: Page
    placed: tuple[Placed, ...]
    """The first page after the change, in order, followed by articles no longer on it."""

    @property
    def is_same(self) -> bool:
        """Tell whether the change has no effect."""
        return self.before == self.after and all(one.before == one.after for one in self.placed)


def tried(now: Searcher, then: Searcher, queries: Iterable[str]) -> list[Tried]:
    """Answer each query with the current and the changed state."""
    return [
        _tried(text, now.search(SearchRequest(text)), then.search(SearchRequest(text))) for text in queries
    ]


def _tried(text: str, before: SearchResponse, after: SearchResponse) -> Tried:
    old, new = _places(before), _places(after)
    gone = [one for one in old if one not in new]
    return Tried(
        text,
        _page(before),
        _page(after),
        tuple(
            Placed(
                (new.get(id) or old[id])[1],
                *(places[id][0] if id in places else None for places in (old, new)),
            )
            for id in [*new, *gone]
        ),
    )


def _places(response: SearchResponse) -> dict[str, tuple[int, Hit]]:
    """Return what is on the page: pinned articles, and those found as meant or below."""
    found: dict[str, tuple[int, Hit]] = {hit.id: (PINNED, hit) for hit in response.pinned}
    beneath: Sequence[Hit] = response.relaxed.hits if response.relaxed else ()
    for place, hit in enumerate((*response.hits, *beneath), 1):
        found.setdefault(hit.id, (place, hit))
    return found


def _page(response: SearchResponse) -> Page:
    query, results = response.query, response.total - response.folded
    return Page(results, query.reading, query.interpretation, len(response.hits))
