"""The records of a stream of BIFF, each with what continues it. PURE."""

from __future__ import annotations

import struct
from collections.abc import Container, Iterator

_HEAD = struct.Struct("<HH")
_CONTINUE = b"\x3c\x00"
_BOF = b"\x09\x08"


class Kind:
    """Numbers of records ([MS-XLS] 2.3.1)."""

    BOF, END, FILE_PASS = 0x809, 0x0A, 0x2F
    SHEET, STRINGS, FORMAT, XF, SINCE_1904, CODE_PAGE = 0x85, 0xFC, 0x41E, 0xE0, 0x22, 0x42
    ROW, COLUMNS, ROW_DEFAULT, MERGED = 0x208, 0x7D, 0x225, 0xE5
    LETTERS_DEFAULT, WIDTH_DEFAULT = 0x55, 0x99
    SHARED_STRING, LABEL, RICH_LABEL, STRING = 0xFD, 0x204, 0xD6, 0x207
    NUMBER, RK, SEVERAL_RK, FORMULA, FLAG_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
    NOTE, OBJECT, DRAWING, TEXT, CHART_TEXT = 0x1C, 0x5D, 0xEC, 0x1B6, 0x100D
    HEAD, FOOT = 0x14, 0x15


Segments = list[bytes]
"""The data of a record, and those of the CONTINUE records behind it."""


def substream(stream: bytes, at: int, kinds: Container[int]) -> Iterator[tuple[int, Segments, int]]:
    """Yield the records of these ``kinds`` from the BOF at ``at`` to its end: kind, data, and how deep it stands in substreams.

    Raises ValueError where no substream begins there, or it has no end.
    """
    if stream[at : at + 2] != _BOF:
        raise ValueError("a part of the workbook is not where its list says")
    unpack, last = _HEAD.unpack_from, len(stream) - _HEAD.size
    depth = 0
    while at <= last:
        kind, length = unpack(stream, at)
        at += 4
        if kind == Kind.BOF:
            depth += 1
        elif kind == Kind.END:
            depth -= 1
            if depth == 0:
                return
        if kind in kinds:
            segments = [stream[at : at + length]]
            at += length
            while stream[at : at + 2] == _CONTINUE and at <= last:
                length = unpack(stream, at)[1]
                segments.append(stream[at + 4 : at + 4 + length])
                at += 4 + length
            yield kind, segments, depth
        else:
            at += length
    raise ValueError("the stream is incomplete")
