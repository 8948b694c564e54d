"""The bytes of an object as a seekable file; nothing is requested before it is read."""

from __future__ import annotations

import io

from indexer.files.bucket import PART, Bucket

_FIRST = 256 << 10
"""Number of bytes in the first request: enough for a small range. Each following request of a sequential read asks for twice as
many."""


class ObjectReader(io.BufferedIOBase):
    """Requests and holds at most :data:`PART` bytes at a time; for one thread."""

    def __init__(self, bucket: Bucket, key: str, size: int) -> None:
        self._bucket = bucket
        self._key = key
        self._size = size
        self._at = 0
        self._part = b""
        self._begins = 0
        self._most = _FIRST

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        """Return ``size`` bytes, fewer at the end; raises FilesUnreachableError, or FileNotFoundError if the object is gone."""
        wanted = self._size - self._at if size is None or size < 0 else min(size, self._size - self._at)
        found = bytearray()
        while len(found) < wanted:
            if not self._begins <= self._at < self._begins + len(self._part):
                reads_on = self._at == self._begins + len(self._part) > 0
                self._most = min(2 * self._most, PART) if reads_on else _FIRST
                self._begins = self._at
                self._part = self._bucket.read(self._key, self._at, min(self._most, self._size - self._at))
            some = self._part[self._at - self._begins :][: wanted - len(found)]
            if not some:
                break
            found += some
            self._at += len(some)
        return bytes(found)
