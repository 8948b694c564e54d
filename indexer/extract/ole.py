"""The streams of an OLE file, in which Office 97 and Outlook keep what they write ([MS-CFB]). PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY = 512, 128
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are no sectors but ends and free places."""
_STORAGE, _ROOT = 1, 5
_MOST_ENTRIES = 100_000
_SMALL_SHIFT = 6
"""Small streams lie in sectors of 64 bytes within a stream of the root."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or a storage, which holds others."""

    name: str
    is_storage: bool
    first: int
    size: int
    child: int
    left: int
    right: int


class Ole:
    """Raises ValueError where the file can't be one; streams that are damaged are cut short."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER or not content.startswith(OLE_MAGIC):
            raise ValueError("it is not an OLE file")
        self._content = content
        self._shift, small = struct.unpack_from("<HH", content, 30)
        if self._shift not in (9, 12) or small != _SMALL_SHIFT:
            raise ValueError("its OLE container is damaged")
        self._size = 1 << self._shift
        first, self._cutoff, first_small = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
        self._table = self._fat()
        directory = b"".join(self._sectors(first))
        self._entries = [
            _entry(directory, at)
            for at in range(0, min(len(directory), _MOST_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY)
        ]
        if not self._entries:
            raise ValueError("its OLE container is damaged")
        small_table = b"".join(self._sectors(first_small))
        self._small_table = struct.unpack(
            f"<{len(small_table) // 4}I", small_table[: len(small_table) // 4 * 4]
        )

    def inside(self, storage: Entry | None = None) -> Iterator[Entry]:
        """Yield the entries of ``storage``, or of the root, by no particular order; none twice."""
        waiting, seen = [(storage or self._entries[0]).child], set()
        while waiting:
            at = waiting.pop()
            if at in seen or at >= len(self._entries):
                continue
            seen.add(at)
            entry = self._entries[at]
            waiting += (entry.right, entry.left)
            yield entry

    def find(self, *path: str) -> Entry | None:
        """Return the entry at ``path`` from the root, whatever the case of its names."""
        entry: Entry | None = None
        for name in path:
            entry = next((one for one in self.inside(entry) if one.name.lower() == name.lower()), None)
            if entry is None:
                return None
        return entry

    def read(self, entry: Entry) -> bytes:
        """Return the bytes of a stream."""
        if entry.is_storage or not entry.size:
            return b""
        if entry.size >= self._cutoff:
            return b"".join(self._sectors(entry.first, entry.size))[: entry.size]
        parts, at, left = [], entry.first, entry.size
        for _ in range(len(self._small_table)):
            if at >= len(self._small_table) or left <= 0:
                break
            parts.append(self._small[at << _SMALL_SHIFT : (at + 1) << _SMALL_SHIFT])
            left -= 1 << _SMALL_SHIFT
            at = self._small_table[at]
        return b"".join(parts)[: entry.size]

    @cached_property
    def _small(self) -> bytes:
        root = self._entries[0]
        return b"".join(self._sectors(root.first, root.size))

    def _fat(self) -> tuple[int, ...]:
        places = list(struct.unpack_from("<109I", self._content, 76))
        more, seen = struct.unpack_from("<I", self._content, 68)[0], set()
        while more < _LAST_SECTOR and more not in seen:
            seen.add(more)
            sector = self._sector(more)
            if len(sector) < self._size:
                break
            *others, more = struct.unpack(f"<{self._size // 4}I", sector)
            places += others
        table = b"".join(self._sector(place) for place in places if place < _LAST_SECTOR)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _sectors(self, first: int, size: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a chain of sectors, no more than the file has or ``size`` bytes need, in runs."""
        left = len(self._content) // self._size + 1
        if size is not None:
            left = min(left, -(-size // self._size))
        table, at = self._table, first
        while left > 0 and at < _LAST_SECTOR:
            start, behind = at, at + 1
            following = table[at] if at < len(table) else _LAST_SECTOR
            left -= 1
            while left > 0 and following == behind:
                following = table[behind] if behind < len(table) else _LAST_SECTOR
                behind += 1
                left -= 1
            yield self._content[(start + 1) << self._shift : (behind + 1) << self._shift]
            at = following

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift
        return self._content[start : start + self._size]


def _entry(directory: bytes, at: int) -> Entry:
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    left, right, child = struct.unpack_from("<III", directory, at + 68)
    first, size = struct.unpack_from("<II", directory, at + 116)
    name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(name, kind in (_STORAGE, _ROOT), first, size, child, left, right)
