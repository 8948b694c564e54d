"""What a change does to the first page of some queries, before anybody keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Hit, SearchResponse
from indexer.search.searcher import Searcher

PINNED = 0
"""The place of what is pinned, above the first hit."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article on one of two first pages; places count from 1, None where it is not on that page."""

    hit: Hit
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """How a query is answered: results in all, in which reading, and how it was read, in words."""

    total: int
    """As the page of results counts: copies of one article are one."""
    reading: Reading
    interpretation: tuple[str, ...]
    shown: int
    """Hits of that reading on the first page; those in further places fit less well."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One query answered twice."""

    query: str
    before: Page
    after: Page
    placed: tuple[Placed, ...]
    """The first page afterwards in its order, then what is no longer on it."""

    @property
    def is_same(self) -> bool:
        """Tell whether the change does nothing to it."""
        return self.before == self.after and all(one.before == one.after for one in self.placed)


def tried(now: Searcher, then: Searcher, queries: Iterable[str]) -> list[Tried]:
    """Answer each query as it is now and as it would be."""
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
    """Return what stands on the page: what is pinned, and what is found as meant or beneath."""
    found: dict[str, tuple[int, Hit]] = {hit.id: (PINNED, hit) for hit in response.pinned}
    beneath: Sequence[Hit] = response.relaxed.hits if response.relaxed else ()
    for place, hit in enumerate((*response.hits, *beneath), 1):
        found.setdefault(hit.id, (place, hit))
    return found


def _page(response: SearchResponse) -> Page:
    query, results = response.query, response.total - response.folded
    return Page(results, query.reading, query.interpretation, len(response.hits))
