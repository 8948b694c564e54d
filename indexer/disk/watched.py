"""What is read from a file that others may replace while this process runs."""

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
    """A value with what tells the file it was read from apart from others; None where there was none."""

    value: _Value
    stamp: object


class WatchedFile(Generic[_Value]):
    """The value of a file, read again when the file is another; safe to use from several threads.

    A new file that can't be used is logged once, and the value before it stays.
    """

    def __init__(self, path: Path, read: Callable[[Path], _Value]) -> None:
        """``read`` also has to make something of a path where there is no file; its errors are raised from here."""
        self._path, self._read = path, read
        self._seen = self._look()
        self._newest = Watched(read(path), self._seen)
        self._reading = threading.Lock()

    def current(self) -> Watched[_Value]:
        """Return the value of the newest file that has been read: it costs one look at the folder, some 2 µs.

        The same object until there is another. While one thread reads a new file, the others get the value before it.
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
