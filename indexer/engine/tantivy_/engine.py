"""The tantivy engine: readers, the writer's lock, and requests."""

from __future__ import annotations

import dataclasses
import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT, INDEX_VERSION, KEYWORDS, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse, PageHit
from indexer.engine.tantivy_.clauses import Translator
from indexer.engine.tantivy_.damage import META, break_seal, remove_leftovers, seal
from indexer.engine.tantivy_.failures import our_errors
from indexer.engine.tantivy_.schema import ARTICLE, PAGE, build_schema
from indexer.engine.tantivy_.writer import TantivyWriter
from indexer.engine.version import check_version, write_version
from indexer.errors import EngineError, IndexBusyError, IndexMissingError

_WRITER_HEAP = 200_000_000
"""Bytes of postings in memory before a segment is written; peak memory follows it."""
_WRITER_THREADS = 1
"""One indexing thread: the analysis beside it keeps the other cores busy, and fewer, larger
segments answer faster."""
_FORMAT = str(getattr(tantivy, "__version__", "")).rpartition("index_format ")[2]
_LOCK_POLL = 0.05
_PLAIN_START = re.compile(r"[0-9A-Za-z~]+")
_TIE_MARGIN = 16
"""Hits fetched beyond the page, so that ties at its end can be put in the order of ids."""
_MOST_TIED = 1_000
"""Equal scores that are put in the order of ids, for which each document is read; more are left in the order of the
index, the same on every page: where so many are equally good (``th*``), no order of theirs means anything."""
_FACET_SIZE = 65_000
"""Above the number of distinct values of any facet, so that counts are exact (tantivy's limit
on buckets is 65,000 for one request)."""

_READ = 50
"""Documents that are read sooner than the query is searched a second time: one takes some 10 µs, a search 500."""
_TEXTS = 20_000
"""Texts with copies that are counted; where more match, ``folded`` leaves some out."""


class TantivyEngine:
    """See :class:`indexer.engine.protocol.Engine`. ``path`` is the engine's own folder."""

    name = "tantivy"

    def __init__(self, path: Path, create: bool = False) -> None:
        self._path = path
        meta = path / META
        if not meta.is_file() and not create:
            raise IndexMissingError(path.parent)
        with our_errors(path, "opening"):
            if meta.is_file():
                check_version(path, self._version())
            else:
                path.mkdir(parents=True, exist_ok=True)
                write_version(path, self._version())
            self._schema = build_schema()
            self._index = tantivy.Index(self._schema, str(path))
            # Reloading is ours alone: a background thread would not survive a fork.
            self._index.config_reader("manual", 0)
        self._translate = Translator(self._schema)
        self._translate_pages = Translator(self._schema, pages=True)
        self._turn = threading.Lock()
        with our_errors(path, "opening"):
            # The stamp first: what is committed in between is seen by the next refresh.
            self._seen = self._stamp()
            self._index.reload()
            self._look()

    @staticmethod
    def _version() -> str:
        return f"tantivy {_FORMAT}, fields {INDEX_VERSION}"

    def _stamp(self) -> str:
        stat = (self._path / META).stat()
        return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}-{stat.st_size:x}"

    @property
    def generation(self) -> str:
        return self._seen

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[TantivyWriter]:
        raw = self._locked_writer(timeout)
        with our_errors(self._path, "opening for writing"):
            break_seal(self._path)
            remove_leftovers(self._path)
        writer = TantivyWriter(raw, self._path)
        try:
            yield writer
            writer.commit()
        except BaseException:
            with our_errors(self._path, "rolling back"):
                raw.rollback()
            raise
        finally:
            with our_errors(self._path, "merging"):
                raw.wait_merging_threads()
                seal(self._path)

    def _locked_writer(self, timeout: float) -> tantivy.IndexWriter:
        deadline = time.monotonic() + timeout
        while True:
            try:
                with our_errors(self._path, "opening for writing"):
                    return self._index.writer(_WRITER_HEAP, _WRITER_THREADS)
            except EngineError as error:
                if "LockBusy" not in str(error) and "Lockfile" not in str(error):
                    raise
                if time.monotonic() >= deadline:
                    raise IndexBusyError(self._path.parent, timeout) from None
            time.sleep(_LOCK_POLL)

    def search(self, request: EngineRequest) -> EngineResponse:
        searcher = self._searcher
        with our_errors(self._path, "searching"):
            match = self._translate.query(request.match)
            filters = {name: self._filter(clause) for name, clause in request.filters.items()}
            matched = _narrowed(match, filters.values())
            fold = (SAME_TEXT,) if request.fold else ()
            facets = self._facets(searcher, match, filters, (*request.facets, *fold), matched)
            total = self._count(searcher, matched) if facets.total is None else facets.total
            texts = facets.counts.pop(SAME_TEXT) if fold and SAME_TEXT not in request.facets else {}
            folded = sum(number - 1 for text, number in texts.items() if text != ANY_TEXT)
            if request.limit <= 0 or request.offset >= total - folded:
                return EngineResponse(total, (), facets.counts, folded)
            query = matched
            if request.sort == "relevance" and request.rank:
                rank = [(Occur.Should, self._translate.query(clause)) for clause in request.rank]
                query = Query.boolean_query([(Occur.Must, matched), *rank])
            page = self._folded if folded else self._page
            hits = tuple(_hit(searcher, *hit) for hit in page(searcher, query, request, total))
            return EngineResponse(total, hits, facets.counts, folded)

    def _page(
        self, searcher: tantivy.Searcher, query: Query, request: EngineRequest, total: int
    ) -> list[_Ranked]:
        """Return the hits of ``query`` from ``offset`` on, in the order that is asked for."""
        if request.sort == "relevance":
            return self._ranked(searcher, query, request.offset, request.limit, total)
        if request.after is not None:
            return self._behind(searcher, query, request, request.after)
        found = searcher.search(query, request.limit, False, request.sort, request.offset, Order.Asc).hits
        return [(0.0, address, place) for place, address in found]

    def _behind(
        self, searcher: tantivy.Searcher, query: Query, request: EngineRequest, after: str
    ) -> list[_Ranked]:
        """Return the first hits behind the place ``after``.

        Ranges of text there are in the library's query language only, whose values can't be quoted: the range begins
        at the part of the place that needs no quotes, and the few hits up to ``after`` itself are passed over.
        """
        plain = _PLAIN_START.match(after)
        start = (
            self._index.parse_query(f"{request.sort}:[{plain[0]} TO *}}", [request.sort]) if plain else None
        )
        narrowed = query if start is None else _must([query, Query.const_score_query(start, 0.0)])
        fetch = request.limit + _TIE_MARGIN
        while True:
            found = searcher.search(narrowed, fetch, False, request.sort, 0, Order.Asc).hits
            kept: list[_Ranked] = [
                (0.0, address, str(place)) for place, address in found if str(place) > after
            ]
            if len(kept) >= request.limit or len(found) < fetch:
                return kept[: request.limit]
            fetch *= 4

    def _folded(
        self, searcher: tantivy.Searcher, query: Query, request: EngineRequest, total: int
    ) -> list[_Ranked]:
        """Return the hits from ``offset`` on, counting only the first of each text."""
        end = request.offset + request.limit
        marked = _must([query, Query.const_score_query(self._term(SAME_TEXT, ANY_TEXT), 0.0)])
        fetch = end + _TIE_MARGIN
        while True:
            whole = dataclasses.replace(request, offset=0, limit=fetch)
            hits = self._page(searcher, query, whole, total)
            several = set(map(_place, self._copied(searcher, marked, whole, total, hits)))
            seen: set[str] = set()
            kept = []
            for hit in hits:
                if _place(hit[1]) in several:
                    text = searcher.doc(hit[1]).get_first(SAME_TEXT)
                    if text is not None and text in seen:
                        continue
                    seen.add(str(text))
                kept.append(hit)
            if len(kept) >= end or len(hits) < fetch:
                return kept[request.offset : end]
            fetch *= 2

    def _copied(
        self,
        searcher: tantivy.Searcher,
        marked: Query,
        request: EngineRequest,
        total: int,
        hits: list[_Ranked],
    ) -> list[tantivy.DocAddress]:
        """Return where those of ``hits`` are that may have copies, with others; of many, those that ``marked`` finds."""
        if len(hits) > _READ and request.sort == "relevance":
            # Whatever order ties are in: all of them that are in the order of ids, else as many as there are hits.
            found = searcher.search(marked, request.limit + _MOST_TIED, False).hits
            return [address for _, address in found]
        if len(hits) > _READ:
            hits = self._page(searcher, marked, request, total)
        return [address for _, address, _ in hits]

    def _filter(self, clause: c.Clause) -> _Filter:
        """What must not match is left out, rather than everything else put in."""
        if isinstance(clause, c.Not):
            return Occur.MustNot, self._translate.query(clause.clause)
        return Occur.Must, self._translate.query(c.Constant(clause))

    def _ranked(
        self, searcher: tantivy.Searcher, query: Query, offset: int, limit: int, total: int
    ) -> list[_Ranked]:
        """Return one page by descending score, ties of up to ``_MOST_TIED`` in the order of ids."""
        end = min(offset + limit, total)
        fetch = end + _TIE_MARGIN
        while True:
            hits = searcher.search(query, fetch, False).hits
            if len(hits) < fetch:
                break
            tied = hits[end - 1][0]
            if hits[-1][0] != tied:
                break
            first = next(at for at in range(end) if hits[at][0] == tied)
            if len(hits) > first + _MOST_TIED:
                break
            fetch = min(2 * fetch, first + _MOST_TIED + 1)
        page: list[_Ranked] = []
        at = offset
        while at < min(end, len(hits)):
            score = hits[at][0]
            first, last = at, at + 1
            while first > 0 and hits[first - 1][0] == score:
                first -= 1
            while last < len(hits) and hits[last][0] == score:
                last += 1
            group = hits[first:last]
            if 1 < last - first <= _MOST_TIED:
                group = sorted(group, key=lambda hit: str(searcher.doc(hit[1]).get_first("id")))
            page += [(score, address, None) for score, address in group[at - first : end - first]]
            at = last
        return page

    def _count(self, searcher: tantivy.Searcher, query: Query) -> int:
        return int(searcher.search(query, 1, True).count)  # type: ignore[attr-defined]

    def _facets(
        self,
        searcher: tantivy.Searcher,
        match: Query,
        filters: Mapping[str, _Filter],
        wanted: Sequence[str],
        matched: Query,
    ) -> _Facets:
        """Count once for all facets without a filter of their own, once for each of the others."""
        unknown = set(wanted) - set(KEYWORDS)
        if unknown:
            raise EngineError(f"no facet {', '.join(sorted(unknown))}")
        free = [name for name in wanted if name not in filters]
        counts: dict[str, dict[str, int]] = {}
        total = None
        if free:
            aggregations = {name: _terms(name) for name in free}
            # Every article has exactly one month value: their number is the total.
            aggregations[" total"] = {"value_count": {"field": "month"}}
            result = searcher.aggregate(matched, aggregations)
            total = int(result.pop(" total")["value"])
            counts |= {name: _buckets(result[name]) for name in free}
        for name in set(wanted) - set(free):
            others = [found for other, found in filters.items() if other != name]
            result = searcher.aggregate(_narrowed(match, others), {name: _terms(name)})
            counts[name] = _buckets(result[name])
        return _Facets(counts, total)

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if not ids or limit <= 0:
            return []
        searcher = self._searcher
        with our_errors(self._path, "searching pages"):
            of_articles = Query.const_score_query(
                Query.boolean_query([(Occur.Should, self._term("id", id)) for id in ids]), 0.0
            )
            kind = Query.const_score_query(self._term("kind", PAGE), 0.0)
            found = searcher.search(
                _must([self._translate_pages.query(clause), of_articles, kind]), limit, False
            ).hits
            hits = []
            for score, address in found:
                values = searcher.doc(address).to_dict()
                page = values.get("page_number")
                hits.append(
                    PageHit(
                        values["id"][0],
                        values["file_number"][0],
                        page[0] if page else None,
                        float(score),
                        bytes(values["stored"][0]),
                    )
                )
        return sorted(hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))

    def page(self, id: str, file: int, page: int) -> bytes | None:
        with our_errors(self._path, "reading a page"):
            return self._stored(
                self._term("id", id),
                self._term("kind", PAGE),
                self._term("file_number", file),
                self._term("page_number", page),
            )

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        with our_errors(self._path, "reading articles"):
            found = {id: self._one("id", id) for id in ids}
        return {id: stored for id, stored in found.items() if stored is not None}

    def by_slug(self, slug: str) -> bytes | None:
        with our_errors(self._path, "reading an article"):
            return self._one("slug", slug) or self._one("id", slug)

    def _one(self, field: str, value: str) -> bytes | None:
        return self._stored(self._term(field, value), self._term("kind", ARTICLE))

    def _stored(self, *terms: Query) -> bytes | None:
        searcher = self._searcher
        hits = searcher.search(_must(list(terms)), 1, False).hits
        return _hit(searcher, 0.0, hits[0][1]).stored if hits else None

    def _term(self, field: str, term: str | int) -> Query:
        return Query.term_query(self._schema, field, term, "basic")

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        with our_errors(self._path, "reading terms"):
            return [self._searcher.doc_freq(field, term) for term in terms]

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with our_errors(self._path, "reading terms"):
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def count(self) -> int:
        return self._articles

    def refresh(self) -> bool:
        with our_errors(self._path, "looking for a newer commit"):
            if self._stamp() == self._seen:
                return False
            # One thread at a time: else one puts its older snapshot over another's newer one, whose stamp stays, and
            # this process answers without the last commit until the next one comes.
            with self._turn:
                stamp = self._stamp()
                if stamp == self._seen:
                    return False
                self._index.reload()
                self._look()
                self._seen = stamp
                return True

    def _look(self) -> None:
        """Take the newest snapshot; its articles are counted here, since each query asks how many there are."""
        searcher = self._index.searcher()
        self._articles = self._count(searcher, self._translate.query(c.Everything()))
        self._searcher = searcher

    def close(self) -> None:
        """Nothing to do: files are closed with the last reference."""


class _Facets:
    def __init__(self, counts: dict[str, dict[str, int]], total: int | None) -> None:
        self.counts = counts
        self.total = total


_Filter = tuple[Occur, Query]
_Ranked = tuple[float, tantivy.DocAddress, str | None]
"""Score, where it is stored, and its place by date."""


def _narrowed(match: Query, filters: Iterable[_Filter]) -> Query:
    clauses = [(Occur.Must, match), *filters]
    return match if len(clauses) == 1 else Query.boolean_query(clauses)


def _must(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _terms(field: str) -> dict[str, Any]:
    size = _TEXTS if field == SAME_TEXT else _FACET_SIZE
    return {"terms": {"field": field, "size": size, "segment_size": size}}


def _buckets(result: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in result["buckets"]}


def _hit(
    searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress, place: str | None = None
) -> EngineHit:
    document = searcher.doc(address)
    return EngineHit(
        str(document.get_first("id")),
        float(score),
        bytes(document.get_first("stored") or b""),
        document.get_first(SAME_TEXT),
        place,
    )


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc
