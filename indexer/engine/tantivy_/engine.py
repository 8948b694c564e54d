"""The tantivy engine: opening an index, its newest commit, and the writer's lock."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from indexer.engine.fields import INDEX_VERSION
from indexer.engine.protocol import Foreseen
from indexer.engine.tantivy_.damage import META, break_seal, remove_leftovers, seal, sealing
from indexer.engine.tantivy_.failures import our_errors
from indexer.engine.tantivy_.schema import build_schema
from indexer.engine.tantivy_.snapshot import TantivySnapshot
from indexer.engine.tantivy_.writer import TantivyWriter
from indexer.engine.version import check_version, write_version
from indexer.errors import EngineError, IndexBusyError, IndexMissingError

_WRITER_HEAP = 200_000_000
"""Bytes of postings in memory before a segment is written; determines peak memory."""
_WRITER_THREADS = 1
"""A single indexing thread: the analysis beside it keeps the other cores busy, and fewer, larger segments answer faster."""
_FORMAT = str(getattr(tantivy, "__version__", "")).rpartition("index_format ")[2]
_LOCK_POLL = 0.05


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
            self._index = tantivy.Index(build_schema(), str(path))
            # We reload explicitly: a background thread would not survive a fork.
            self._index.config_reader("manual", 0)
        self._turn = threading.Lock()
        with our_errors(path, "opening"):
            self._newest = self._look()

    @staticmethod
    def _version() -> str:
        return f"tantivy {_FORMAT}, fields {INDEX_VERSION}"

    def _stamp(self) -> str:
        stat = (self._path / META).stat()
        return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}-{stat.st_size:x}"

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[TantivyWriter]:
        raw = self._locked_writer(timeout)
        with our_errors(self._path, "opening for writing"), sealing(self._path):
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
            with our_errors(self._path, "merging"), sealing(self._path):
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

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> TantivySnapshot:
        with our_errors(self._path, "looking for a newer commit"):
            if self._stamp() == self._newest.generation:
                return self._newest
            # One thread at a time: else one puts its older snapshot over another's newer one, whose stamp stays, and
            # this process answers without the last commit until the next one comes.
            with self._turn:
                if self._stamp() != self._newest.generation:
                    self._newest = self._look()
                return self._newest

    def _look(self) -> TantivySnapshot:
        """Read the newest commit, and again if another one appears meanwhile, so that the stamp belongs to this commit."""
        while True:
            stamp, written = self._stamp(), (self._path / META).stat().st_mtime
            self._index.reload()
            # The number of the last change stays when segments are merged.
            change = json.loads((self._path / META).read_bytes())["opstamp"]
            snapshot = TantivySnapshot(self._index, self._path, stamp, f"{self._path.name}-{change}", written)
            if self._stamp() == stamp:
                return snapshot

    def close(self) -> None:
        """Do nothing: files are closed with the last reference."""
