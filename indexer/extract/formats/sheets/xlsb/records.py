"""The records of a part of XLSB ([MS-XLSB] 2.1.4), as a stream. PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Protocol

_BLOCK = 1 << 18
_LONGEST_HEAD = 6
_LARGEST = 1 << 24
"""Bytes of a record: a cell holds 32,767 letters."""


class Kind:
    """Numbers of records ([MS-XLSB] 2.3)."""

    ROW, COLUMNS, DEFAULTS, MERGED = 0, 60, 485, 176
    RK, ERROR, FLAG, NUMBER, TEXT, SHARED_STRING = 2, 3, 4, 5, 6, 7
    TEXT_RESULT, NUMBER_RESULT, FLAG_RESULT, ERROR_RESULT, RICH_TEXT = 8, 9, 10, 11, 62
    FIRST_SHORT, LAST_SHORT = 12, 18
    STRING, FORMAT, XF, XFS, XFS_END = 19, 44, 47, 617, 618
    BOOK, SHEET = 153, 156
    EDGES, NOTE, NOTE_TEXT = 479, 635, 637


class Readable(Protocol):
    """A file that is read in blocks."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, ``size`` at most; none at the end."""


def records(file: Readable) -> Iterator[tuple[int, bytes]]:
    """Yield kind and data of each record; raises ValueError where the part ends in the middle of one."""
    data, at = b"", 0
    while True:
        if len(data) - at < _LONGEST_HEAD:
            data, at = data[at:] + file.read(_BLOCK), 0
            if not data:
                return
        try:
            kind, size = data[at], data[at + 1]
            at += 2
            if kind & 0x80:
                kind, size = kind & 0x7F | (size & 0x7F) << 7, data[at]
                at += 1
            shift = 7
            while size >> shift and shift < 28:  # each byte but the last says that there is one more
                size = size & ~(1 << shift) | data[at] << shift
                at += 1
                shift += 7
        except IndexError:
            raise ValueError("the part ends inside the head of a record") from None
        if size > _LARGEST:
            raise ValueError("a record is too large")
        while at + size > len(data):
            more = file.read(_BLOCK)
            if not more:
                raise ValueError("the part ends inside a record")
            data, at = data[at:] + more, 0
        yield kind, data[at : at + size]
        at += size


def wide(data: bytes, at: int = 0) -> tuple[str, int]:
    """Return the string at ``at`` and what stands behind it; no string there is an empty one."""
    (count,) = struct.unpack_from("<I", data, at)
    start = at + 4
    if count == 0xFFFFFFFF:
        return "", start
    return data[start : start + 2 * count].decode("utf-16-le", "replace"), start + 2 * count
