"""The OpenSearch engine: an index of the cluster, its newest commit, and the lock of the writer."""

from __future__ import annotations

import fcntl
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.disk import durable
from indexer.engine.opensearch_.administration import INDEX_FILE, index_name
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.schema import VERSION, definition
from indexer.engine.opensearch_.silence import SilentNodes
from indexer.engine.opensearch_.snapshot import OpenSearchSnapshot
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import StateStore, create_index, is_there
from indexer.engine.opensearch_.writer import OpenSearchWriter
from indexer.engine.protocol import Foreseen
from indexer.engine.version import check_version, write_version
from indexer.errors import ClusterError, IndexBusyError, IndexMissingError, IndexVersionError
from indexer.opensearch_settings import OpenSearchSettings

_LOCK = "writer.lock"
_LOCK_POLL = 0.05


class OpenSearchEngine:
    """See :class:`indexer.engine.protocol.Engine`.

    ``path`` is the engine's own folder, which contains only the name of an index in the cluster. The name is unique to the
    folder, so a rebuild creates a separate index, and two data directories never share one.
    """

    name = "opensearch"

    def __init__(self, path: Path, settings: OpenSearchSettings, create: bool = False) -> None:
        self._path = path
        self._settings = settings
        index = index_name(path)
        if index is None and not create:
            raise IndexMissingError(path.parent)
        with durable.storage_errors(path, "opened"):
            if index is not None:
                check_version(path, VERSION)
            else:
                path.mkdir(parents=True, exist_ok=True)
                write_version(path, VERSION)
                index = f"{settings.index}-{secrets.token_hex(6)}"
                # Written before the index exists: if a kill leaves an index behind, it is reused under this name and not lost.
                durable.write(path / INDEX_FILE, f"{index}\n".encode())
        self._index = index
        self._connection = Connection(settings)
        self._states = StateStore(self._connection, settings.index, index)
        self._silent = SilentNodes(self._connection)
        state = self._states.read()
        if state is None or not is_there(self._connection, index):
            if not create:
                raise IndexMissingError(path.parent)
            create_index(self._connection, index, definition(settings))
            state = self._states.create(State(VERSION, settings.shards))
        if state.version != VERSION:
            raise IndexVersionError(path, state.version, VERSION)
        self._turn = threading.Lock()
        self._newest = self._snapshot(state)

    def _snapshot(self, state: State) -> OpenSearchSnapshot:
        return OpenSearchSnapshot(self._connection, self._states, self._silent, self._index, state)

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[OpenSearchWriter]:
        with self._locked(timeout):
            writer = OpenSearchWriter(self._connection, self._states, self._index, self._path, self._settings)
            with closing(writer):
                yield writer
                writer.commit()
                writer.finish()

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[None]:
        deadline = time.monotonic() + timeout
        with durable.storage_errors(self._path / _LOCK, "written"):
            lock = (self._path / _LOCK).open("w")
        with lock:
            while True:
                try:
                    # The kernel releases the lock of a dead process.
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise IndexBusyError(self._path.parent, timeout) from None
                    time.sleep(_LOCK_POLL)
            yield

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> OpenSearchSnapshot:
        foreseen = tuple(questions)
        known = self._newest
        try:
            state = known.begin(foreseen)
        except ClusterError:
            # While the state cannot be read, the current commit keeps answering, as far as its shards do.
            return known
        if state is None:
            raise IndexMissingError(self._path.parent)
        with self._turn:
            # Another thread may have fetched a newer one in the meantime.
            if state.commit > self._newest.commit:
                self._newest = self._snapshot(state)
            newest = self._newest
        if newest is not known:
            newest.limit(known)
            newest.foresee(foreseen)
        return newest

    def close(self) -> None:
        self._connection.close()
