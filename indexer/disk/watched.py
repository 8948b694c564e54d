"""Values read from files that others may replace while this process runs."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from indexer.errors import TraCuuError

_Value = TypeVar("_Value")
_log = logging.getLogger("tracuu")


@dataclass(frozen=True, slots=True, eq=False)
class Watched(Generic[_Value]):
    """A value, and a digest of the file it was read from, which is the same on all machines; None if there was none."""

    value: _Value
    stamp: str | None


class WatchedFile(Generic[_Value]):
    """The value of a file, read again when the file is replaced; safe to use from several threads.

    A new file that cannot be used is logged once, and the previous value stays.
    """

    def __init__(self, path: Path, read: Callable[[Path], _Value]) -> None:
        """``read`` must also handle a path without a file; its errors are raised from here."""
        self._path, self._read = path, read
        self._seen = self._look()
        self._newest = self._found()
        self._reading = threading.Lock()

    def current(self) -> Watched[_Value]:
        """Return the value of the newest file read so far; this costs one look at the folder, some 2 µs.

        It is the same object until the content changes. While one thread reads a new file, the others get the previous value.
        """
        if self._look() != self._seen and self._reading.acquire(blocking=False):
            try:
                self._seen = self._look()
                if self._digest() != self._newest.stamp:
                    self._newest = self._found()
            except TraCuuError as error:
                _log.error("%s; continuing with the previous content", error)
            finally:
                self._reading.release()
        return self._newest

    def _found(self) -> Watched[_Value]:
        """Read the file, and again if it is replaced meanwhile, so that the digest belongs to the value."""
        while True:
            stamp = self._digest()
            found = Watched(self._read(self._path), stamp)
            if self._digest() == stamp:
                return found

    def _digest(self) -> str | None:
        try:
            return hashlib.blake2b(self._path.read_bytes(), digest_size=16).hexdigest()
        except OSError:
            return None

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
