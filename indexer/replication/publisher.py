"""The writer's side: copies of its files go to the object store as they change."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

from indexer.disk import durable
from indexer.errors import EngineError, ReplacedError, StorageError
from indexer.replication.chunks import cut
from indexer.replication.copy_store import CopyStore
from indexer.replication.local_state import state_of, write_state
from indexer.replication.manifest import Copy, Manifest
from indexer.replication.sent_objects import Sent, SentObjects
from indexer.replication.source import Source
from indexer.replication.term import Term, Terms
from indexer.replication.wanted import grant, wanted

SCRATCH = Path("cache", "copies")
"""Folder in the data directory with files that are being sent."""
_POLL = 0.2
"""Seconds between two looks at the files; each takes some microseconds."""
REST = 19
"""Seconds that a source rests for each second that copying it took: copying takes at most a twentieth of the time."""
BEAT_SECONDS = 10.0
"""Seconds after which the manifest is written again if nothing changed: followers see that the writer is alive."""
_PAUSE = 5.0
"""Seconds after a failure."""
_log = logging.getLogger(__name__)


class Publisher:
    """Publishes the ``sources`` of a data directory in one term; only one at a time may, under
    :func:`indexer.disk.locks.copies_lock`.

    ``published`` is called with each complete manifest that whoever begins a later term finds: it was in the store while the
    term was still the current one. What it contains need not be kept elsewhere any more. It is called again every few seconds,
    and may raise StorageError.
    """

    def __init__(
        self,
        data: Path,
        terms: Terms,
        term: Term,
        store: CopyStore,
        sources: Sequence[Source],
        published: Callable[[Manifest], None] = lambda manifest: None,
    ) -> None:
        self._data = data
        self._terms = terms
        self._term = term
        self._store = store
        self._sources = {source.name: source for source in sources}
        self._published = published
        self._objects = SentObjects(store, term.number)
        self._turn = threading.Lock()
        self._manifest = Manifest(term.number, 0, 0.0, False, ())
        self._damaged: set[str] = set()
        """Sources with objects that are not in the store as they were sent."""
        self._waiting = {*self._sources}
        """Sources that were not published in this term yet."""
        self._forgotten = False
        self._written = float("-inf")
        self._said = ""

    def begin(self) -> None:
        """Look up what the store has of this term; raises ReplacedError, FilesUnreachableError and StorageError."""
        self._terms.check(self._term)
        with durable.storage_errors(self._data / SCRATCH, "removed"):
            durable.remove(self._data / SCRATCH)
        found = self._store.manifest(self._term.number)
        self._damaged = self._objects.begin(found)
        if found:
            # Sources of another version of this program are forgotten.
            known = tuple(one for one in found.files if one.source in self._sources)
            self._manifest = replace(found, files=known)
            if found.complete:
                self._waiting = set()

    def publish(self, name: str) -> Sent | None:
        """Publish the source ``name`` as it is now; return None if nothing of it differs from the newest manifest.

        Raises ReplacedError, FilesUnreachableError, StorageError and EngineError.
        """
        source, scratch = self._sources[name], self._data / SCRATCH / name
        with durable.storage_errors(scratch, "written"):
            durable.remove(scratch)
        try:
            found = source.copy(self._data, scratch)
            with durable.storage_errors(scratch, "read"):
                chunks = {path: cut(path) for _, path, _ in found}
            made = tuple(
                Copy(
                    file,
                    name,
                    source.audience,
                    chunks[path].size,
                    chunks[path].digest,
                    mode,
                    source.contained(file, path),
                )
                for file, path, mode in found
            )
            if name not in self._damaged | self._waiting and made == self._files(name):
                return None
            try:
                with durable.storage_errors(scratch, "read"):
                    sent = self._objects.send(name, chunks)
                self._write(name, made)
                self._damaged.discard(name)
            finally:
                self._objects.release(name)
            return sent
        finally:
            with durable.storage_errors(scratch, "removed"):
                durable.remove(scratch)

    def _files(self, source: str) -> tuple[Copy, ...]:
        return tuple(one for one in self._manifest.files if one.source == source)

    def beat(self) -> None:
        """Write the newest manifest again; raises as :meth:`publish`."""
        self._write()

    def _write(self, source: str | None = None, made: tuple[Copy, ...] = ()) -> None:
        """Write a manifest in which the files of ``source`` are ``made``."""
        with self._turn:
            others = [one for one in self._manifest.files if one.source != source]
            order = list(self._sources)
            files = sorted((*others, *made), key=lambda one: order.index(one.source))
            number, complete = self._manifest.number + 1, not self._waiting - {source}
            manifest = Manifest(self._term.number, number, time.time(), complete, tuple(files))
            self._terms.check(self._term)
            self._store.put_manifest(manifest)
            # Who began a term before this look may have read the manifest before: nobody relies on this one then.
            self._terms.check(self._term)
            self._manifest, self._written = manifest, time.monotonic()
            write_state(self._data, state_of(manifest))
            if source is not None:
                self._waiting.discard(source)
                self._objects.named(files)
            if complete:
                self._published(manifest)
            if complete and not self._forgotten:
                self._store.forget_before(self._term.number)
                self._forgotten = True

    def run(self, stop: threading.Event) -> None:
        """Publish what changes until ``stop`` is set; raises ReplacedError.

        A source that takes long does not delay those of the other audience.
        """
        while not self._done(self.begin):
            if stop.wait(_PAUSE):
                return
        sources = self._sources.values()
        audiences = {
            one.audience: [other.name for other in sources if other.audience == one.audience]
            for one in sources
        }
        with ThreadPoolExecutor(len(audiences)) as pool:
            running = [pool.submit(self._publish_all, some, stop) for some in audiences.values()]
            wait(running, return_when=FIRST_COMPLETED)
            stop.set()
            for one in running:
                one.result()

    def _publish_all(self, names: Sequence[str], stop: threading.Event) -> None:
        seen: dict[str, object] = {}
        due = dict.fromkeys(names, 0.0)
        pause = 0.0
        while not stop.wait(pause):
            pause = _POLL
            for name in names:
                start, asked = time.monotonic(), wanted(self._data, name)
                if start < due[name] and not asked:
                    continue
                if not self._done(lambda: self._look(name, seen)):  # noqa: B023 - called at once
                    pause = _PAUSE
                    break
                self._done(lambda: grant(asked))  # noqa: B023
                end = time.monotonic()
                due[name] = end + REST * (end - start)
            if time.monotonic() - self._written > BEAT_SECONDS and not self._done(self.beat):
                pause = _PAUSE

    def _look(self, name: str, seen: dict[str, object]) -> None:
        """Publish the source ``name`` if it changed since it was ``seen``."""
        stamp = self._sources[name].stamp(self._data)
        if name not in seen or stamp != seen[name]:
            self.publish(name)
            seen[name] = stamp

    def _done(self, action: Callable[[], object]) -> bool:
        """Do something that is tried again if it fails; return whether it was done."""
        try:
            action()
        except ReplacedError:
            raise
        except (StorageError, EngineError) as error:
            if str(error) != self._said:
                _log.error("%s; copies for other machines wait", error)
            self._said = str(error)
            return False
        self._said = ""
        return True
