"""What is read from a file that others may replace while this process runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from indexer.errors import TraCuuError

_Value = TypeVar("_Value")
_log = logging.getLogger("tracuu")


class Watched(Generic[_Value]):
    """The value of a file, read again when the file is another; safe to use from several threads.

    A new file that can't be used is logged once, and the value before it stays.
    """

    def __init__(self, path: Path, read: Callable[[Path], _Value]) -> None:
        """``read`` also has to make something of a path where there is no file; its errors are raised from here."""
        self._path, self._read = path, read
        self._stamp = self._look()
        self._value = read(path)
        self._reading = threading.Lock()

    def current(self) -> _Value:
        """Return the value of the newest file: it costs one look at the folder, some 2 µs."""
        if self._look() != self._stamp and self._reading.acquire(blocking=False):
            try:
                self._stamp = self._look()
                self._value = self._read(self._path)
            except TraCuuError as error:
                _log.error("%s; going on with what was there before", error)
            finally:
                self._reading.release()
        return self._value

    @property
    def stamp(self) -> object:
        """What tells one file at the path from another; None where there is none."""
        return self._look()

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
