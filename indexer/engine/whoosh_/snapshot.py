"""What is asked of one commit of a Whoosh index."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from heapq import nsmallest
from itertools import chain
from pathlib import Path

from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT, KEYWORDS, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse, PageHit
from indexer.engine.whoosh_.commit import Commit
from indexer.engine.whoosh_.failures import our_errors
from indexer.engine.whoosh_.matching import Matching
from indexer.errors import EngineError


class WhooshSnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`.

    Threads take turns: all is pure Python, so nothing would run beside it anyway.
    """

    def __init__(
        self, commit: Commit, path: Path, generation: str, written: float, turn: threading.RLock
    ) -> None:
        """``turn`` is held by whoever reads: commits share segments, which read their columns when they are needed."""
        self.generation = generation
        self.written = written
        self._commit = commit
        self._path = path
        self._turn = turn

    def search(self, request: EngineRequest) -> EngineResponse:
        with self._turn, our_errors(self._path, "searching"):
            unknown = set(request.facets) - set(KEYWORDS)
            if unknown:
                raise EngineError(f"unknown facet: {', '.join(sorted(unknown))}")
            matching = Matching(self._commit, self._commit.articles)
            found = matching.documents(request.match)
            filters = {name: matching.documents(clause) for name, clause in request.filters.items()}
            matched = _all_of(found, filters.values())
            facets = {
                name: self._count(
                    name,
                    _all_of(found, (kept for other, kept in filters.items() if other != name))
                    if name in filters
                    else matched,
                )
                for name in request.facets
            }
            texts = self._count(SAME_TEXT, matched) if request.fold else {}
            folded = sum(number - 1 for text, number in texts.items() if text != ANY_TEXT)
            hits = self._page(request, matching, matched, folded) if request.limit > 0 else ()
            return EngineResponse(len(matched), hits, facets, folded)

    def _page(
        self, request: EngineRequest, matching: Matching, matched: Set[int], folded: int
    ) -> tuple[EngineHit, ...]:
        commit, end = self._commit, request.offset + request.limit
        if request.offset >= len(matched) - folded:
            return ()
        # In the worst case all that is folded comes first.
        first = end + folded
        scores: dict[int, float] = {}
        if request.sort == "relevance":
            scores = matching.scores((request.match, *request.rank), matched)
            by_id = commit.by_id
            order = nsmallest(first, matched, key=lambda d: (-scores.get(d, 0.0), by_id[d]))
        else:
            ranks = commit.newest if request.sort == "newest" else commit.oldest
            behind = matched if request.after is None else commit.behind(matched, request.sort, request.after)
            order = nsmallest(first, behind, key=ranks.__getitem__)
        texts = commit.values(SAME_TEXT)
        if folded:
            order = list(_first_of_each(order, texts))
        return tuple(
            EngineHit(
                commit.ids[d],
                scores.get(d, 0.0),
                commit.stored(d),
                _text(texts[d]),
                None if request.sort == "relevance" else commit.sort_key(d, request.sort),
            )
            for d in order[request.offset : end]
        )

    def _count(self, field: str, documents: Set[int]) -> dict[str, int]:
        values = self._commit.values(field)
        return dict(Counter(chain.from_iterable(map(values.__getitem__, documents))))

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if limit <= 0:
            return []
        with self._turn, our_errors(self._path, "searching pages"):
            commit = self._commit
            universe = {d for id in ids for d in commit.postings("id", id).documents if commit.files[d] >= 0}
            matching = Matching(commit, universe)
            found = matching.documents(clause)
            scores = matching.scores((clause,), found)
            hits = [
                PageHit(
                    commit.ids[d],
                    commit.files[d],
                    commit.pages[d] if commit.pages[d] >= 0 else None,
                    scores.get(d, 0.0),
                    commit.stored(d),
                )
                for d in found
            ]
            return nsmallest(limit, hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))

    def page(self, id: str, file: int, page: int) -> bytes | None:
        with self._turn, our_errors(self._path, "reading a page"):
            commit = self._commit
            for d in commit.postings("id", id).documents:
                if commit.files[d] == file and commit.pages[d] == page:
                    return commit.stored(d)
        return None

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._turn, our_errors(self._path, "reading articles"):
            found = {id: self._one("id", id) for id in ids}
        return {id: stored for id, stored in found.items() if stored is not None}

    def by_slug(self, slug: str) -> bytes | None:
        with self._turn, our_errors(self._path, "reading an article"):
            return self._one("slug", slug)

    def _one(self, field: str, value: str) -> bytes | None:
        for document in self._commit.postings(field, value).documents:
            if document in self._commit.articles:
                return self._commit.stored(document)
        return None

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with self._turn, our_errors(self._path, "reading terms"):
            counts = self._commit.terms(field, prefix)
            return nsmallest(limit, counts.items(), key=lambda term: (-term[1], term[0]))

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        with self._turn, our_errors(self._path, "reading terms"):
            return [self._commit.frequency(field, term) for term in terms]

    def count(self) -> int:
        return len(self._commit.articles)


def _all_of(first: Set[int], others: Iterable[Set[int]]) -> Set[int]:
    for other in others:
        first = first & other
    return first


def _first_of_each(order: Iterable[int], texts: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """Yield the documents in ``order`` but those whose text one before has."""
    seen: set[str] = set()
    for document in order:
        text = _text(texts[document])
        if text not in seen:
            yield document
        if text is not None:
            seen.add(text)


def _text(values: tuple[str, ...]) -> str | None:
    return next((value for value in values if value != ANY_TEXT), None)
