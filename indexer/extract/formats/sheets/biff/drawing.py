"""What is drawn on a sheet of XLS: which shapes are hidden, and their own words ([MS-ODRAW] 2.3.1). PURE."""

from __future__ import annotations

import struct

_PROPERTIES = 0xF00B
_HIDDEN, _WORD_ART = 0x3BF, 0xC0
_IS_HIDDEN = 0x0002_0002
"""The flag, and that it counts."""
_COMPLEX = 0x8000
_HEAD = struct.Struct("<HHI")
_PROPERTY = struct.Struct("<HI")


def shape(drawing: bytes) -> tuple[bool, str]:
    """Return whether the last shape in the bytes of a DRAWING record is hidden, and the words that it is made of."""
    hidden, words, at = False, "", 0
    while at + 8 <= len(drawing):
        version, kind, size = _HEAD.unpack_from(drawing, at)
        at += 8
        if version & 0xF == 0xF:  # it holds others: these follow
            continue
        if kind == _PROPERTIES:
            hidden, words = _of_properties(drawing[at : at + size], version >> 4)
        at += size
    return hidden, words


def _of_properties(data: bytes, count: int) -> tuple[bool, str]:
    hidden, words = False, ""
    long_ones = 6 * count
    for at in range(0, min(long_ones, len(data) - 5), 6):
        name, value = _PROPERTY.unpack_from(data, at)
        if name & 0x3FFF == _HIDDEN:
            hidden = value & _IS_HIDDEN == _IS_HIDDEN
        if name & _COMPLEX:
            if name & 0x3FFF == _WORD_ART:
                words = data[long_ones : long_ones + value].decode("utf-16-le", "replace").rstrip("\0")
            long_ones += value
    return hidden, words
