"""One page of hits: ordered, ties by id, of several articles with one text only the first."""

from __future__ import annotations

import dataclasses
import re

import tantivy
from tantivy import Order, Query

from indexer.engine.fields import ANY_TEXT, SAME_TEXT
from indexer.engine.protocol import EngineRequest
from indexer.engine.tantivy_.clauses import must

_PLAIN_START = re.compile(r"[0-9A-Za-z~]+")
_TIE_MARGIN = 16
"""Hits fetched beyond the page, so that ties at its end can be put in the order of ids."""
MOST_TIED = 1_000
"""Equal scores that are put in the order of ids, for which each document is read; more are left in the order of the
index, the same on every page: where so many are equally good (``th*``), no order of theirs means anything."""
MOST_READ = 50
"""Documents that are read sooner than the query is searched a second time: one takes some 10 µs, a search 500."""

Ranked = tuple[float, tantivy.DocAddress, str | None]
"""Score, where it is stored, and its key in the order by date."""


class Paging:
    """Reads pages of hits from one commit."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher) -> None:
        self._index = index
        self._searcher = searcher
        self._copied_texts = Query.const_score_query(
            Query.term_query(index.schema, SAME_TEXT, ANY_TEXT, "basic"), 0.0
        )

    def page(self, query: Query, request: EngineRequest, total: int) -> list[Ranked]:
        """Return the hits of ``query``, of which there are ``total``, from ``offset`` on in the order that is asked for."""
        if request.sort == "relevance":
            return self._ranked(query, request.offset, request.limit, total)
        if request.after is not None:
            return self._behind(query, request, request.after)
        found = self._searcher.search(
            query, request.limit, False, request.sort, request.offset, Order.Asc
        ).hits
        return [(0.0, address, key) for key, address in found]

    def _behind(self, query: Query, request: EngineRequest, after: str) -> list[Ranked]:
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
            found = self._searcher.search(narrowed, fetch, False, request.sort, 0, Order.Asc).hits
            kept: list[Ranked] = [(0.0, address, str(key)) for key, address in found if str(key) > after]
            if len(kept) >= request.limit or len(found) < fetch:
                return kept[: request.limit]
            fetch *= 4

    def folded(self, query: Query, request: EngineRequest, total: int) -> list[Ranked]:
        """Return the hits from ``offset`` on, counting only the first of each text."""
        end = request.offset + request.limit
        marked = must([query, self._copied_texts])
        fetch = end + _TIE_MARGIN
        while True:
            whole = dataclasses.replace(request, offset=0, limit=fetch)
            hits = self.page(query, whole, total)
            several = set(map(_address, self._copied(marked, whole, total, hits)))
            seen: set[str] = set()
            kept = []
            for hit in hits:
                if _address(hit[1]) in several:
                    text = self._searcher.doc(hit[1]).get_first(SAME_TEXT)
                    if text is not None and text in seen:
                        continue
                    seen.add(str(text))
                kept.append(hit)
            if len(kept) >= end or len(hits) < fetch:
                return kept[request.offset : end]
            fetch *= 2

    def _copied(
        self,
        marked: Query,
        request: EngineRequest,
        total: int,
        hits: list[Ranked],
    ) -> list[tantivy.DocAddress]:
        """Return where those of ``hits`` are that may have copies, with others; of many, those that ``marked`` finds."""
        if len(hits) > MOST_READ and request.sort == "relevance":
            # Whatever order ties are in: all of them that are in the order of ids, else as many as there are hits.
            found = self._searcher.search(marked, request.limit + MOST_TIED, False).hits
            return [address for _, address in found]
        if len(hits) > MOST_READ:
            hits = self.page(marked, request, total)
        return [address for _, address, _ in hits]

    def _ranked(self, query: Query, offset: int, limit: int, total: int) -> list[Ranked]:
        """Return one page by descending score, ties of up to ``MOST_TIED`` in the order of ids."""
        end = min(offset + limit, total)
        fetch = end + _TIE_MARGIN
        while True:
            hits = self._searcher.search(query, fetch, False).hits
            if len(hits) < fetch:
                break
            tied = hits[end - 1][0]
            if hits[-1][0] != tied:
                break
            first = next(at for at in range(end) if hits[at][0] == tied)
            if len(hits) > first + MOST_TIED:
                break
            fetch = min(2 * fetch, first + MOST_TIED + 1)
        page: list[Ranked] = []
        at = offset
        while at < min(end, len(hits)):
            score = hits[at][0]
            first, last = at, at + 1
            while first > 0 and hits[first - 1][0] == score:
                first -= 1
            while last < len(hits) and hits[last][0] == score:
                last += 1
            group = hits[first:last]
            if 1 < last - first <= MOST_TIED:
                group = sorted(group, key=lambda hit: str(self._searcher.doc(hit[1]).get_first("id")))
            page += [(score, address, None) for score, address in group[at - first : end - first]]
            at = last
        return page


def _address(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc
