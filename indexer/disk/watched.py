"""Values read from files that others may replace while this process runs."""

from __future__ import annotations

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
    """A value, and the identity of the file it was read from; None if there was none."""

    value: _Value
    stamp: object


class WatchedFile(Generic[_Value]):
    """The value of a file, read again when the file is replaced; safe to use from several threads.

    A new file that cannot be used is logged once, and the previous value stays.
    """

    def __init__(self, path: Path, read: Callable[[Path], _Value]) -> None:
        """``read`` must also handle a path without a file; its errors are raised from here."""
        self._path, self._read = path, read
        self._seen = self._look()
        self._newest = Watched(read(path), self._seen)
        self._reading = threading.Lock()

    def current(self) -> Watched[_Value]:
        """Return the value of the newest file read so far; this costs one look at the folder, some 2 µs.

        It is the same object until there is a new one. While one thread reads a new file, the others get the previous value.
        """
        if self._look() != self._seen and self._reading.acquire(blocking=False):
            try:
                self._seen = self._look()
                self._newest = Watched(self._read(self._path), self._seen)
            except TraCuuError as error:
                _log.error("%s; continuing with the previous content", error)
            finally:
                self._reading.release()
        return self._newest

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
