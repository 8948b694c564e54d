"""Reads Whoosh segments through memory maps.

Whoosh copies each mapped file into memory on opening; here, readers share the pages of the kernel, and a forked process shares
no file position with its parent.
"""

from __future__ import annotations

from typing import Any

from indexer.engine.whoosh_.library import BufferFile, CompoundStorage, W3Codec, W3Segment

INDEX_NAME = "MAIN"


class MappedSegment(W3Segment):  # type: ignore[misc]
    """Columns are written and read by Whoosh's codec; the table of contents names this class."""

    def __init__(self) -> None:
        super().__init__(W3Codec(), INDEX_NAME)

    def open_compound_file(self, storage: Any) -> MappedStorage:
        return MappedStorage(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class MappedStorage(CompoundStorage):  # type: ignore[misc]
    """The files inside a segment's single file."""

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if self._source is None:
            return super().open_file(name, *args, **kwargs)
        start, length = self.range(name)
        return _MappedFile(memoryview(self._source)[start : start + length], name)


class _MappedFile(BufferFile):  # type: ignore[misc]
    def __init__(self, buffer: memoryview, name: str) -> None:
        self._buf = buffer
        self._name = name
        self.file = _Cursor(buffer)
        self.onclose = None
        self.is_real = False
        self.is_closed = False


class _Cursor:
    """The subset of a binary file that Whoosh and pickle need for reading."""

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        start = self._at
        self._at = len(self._buffer) if size < 0 else min(start + size, len(self._buffer))
        return bytes(self._buffer[start : self._at])

    def readline(self) -> bytes:
        rest = bytes(self._buffer[self._at :])
        return self.read(rest.find(b"\n") + 1 or len(rest))

    def seek(self, where: int, whence: int = 0) -> None:
        self._at = where + (0, self._at, len(self._buffer))[whence]

    def tell(self) -> int:
        return self._at
