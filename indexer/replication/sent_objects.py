"""The chunks and lists that a publisher has in the store: what is missing is sent, what no manifest names any more is removed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import StorageError
from indexer.replication.chunks import CHUNK, ChunkList
from indexer.replication.copy_store import AT_ONCE, CopyStore
from indexer.replication.manifest import Copy, Manifest

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one copy of a source took."""

    objects: int
    """Chunks and lists sent."""
    size: int
    """Their bytes."""


class SentObjects:
    """The objects of one term; safe to use from several threads. All methods raise FilesUnreachableError."""

    def __init__(self, store: CopyStore, term: int) -> None:
        self._store = store
        self._term = term
        self._turn = threading.Lock()
        self._there: set[str] = set()
        self._of_lists: dict[str, frozenset[str]] = {}
        """List and chunks of each copy that the newest manifest names, by the name of the list."""
        self._before: frozenset[str] = frozenset()
        """All that the manifest before named."""
        self._claimed: dict[str, Mapping[str, frozenset[str]]] = {}
        """What is being sent, by source: it must not be removed meanwhile."""

    def begin(self, manifest: Manifest | None) -> set[str]:
        """Look up what the store has; ``manifest`` is the newest. Return the sources of which something is missing or damaged.

        What a killed publisher sent in vain is removed.
        """
        sizes = self._store.sizes(self._term)
        damaged, lost = set(), set()
        for copy in manifest.files if manifest else ():
            names = self._known(copy, sizes)
            self._of_lists[copy.chunks] = frozenset(names)
            lost |= {name for name, whole in names.items() if not whole}
            if not all(names.values()):
                damaged.add(copy.source)
        self._there = {*sizes} - lost
        with self._turn:
            self._remove_unused()
        return damaged

    def _known(self, copy: Copy, sizes: Mapping[str, int]) -> dict[str, bool]:
        """Return the objects of a copy, and whether each is there in its full size."""
        try:
            chunks = self._store.chunks_of(copy, self._term)
        except StorageError as error:
            _log.warning("%s; sending it again", error)
            return {copy.chunks: False}
        known = {name: sizes.get(name) == chunks.length(n) for n, name in enumerate(chunks.names())}
        return {**known, copy.chunks: True}

    def send(self, source: str, copies: Mapping[Path, ChunkList]) -> Sent:
        """Send what the store lacks of ``copies``, which stay until :meth:`release`; raises OSError, too."""
        with self._turn:
            self._claimed[source] = {
                one.digest: frozenset({one.digest, *one.names()}) for one in copies.values()
            }
            missing = frozenset().union(*self._claimed[source].values()) - self._there
        chunks = {
            name: (name, path, number * CHUNK)
            for path, chunks in copies.items()
            for number, name in enumerate(chunks.names())
            if name in missing
        }
        with ThreadPoolExecutor(AT_ONCE) as pool:
            sizes = list(pool.map(self._send_chunk, chunks.values()))
        for one in copies.values():
            if one.digest in missing:
                self._store.put(one.digest, one.packed, self._term)
                sizes.append(len(one.packed))
        with self._turn:
            self._there |= missing
        return Sent(len(sizes), sum(sizes))

    def _send_chunk(self, place: tuple[str, Path, int]) -> int:
        name, path, start = place
        with path.open("rb") as file:
            file.seek(start)
            content = file.read(CHUNK)
        self._store.put(name, content, self._term)
        return len(content)

    def release(self, source: str) -> None:
        """What was sent of ``source`` may be removed, unless a manifest names it."""
        with self._turn:
            self._claimed.pop(source, None)

    def named(self, files: Iterable[Copy]) -> None:
        """Take note that the newest manifest names ``files``; remove what neither it nor the one before does."""
        with self._turn:
            known = dict(self._of_lists)
            for claimed in self._claimed.values():
                known |= claimed
            self._before = frozenset().union(*self._of_lists.values())
            self._of_lists = {one.chunks: known[one.chunks] for one in files}
            self._remove_unused()

    def _remove_unused(self) -> None:
        # In turn: what is removed here may be missing to whoever sends next.
        claimed = [names for one in self._claimed.values() for names in one.values()]
        unused = self._there - frozenset().union(self._before, *self._of_lists.values(), *claimed)
        if unused:
            self._there -= unused
            self._store.remove(unused, self._term)
