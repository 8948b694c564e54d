"""The records of a stream of BIFF, each with what continues it. PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEAD = struct.Struct("<HH")
_CONTINUE = b"\x3c\x00"
_BOF = b"\x09\x08"


class Kind:
    """Numbers of records ([MS-XLS] 2.3.1)."""

    BOF, END, FILE_PASS = 0x809, 0x0A, 0x2F
    SHEET, STRINGS, FORMAT, XF, SINCE_1904, CODE_PAGE = 0x85, 0xFC, 0x41E, 0xE0, 0x22, 0x42
    ROW, COLUMNS, ROW_DEFAULT, MERGED = 0x208, 0x7D, 0x225, 0xE5
    SHARED_STRING, LABEL, RICH_LABEL, STRING = 0xFD, 0x204, 0xD6, 0x207
    NUMBER, RK, SEVERAL_RK, FORMULA, FLAG_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
    NOTE, OBJECT, DRAWING, TEXT, CHART_TEXT = 0x1C, 0x5D, 0xEC, 0x1B6, 0x100D
    HEAD, FOOT = 0x14, 0x15


Segments = list[bytes]
"""The data of a record, and those of the CONTINUE records behind it."""


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, Segments]]:
    """Yield kind and data of the records from ``at`` on; the last one may be cut short."""
    size = len(stream)
    while at + 4 <= size:
        kind, length = _HEAD.unpack_from(stream, at)
        at += 4 + length
        segments = [stream[at - length : at]]
        while stream[at : at + 2] == _CONTINUE and at + 4 <= size:
            length = _HEAD.unpack_from(stream, at)[1]
            at += 4 + length
            segments.append(stream[at - length : at])
        yield kind, segments


def substream(stream: bytes, at: int) -> Iterator[tuple[int, Segments, int]]:
    """Yield the records from the BOF at ``at`` to its end, and how deep each stands in substreams within.

    Raises ValueError where no substream begins there, or it has no end.
    """
    if stream[at : at + 2] != _BOF:
        raise ValueError("no substream begins there")
    depth = 0
    for kind, segments in records(stream, at):
        depth += kind == Kind.BOF
        yield kind, segments, depth
        if kind == Kind.END:
            depth -= 1
            if depth == 0:
                return
    raise ValueError("the stream ends in the middle")
