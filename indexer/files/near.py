"""Files of a store that is far away, kept near as long as there is room: who draws ten pages of a file gets it once."""

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
"""Files kept between two looks at how much is kept."""
_LEFT = 0.8
"""Share of the limit that is left when those not used for longest are removed."""
_ABANDONED = 86_400.0
"""Seconds after which what is half written was a killed process's."""


class NearFiles:
    """Keeps whole files under their SHA-256 in a folder that may be deleted at any time, and be shared by processes.

    Where it can't be written nothing is kept.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._kept = 0

    @contextmanager
    def found(self, sha256: str) -> Iterator[Path | None]:
        """Yield a path of the file for the block, whatever is removed meanwhile; None where it is not kept."""
        link = self._name()
        try:
            # A name of its own: the other one may go while a reader has only been told of it.
            os.link(self._path(sha256), link)
        except OSError:
            yield None
            return
        try:
            with suppress(OSError):
                os.utime(link)  # used now
            yield link
        finally:
            link.unlink(missing_ok=True)

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Yield where a file may be written that goes with the block, unless it is kept."""
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
        """Keep the file at ``path``, which :meth:`room` gave and which has this digest."""
        if not self._most:
            return
        with suppress(OSError):
            sync(path)  # what is there after a power cut is believed
            os.link(path, self._path(sha256))
            if self._kept % LOOK_EVERY == 0:
                self._make_room()
            self._kept += 1

    def forget(self, sha256: str) -> None:
        """Keep the file with this digest no more."""
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
