"""What is drawn on an XLS sheet: which shapes are hidden, their words, and their positions ([MS-ODRAW] 2.3.1). PURE."""

from __future__ import annotations

import struct

from indexer.extract.formats.sheets.sheet import Area

_PROPERTIES, _ANCHOR = 0xF00B, 0xF010
_HIDDEN, _WORD_ART = 0x3BF, 0xC0
_IS_HIDDEN = 0x0002_0002
"""The flag, and that it applies."""
_COMPLEX = 0x8000
_HEAD = struct.Struct("<HHI")
_PROPERTY = struct.Struct("<HI")
_CORNERS = struct.Struct("<2xH2xH2xH2xH")
"""Left, top, right and bottom, from 0, with the offsets within these cells ([MS-XLS] 2.5.193)."""


def shape(drawing: bytes) -> tuple[bool, str, Area | None]:
    """Return whether the last shape in the bytes of a DRAWING record is hidden, its WordArt text, and its cells.

    A shape in a group has no cells of its own.
    """
    hidden, words, area, at = False, "", None, 0
    while at + 8 <= len(drawing):
        version, kind, size = _HEAD.unpack_from(drawing, at)
        at += 8
        if version & 0xF == 0xF:  # it holds others: these follow
            continue
        if kind == _PROPERTIES:
            hidden, words = _of_properties(drawing[at : at + size], version >> 4)
        elif kind == _ANCHOR and size >= _CORNERS.size and at + size <= len(drawing):
            left, top, right, bottom = _CORNERS.unpack_from(drawing, at)
            area = Area(top + 1, bottom + 1, left + 1, right + 1)
        at += size
    return hidden, words, area


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
