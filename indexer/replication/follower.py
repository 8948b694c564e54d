"""The other machines' side: the writer's files are fetched as they change."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.disk import durable
from indexer.disk.locks import copies_lock, writer_lock
from indexer.errors import EngineError, StorageError
from indexer.files.owner import directory_name
from indexer.replication.chunks import CHUNK, ChunkList, chunk_name, cut
from indexer.replication.copy_store import AT_ONCE, ChunkGoneError, CopyStore
from indexer.replication.local_state import known_files, state_of, write_state
from indexer.replication.manifest import Audience, Copy, Manifest
from indexer.replication.placing import place, staged
from indexer.replication.term import Term, Terms

_FOLDER = Path("cache", "fetching")
"""Folder in the data directory with files that are not complete yet; a killed follower goes on with them."""
_POLL = 0.5
"""Seconds between two looks at the store; each reads two small objects."""
_PAUSE = 5.0
"""Seconds after a failure."""
_LOCK_SECONDS = 10.0
_log = logging.getLogger(__name__)


class Follower:
    """Keeps the files for ``audiences`` in the data directory as the writer has them; only one at a time may."""

    def __init__(self, data: Path, terms: Terms, store: CopyStore, audiences: Collection[Audience]) -> None:
        self._data = data
        self._terms = terms
        self._store = store
        self._audiences = audiences
        self._seen: Manifest | None = None
        self._lists: dict[str, ChunkList] = {}
        """Chunks of the files in the data directory, as they were put there."""
        self._told = False

    def follow(self) -> bool:
        """Look once; return whether files were replaced.

        Raises FilesUnreachableError, StorageError, ChunkGoneError if the writer was faster, and IndexBusyError.
        """
        term = self._terms.current()
        if term is None or self._is_own(term):
            return False
        manifest = self._store.manifest(term.number)
        # A new writer has not published anything yet; what is here stays.
        return manifest is not None and self.fetch(manifest, term)

    def fetch(self, manifest: Manifest, term: Term | None = None) -> bool:
        """Make the files those of ``manifest``; return whether any were replaced. Raises as :meth:`follow`.

        With ``term``, nothing is replaced unless it is still the current one.
        """
        wanted = [one for one in manifest.files if one.audience in self._audiences]
        replaced = False
        seen = self._seen
        if seen is None or (seen.files, seen.complete) != (manifest.files, manifest.complete):
            with copies_lock(self._data):
                changed = [one for one in wanted if self._here(one.name) != one.chunks]
                gone = (
                    sorted(known_files(self._data) - {one.name for one in wanted})
                    if manifest.complete
                    else []
                )
                replaced = bool(changed or gone)
                if replaced and not self._replace(manifest, changed, gone, term):
                    return False
        if manifest != self._seen:
            here = {one.name for one in wanted} | (set() if manifest.complete else known_files(self._data))
            write_state(self._data, state_of(manifest, tuple(sorted(here))))
            self._seen = manifest
        return replaced

    def run(self, stop: threading.Event) -> None:
        """Follow until ``stop`` is set. Whatever fails is logged and tried again."""
        said, pause = "", 0.0
        while not stop.wait(pause):
            try:
                replaced, pause = self.follow(), _POLL
                if said or (replaced and not self._told):
                    _log.info("the copies of the writer's files are here")
                self._told = self._told or replaced
                said = ""
            except ChunkGoneError:
                pause = _POLL
            except (StorageError, EngineError) as error:
                if str(error) != said:
                    _log.error("%s; what is here stays until then", error)
                said, pause = str(error), _PAUSE

    def _is_own(self, term: Term) -> bool:
        return term.writer == directory_name(self._data)

    def _here(self, name: str) -> str | None:
        """Return the digest of the file that is here; None if there is none."""
        if name not in self._lists:
            with suppress(FileNotFoundError):
                self._lists[name] = cut(self._data / name)
        return self._lists[name].digest if name in self._lists else None

    def _replace(
        self, manifest: Manifest, changed: Sequence[Copy], gone: Sequence[str], term: Term | None
    ) -> bool:
        """Fetch and replace files; return False, with nothing replaced, if ``term`` has ended."""
        folder = self._data / _FOLDER
        with durable.storage_errors(folder, "written"):
            durable.make_folder(folder)
            for path in folder.iterdir():
                if path.name not in {staged(one.name) for one in changed}:
                    durable.remove(path)
        lists = {}
        for copy in changed:
            lists[copy.name] = self._store.chunks_of(copy, manifest.term)
            self._assemble(copy, lists[copy.name], manifest.term, folder / staged(copy.name))
        with writer_lock(self._data, _LOCK_SECONDS):
            # This machine may have become the writer meanwhile; its commands hold the lock while they write.
            if term is not None and self._terms.current() != term:
                return False
            place(self._data, folder, [one.name for one in changed], gone)
        for name in gone:
            self._lists.pop(name, None)
        self._lists |= lists
        return True

    def _assemble(self, copy: Copy, chunks: ChunkList, term: int, target: Path) -> None:
        """Write the file ``target``: from what is in it already, from the file that it replaces, and from the store."""
        old, known = self._data / copy.name, self._lists.get(copy.name)
        places = {name: n for n, name in enumerate(known.names())} if known else {}
        with durable.storage_errors(target, "written"):
            target.touch()
            with target.open("r+b") as out, _opened(old) as before:

                def bring(numbered: tuple[int, str]) -> None:
                    number, name = numbered
                    at, length = number * CHUNK, chunks.length(number)
                    if chunk_name(os.pread(out.fileno(), length, at)) == name:
                        return
                    content = b""
                    if before is not None and name in places:
                        content = os.pread(before, length, places[name] * CHUNK)
                    if chunk_name(content) != name:
                        content = self._store.get(name, term)
                    os.pwrite(out.fileno(), content, at)

                with ThreadPoolExecutor(AT_ONCE) as pool:
                    list(pool.map(bring, enumerate(chunks.names())))
                out.truncate(copy.size)
                os.fchmod(out.fileno(), copy.mode)
                os.fsync(out.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    """Yield a handle of the file ``path``; None if there is none."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)
