"""One page of hits: sorted, with ties by id, and only the first of several articles with the same text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import tantivy
from tantivy import FieldType, Order, Query

from indexer.engine.protocol import EngineRequest, Sort
from indexer.engine.tantivy_.clauses import must
from indexer.engine.tantivy_.schema import SECOND, TEXT_NUMBER

_PLAIN_START = re.compile(r"[0-9A-Za-z~]+")
_TIE_MARGIN = 16
"""Number of hits fetched beyond the page, so that ties at its end can be sorted by id."""
MOST_TIED = 1_000
"""Maximum number of equal scores sorted by id, which reads each document; more are left in index order, the same on every page:
if so many are equally good (``th*``), no order is meaningful."""

Found = tuple[float | str | None, tantivy.DocAddress]
"""The sort value of a hit (its score, its time of publication, or its key in the order by date), and its address in the index."""


@dataclass(frozen=True, slots=True)
class _Page:
    hits: list[Found]
    lacks: int = 0
    """Number of hits that are still missing and have to be fetched."""
    torn: bool = False
    """Whether the missing hits tie with the last one fetched."""
    open: bool = False
    """Whether more hits tie than are sorted by id."""


@dataclass(frozen=True, slots=True)
class First:
    """The top of the results for ``query``, with ties in arbitrary order; most pages need nothing else."""

    query: Query
    hits: Sequence[Found]
    asked: int
    """Number of hits requested; if there are fewer, these are all."""
    total: int | None
    """Number of matches, if counted."""


class Paging:
    """Reads pages of hits from one commit."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher) -> None:
        self._index = index
        self._searcher = searcher

    def first(self, query: Query, request: EngineRequest, counted: bool = False) -> First:
        """Return the top from which the page of ``request`` is read; with ``counted``, including the number of matches."""
        return self._fetch(query, request.sort, request.offset + request.limit + _TIE_MARGIN, counted)

    def _fetch(self, query: Query, sort: Sort, fetch: int, counted: bool = False) -> First:
        if sort == "relevance":
            found = self._searcher.search(query, fetch, counted)
        else:
            order = Order.Desc if sort == "newest" else Order.Asc
            found = self._searcher.search(query, fetch, counted, SECOND, 0, order)
        return First(query, found.hits, fetch, found.count if counted else None)  # type: ignore[attr-defined]

    def page(self, first: First, request: EngineRequest, fold: bool) -> list[Found]:
        """Return the hits from ``offset`` on in the requested order; ``first`` are the first of them.

        With ``fold``, only the first article with each text counts.
        """
        if request.sort != "relevance":
            return self._dated(first, request, fold)
        end = request.offset + request.limit
        while True:
            fetch = first.asked
            page = self._read(first.hits, len(first.hits) < fetch, request.offset, end, fold)
            if not page.lacks:
                return page.hits
            fetch = min(2 * fetch, fetch + MOST_TIED + 1) if page.torn else 2 * fetch
            first = self._fetch(first.query, request.sort, fetch)

    def _dated(self, first: First, request: EngineRequest, fold: bool) -> list[Found]:
        """Return a page in date order: by numbers or, where many share a time, by texts that end with the id.

        Texts are looked up in every segment: 100 times as many as on the page, at some 15 µs each.
        """
        query, end = first.query, request.offset + request.limit
        while True:
            hits, fetch = first.hits, first.asked
            page = self._read(hits, len(hits) < fetch, request.offset, end, fold)
            if not page.lacks and not page.open:
                return page.hits
            if page.torn or page.open:
                break
            first = self._fetch(query, request.sort, 2 * fetch)
        last = hits[-1][0]
        if page.torn and last is not None:
            # Everything up to that time: few articles, so few texts to look up.
            since, until = (last, None) if request.sort == "newest" else (None, last)
            near = Query.range_query(self._index.schema, SECOND, FieldType.Integer, since, until)
            near = must([query, Query.const_score_query(near, 0.0)])
            page = self._read(self._by_text(near, request, fetch), False, request.offset, end, fold)
            if not page.lacks:
                return page.hits
        while True:
            hits = self._by_text(query, request, fetch)
            page = self._read(hits, len(hits) < fetch, request.offset, end, fold)
            if not page.lacks:
                return page.hits
            fetch *= 2

    def _by_text(self, query: Query, request: EngineRequest, fetch: int) -> list[Found]:
        return self._searcher.search(query, fetch, False, request.sort, 0, Order.Asc).hits

    def behind(self, query: Query, request: EngineRequest, after: str) -> list[Found]:
        """Return the first hits after the key ``after``.

        Only the library's query language has text ranges, and values in it cannot be quoted: the range begins at the part of
        the key that needs no quotes, and the few hits up to ``after`` are skipped.
        """
        plain = _PLAIN_START.match(after)
        start = (
            self._index.parse_query(f"{request.sort}:[{plain[0]} TO *}}", [request.sort]) if plain else None
        )
        narrowed = query if start is None else must([query, Query.const_score_query(start, 0.0)])
        fetch = request.limit + _TIE_MARGIN
        while True:
            found = self._by_text(narrowed, request, fetch)
            kept = [hit for hit in found if str(hit[0]) > after]
            if len(kept) >= request.limit or len(found) < fetch:
                return kept[: request.limit]
            fetch *= 4

    def _read(self, hits: Sequence[Found], whole: bool, offset: int, end: int, fold: bool) -> _Page:
        """Return the page from ``offset`` to ``end`` of the first ``hits``, or of all existing ones: ``whole``.

        Ties before the page are left as they are: in any order, the same number of them counts.
        """
        texts = (
            self._searcher.fast_field_values(TEXT_NUMBER, [address for _, address in hits]) if fold else ()
        )
        text_of = dict(enumerate(texts))
        page: list[Found] = []
        seen: set[float] = set()
        kept = at = 0
        unordered = False
        for _, tied in groupby(range(len(hits)), key=lambda n: hits[n][0]):
            group = list(tied)
            at += len(group)
            if at == len(hits) and not whole and len(group) <= MOST_TIED:
                return _Page(page, end - kept, torn=True)
            if len(group) > 1 and kept + len(group) > offset:
                if len(group) <= MOST_TIED:
                    group.sort(key=lambda n: str(self._searcher.doc(hits[n][1]).get_first("id")))
                else:
                    unordered = True
            for n in group:
                text = text_of.get(n)
                if text is not None:
                    if text in seen:
                        continue
                    seen.add(text)
                if offset <= kept < end:
                    page.append(hits[n])
                kept += 1
            if kept >= end:
                return _Page(page, open=unordered)
        return _Page(page, 0 if whole else end - kept, open=unordered)
