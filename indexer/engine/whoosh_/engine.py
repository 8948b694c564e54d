"""The Whoosh engine: readers, the writer's lock, and requests."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT, INDEX_VERSION, KEYWORDS, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse, PageHit
from indexer.engine.version import check_version, write_version
from indexer.engine.whoosh_.codec import INDEX_NAME
from indexer.engine.whoosh_.failures import our_errors
from indexer.engine.whoosh_.library import TOC, FileIndex, try_for, versionstring
from indexer.engine.whoosh_.matching import Matching
from indexer.engine.whoosh_.schema import build_schema
from indexer.engine.whoosh_.segment import Segment
from indexer.engine.whoosh_.snapshot import Snapshot
from indexer.engine.whoosh_.storage import DurableStorage, has_commit, remove_leftovers
from indexer.engine.whoosh_.writer import WhooshWriter
from indexer.errors import EngineError, IndexBusyError, IndexMissingError

_LOCK_POLL = 0.05
_READING_TRIES, _READING_POLL = 20, 0.01
"""A writer may remove files between a reader's look at the table of contents and opening them."""

Read = TypeVar("Read")


class WhooshEngine:
    """See :class:`indexer.engine.protocol.Engine`. ``path`` is the engine's own folder.

    Threads take turns: all is pure Python, so nothing would run beside it anyway.
    """

    name = "whoosh"

    def __init__(self, path: Path, create: bool = False) -> None:
        self._path = path
        if not has_commit(path) and not create:
            raise IndexMissingError(path.parent)
        self._turn = threading.RLock()
        self._schema = build_schema()
        self._segments: dict[str, Segment] = {}
        with our_errors(path, "opening"):
            new = not has_commit(path)
            if new:
                path.mkdir(parents=True, exist_ok=True)
                write_version(path, self._version())
            else:
                check_version(path, self._version())
            self._storage = DurableStorage(path)
            if new:
                FileIndex.create(self._storage, self._schema, INDEX_NAME)
            self._snapshot, self._seen = _again(self._newest)

    @staticmethod
    def _version() -> str:
        # Postings are written in the byte order of the machine.
        return f"whoosh {versionstring()} {sys.byteorder}, fields {INDEX_VERSION}"

    @property
    def generation(self) -> str:
        return self._seen

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[WhooshWriter]:
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        with our_errors(self._path, "opening for writing"):
            # The kernel lets go of the lock of a dead process (flock).
            if not try_for(lock.acquire, timeout=timeout, delay=_LOCK_POLL):
                raise IndexBusyError(self._path.parent, timeout)
        try:
            with our_errors(self._path, "opening for writing"):
                remove_leftovers(self._storage, self._path)
            writer = WhooshWriter(self._storage, self._schema, self._path)
            try:
                yield writer
                writer.commit()
            except BaseException:
                writer.cancel()
                raise
        finally:
            lock.release()

    def search(self, request: EngineRequest) -> EngineResponse:
        with self._turn, our_errors(self._path, "searching"):
            unknown = set(request.facets) - set(KEYWORDS)
            if unknown:
                raise EngineError(f"no facet {', '.join(sorted(unknown))}")
            snapshot = self._snapshot
            matching = Matching(snapshot, snapshot.articles)
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
        snapshot, end = self._snapshot, request.offset + request.limit
        if request.offset >= len(matched) - folded:
            return ()
        # In the worst case all that is folded comes first.
        first = end + folded
        scores: dict[int, float] = {}
        if request.sort == "relevance":
            scores = matching.scores((request.match, *request.rank), matched)
            by_id = snapshot.by_id
            order = nsmallest(first, matched, key=lambda d: (-scores.get(d, 0.0), by_id[d]))
        else:
            places = snapshot.newest if request.sort == "newest" else snapshot.oldest
            behind = (
                matched if request.after is None else snapshot.behind(matched, request.sort, request.after)
            )
            order = nsmallest(first, behind, key=places.__getitem__)
        texts = snapshot.values(SAME_TEXT)
        if folded:
            order = list(_first_of_each(order, texts))
        return tuple(
            EngineHit(
                snapshot.ids[d],
                scores.get(d, 0.0),
                snapshot.stored(d),
                _text(texts[d]),
                None if request.sort == "relevance" else snapshot.place(d, request.sort),
            )
            for d in order[request.offset : end]
        )

    def _count(self, field: str, documents: Set[int]) -> dict[str, int]:
        values = self._snapshot.values(field)
        return dict(Counter(chain.from_iterable(map(values.__getitem__, documents))))

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if limit <= 0:
            return []
        with self._turn, our_errors(self._path, "searching pages"):
            snapshot = self._snapshot
            universe = {
                d for id in ids for d in snapshot.postings("id", id).documents if snapshot.files[d] >= 0
            }
            matching = Matching(snapshot, universe)
            found = matching.documents(clause)
            scores = matching.scores((clause,), found)
            hits = [
                PageHit(
                    snapshot.ids[d],
                    snapshot.files[d],
                    snapshot.pages[d] if snapshot.pages[d] >= 0 else None,
                    scores.get(d, 0.0),
                    snapshot.stored(d),
                )
                for d in found
            ]
            return nsmallest(limit, hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))

    def page(self, id: str, file: int, page: int) -> bytes | None:
        with self._turn, our_errors(self._path, "reading a page"):
            snapshot = self._snapshot
            for d in snapshot.postings("id", id).documents:
                if snapshot.files[d] == file and snapshot.pages[d] == page:
                    return snapshot.stored(d)
        return None

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        with self._turn, our_errors(self._path, "reading articles"):
            found = {id: self._one("id", id) for id in ids}
        return {id: stored for id, stored in found.items() if stored is not None}

    def by_slug(self, slug: str) -> bytes | None:
        with self._turn, our_errors(self._path, "reading an article"):
            return self._one("slug", slug)

    def _one(self, field: str, value: str) -> bytes | None:
        for document in self._snapshot.postings(field, value).documents:
            if document in self._snapshot.articles:
                return self._snapshot.stored(document)
        return None

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with self._turn, our_errors(self._path, "reading terms"):
            counts = self._snapshot.terms(field, prefix)
            return nsmallest(limit, counts.items(), key=lambda term: (-term[1], term[0]))

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        with self._turn, our_errors(self._path, "reading terms"):
            return [self._snapshot.frequency(field, term) for term in terms]

    def count(self) -> int:
        return len(self._snapshot.articles)

    def refresh(self) -> bool:
        with self._turn, our_errors(self._path, "looking for a newer commit"):
            if _again(self._stamp) == self._seen:
                return False
            self._snapshot, self._seen = _again(self._newest)
            return True

    def _stamp(self) -> str:
        generation = TOC._latest_generation(self._storage, INDEX_NAME)
        stat = (self._path / TOC._filename(INDEX_NAME, generation)).stat()
        return f"{generation}-{stat.st_mtime_ns:x}-{stat.st_ino:x}"

    def _newest(self) -> tuple[Snapshot, str]:
        """Read the newest commit; segments that are known already are not read again."""
        stamp = self._stamp()
        contents = TOC.read(self._storage, INDEX_NAME, schema=self._schema)
        segments = {s.segment_id(): self._segment(s) for s in contents.segments}
        self._segments = segments
        deleted = [segment.deleted_docs() for segment in contents.segments]
        return Snapshot(list(zip(segments.values(), deleted, strict=True))), stamp

    def _segment(self, segment: Any) -> Segment:
        known = self._segments.get(segment.segment_id())
        return known or Segment(self._storage, segment)

    def close(self) -> None:
        self._segments.clear()
        self._snapshot = Snapshot([])


def _again(read: Callable[[], Read]) -> Read:
    for _ in range(_READING_TRIES - 1):
        try:
            return read()
        except FileNotFoundError:
            time.sleep(_READING_POLL)
    return read()


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
