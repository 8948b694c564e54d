"""One page of hits: ordered, ties by id, of several articles with one text only the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import tantivy
from tantivy import FieldType, Order, Query

from indexer.engine.protocol import EngineRequest
from indexer.engine.tantivy_.clauses import must
from indexer.engine.tantivy_.schema import SECOND, TEXT_NUMBER

_PLAIN_START = re.compile(r"[0-9A-Za-z~]+")
_TIE_MARGIN = 16
"""Hits fetched beyond the page, so that ties at its end can be put in the order of ids."""
MOST_TIED = 1_000
"""Equal scores that are put in the order of ids, for which each document is read; more are left in the order of the
index, the same on every page: where so many are equally good (``th*``), no order of theirs means anything."""

Found = tuple[float | str | None, tantivy.DocAddress]
"""What orders a hit (its score, when it was published, or its key in the order by date), and where it is stored."""


@dataclass(frozen=True, slots=True)
class _Page:
    hits: list[Found]
    lacks: int = 0
    """Hits that it still needs: more have to be fetched."""
    torn: bool = False
    """Whether they are of those that are equal to the last one fetched."""
    open: bool = False
    """Whether more are equal than are put in the order of ids."""


class Paging:
    """Reads pages of hits from one commit."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher) -> None:
        self._index = index
        self._searcher = searcher

    def page(self, query: Query, request: EngineRequest, total: int, fold: bool) -> list[Found]:
        """Return the hits of ``query``, of which there are ``total``, from ``offset`` on in the order that is asked for.

        With ``fold`` only the first of each text counts.
        """
        if request.after is not None:
            return self._behind(query, request, request.after)
        end = min(request.offset + request.limit, total)
        if request.sort != "relevance":
            return self._dated(query, request, end, fold)
        fetch = end + _TIE_MARGIN
        while True:
            hits = self._searcher.search(query, fetch, False).hits
            page = self._read(hits, len(hits) < fetch, request.offset, end, fold)
            if not page.lacks:
                return page.hits
            fetch = min(2 * fetch, fetch + MOST_TIED + 1) if page.torn else 2 * fetch

    def _dated(self, query: Query, request: EngineRequest, end: int, fold: bool) -> list[Found]:
        """Return a page in the order of dates: by numbers, where many are of one moment by texts that end with the id.

        Texts are looked up in every segment: 100 times as many as there are on the page, some 15 µs each.
        """
        fetch = end + _TIE_MARGIN
        order = Order.Desc if request.sort == "newest" else Order.Asc
        while True:
            hits = self._searcher.search(query, fetch, False, SECOND, 0, order).hits
            page = self._read(hits, len(hits) < fetch, request.offset, end, fold)
            if not page.lacks and not page.open:
                return page.hits
            if page.torn or page.open:
                break
            fetch *= 2
        last = hits[-1][0]
        if page.torn and last is not None:
            # Everything up to that moment: few articles, so there are few texts to look up.
            first, until = (last, None) if request.sort == "newest" else (None, last)
            near = Query.range_query(self._index.schema, SECOND, FieldType.Integer, first, until)
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

    def _behind(self, query: Query, request: EngineRequest, after: str) -> list[Found]:
        """Return the first hits behind the key ``after``.

        Ranges of text there are in the library's query language only, whose values can't be quoted: the range begins
        at the part of the key that needs no quotes, and the few hits up to ``after`` itself are passed over.
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
        """Return the page from ``offset`` to ``end`` of the first ``hits``, or of all that there are: ``whole``.

        Ties before the page stay as they are: whatever their order, as many of them count.
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
