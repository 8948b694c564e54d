"""The Whoosh engine: opening an index, its newest commit, and the writer's lock."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from indexer.engine.fields import INDEX_VERSION
from indexer.engine.protocol import Foreseen
from indexer.engine.version import check_version, write_version
from indexer.engine.whoosh_.codec import INDEX_NAME
from indexer.engine.whoosh_.commit import Commit
from indexer.engine.whoosh_.failures import our_errors
from indexer.engine.whoosh_.library import TOC, FileIndex, try_for, versionstring
from indexer.engine.whoosh_.schema import build_schema
from indexer.engine.whoosh_.segment import Segment
from indexer.engine.whoosh_.snapshot import WhooshSnapshot
from indexer.engine.whoosh_.storage import DurableStorage, has_commit, remove_leftovers
from indexer.engine.whoosh_.writer import WhooshWriter
from indexer.errors import IndexBusyError, IndexMissingError

_LOCK_POLL = 0.05
_READING_TRIES, _READING_POLL = 20, 0.01
"""A writer may remove files between a reader's look at the table of contents and opening them."""

Read = TypeVar("Read")


class WhooshEngine:
    """See :class:`indexer.engine.protocol.Engine`. ``path`` is the engine's own folder."""

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
            self._newest = _again(self._look)

    @staticmethod
    def _version() -> str:
        # Postings are written in the byte order of the machine.
        return f"whoosh {versionstring()} {sys.byteorder}, fields {INDEX_VERSION}"

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[WhooshWriter]:
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        with our_errors(self._path, "opening for writing"):
            # The kernel releases the lock of a dead process (flock).
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

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> WhooshSnapshot:
        with self._turn, our_errors(self._path, "looking for a newer commit"):
            if _again(self._stamp) != self._newest.generation:
                self._newest = _again(self._look)
            return self._newest

    def _stamp(self) -> str:
        return self._stamped()[0]

    def _stamped(self) -> tuple[str, float]:
        """Return the stamp of the newest commit, and when it was written."""
        generation = TOC._latest_generation(self._storage, INDEX_NAME)
        stat = (self._path / TOC._filename(INDEX_NAME, generation)).stat()
        return f"{generation}-{stat.st_mtime_ns:x}-{stat.st_ino:x}", stat.st_mtime

    def _look(self) -> WhooshSnapshot:
        """Read the newest commit; known segments are not read again."""
        while True:
            stamp, written = self._stamped()
            contents = TOC.read(self._storage, INDEX_NAME, schema=self._schema)
            if self._stamp() == stamp:
                break
        segments = {s.segment_id(): self._segment(s) for s in contents.segments}
        self._segments = segments
        deleted = [segment.deleted_docs() for segment in contents.segments]
        commit = Commit(list(zip(segments.values(), deleted, strict=True)))
        return WhooshSnapshot(commit, self._path, stamp, written, self._turn)

    def _segment(self, segment: Any) -> Segment:
        known = self._segments.get(segment.segment_id())
        return known or Segment(self._storage, segment)

    def close(self) -> None:
        """Do nothing: files are closed with the last reference."""


def _again(read: Callable[[], Read]) -> Read:
    for _ in range(_READING_TRIES - 1):
        try:
            return read()
        except FileNotFoundError:
            time.sleep(_READING_POLL)
    return read()
