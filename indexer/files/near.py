"""A cache of files from a remote store, limited in size: drawing ten pages of a file downloads it once."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from indexer.disk.durable import TEMPORARY, sync
from indexer.disk.scratch import scratch_folder

LOOK_EVERY = 50
"""Number of files stored between two checks of the total size."""
_LEFT = 0.8
"""Share of the limit that remains after the least recently used files are removed."""
_ABANDONED = 86_400.0
"""Age in seconds at which a half-written file is considered left over by a killed process."""


class NearFiles:
    """Caches complete files under their SHA-256 in a folder that several processes may share and that may be deleted at any time.

    Nothing is cached if the folder is not writable.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._kept = 0

    @contextmanager
    def found(self, sha256: str) -> Iterator[Path | None]:
        """Yield a path of the file that remains valid for the block, even if the file is removed; None if it is not cached."""
        link = self._name()
        try:
            # A link of its own, since the cached file may be removed before the reader opens it.
            os.link(self._path(sha256), link)
        except OSError:
            yield None
            return
        try:
            with suppress(OSError):
                os.utime(link)  # mark as used
            yield link
        finally:
            link.unlink(missing_ok=True)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Yield a path for a temporary file that is removed after the block, unless it is kept."""
        with ExitStack() as stack:
            path = self._name()
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                path.touch()
            except OSError:
                path = stack.enter_context(scratch_folder()) / "file"
            try:
                yield path
            finally:
                path.unlink(missing_ok=True)

    def keep(self, sha256: str, path: Path) -> None:
        """Keep the file at ``path``, which :meth:`room` yielded and which has this digest."""
        if not self._most:
            return
        with suppress(OSError):
            sync(path)  # files that survive a power cut are trusted
            os.link(path, self._path(sha256))
            if self._kept % LOOK_EVERY == 0:
                self._make_room()
            self._kept += 1

    def forget(self, sha256: str) -> None:
        """Remove the file with this digest from the cache."""
        with suppress(OSError):
            self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256

    def _name(self) -> Path:
        return self._folder / f"{TEMPORARY}{secrets.token_hex(8)}"

    def _make_room(self) -> None:
        files = []
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                status = path.stat()
                if not path.name.startswith(TEMPORARY):
                    files.append((status.st_mtime, status.st_size, path))
                elif time.time() - status.st_mtime > _ABANDONED:
                    path.unlink()
        size = sum(one[1] for one in files)
        if size <= self._most:
            return
        for _, bytes_of_it, path in sorted(files):
            if size <= _LEFT * self._most:
                break
            path.unlink(missing_ok=True)
            size -= bytes_of_it
