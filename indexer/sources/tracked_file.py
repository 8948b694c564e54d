"""A file read from beginning to end, with its progress."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ItemError
from indexer.sources.lines import read_chunks


class TrackedFile:
    """One or several files, one after the other."""

    def __init__(self, *paths: Path) -> None:
        self.paths = paths
        self._size = 0
        self._before = 0
        self._raw: BinaryIO | None = None

    def chunks(self, path: Path) -> Generator[bytes]:
        """Yield the bytes of one of the files, decompressing gzip; raises ItemError if reading fails."""
        try:
            self._size = self._size or sum(one.stat().st_size for one in self.paths)
            size = path.stat().st_size
            raw = path.open("rb", buffering=0)
        except OSError as error:
            raise ItemError(f"the file can't be opened: {error.strerror}") from None
        with raw:
            self._raw = raw
            try:
                yield from read_chunks(raw)
            finally:
                self._raw = None
                self._before += size

    def progress(self) -> float | None:
        """Return the share of bytes read, None before the start."""
        if not self._size:
            return None
        return min(1.0, (self._before + (self._raw.tell() if self._raw else 0)) / self._size)
