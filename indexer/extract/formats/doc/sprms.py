"""The meaning of property changes (grpprl of Sprms, [MS-DOC] 2.6), as far as it matters for the text. PURE."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VANISH, DELETED, SYMBOL, STYLE_OF_CHARACTERS, FONT = 0x083C, 0x0800, 0x6A09, 0x4A30, 0x4A4F
_FONT_OF_OTHERS = 0x4A51
_LIST, _LEVEL, _OUTLINE = 0x460B, 0x260A, 0x2640
_STYLE, _IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END = 0x4600, 0x2416, 0x2417, 0x244B, 0x244C
_HUGE = (0x6645, 0x6646)
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE, _TABS = 0xD608, 0xC615
_SHORT = {0x41: DELETED, 0x5C: VANISH, 0x0C: _LEVEL, 0x19: _ROW_END}
"""The few relevant changes with numbers of their own (Prm0)."""
_OFF, _ON, _AS_STYLE = 0, 1, 0x80
_NO_LIST = 0xF801


_OF_PARAGRAPHS = re.compile(
    b"|".join(
        re.escape(code.to_bytes(2, "little"))
        for code in (
            _LIST,
            _LEVEL,
            _OUTLINE,
            _STYLE,
            _IN_TABLE,
            _ROW_END,
            _INNER_CELL,
            _INNER_ROW_END,
            *_HUGE,
        )
    )
)
"""The relevant changes of paragraphs: most paragraphs have none of them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Settings of a paragraph itself; None if its style decides."""

    style: int = 0
    list: int | None = None
    """The use of a list, from 1; 0 for none."""
    level: int | None = None
    outline: int | None = None
    in_table: bool = False
    row_end: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False


@dataclass(frozen=True, slots=True)
class Characters:
    """Settings of a run of characters itself; None if something else decides."""

    hidden: bool | None = None
    deleted: bool | None = None
    style: int | None = None
    font: int | None = None
    symbol: tuple[int, int] | None = None
    """Font and code of the symbol shown instead of the character."""


def paragraph(changes: bytes, style: int, elsewhere: Callable[[int], bytes] | None = None) -> Paragraph:
    """Return the settings that ``changes`` make on a paragraph; ``elsewhere`` returns long changes by their position."""
    if not _OF_PARAGRAPHS.search(changes):
        return Paragraph(style)
    said: dict[int, int] = {}
    for code, at in _each(changes):
        if code in _HUGE and elsewhere is not None:
            long = elsewhere(struct.unpack_from("<I", changes, at)[0])
            said |= {code: _value(long, code, at) for code, at in _each(long)}
        else:
            said[code] = _value(changes, code, at)
    number = said.get(_LIST)
    return Paragraph(
        said.get(_STYLE, style),
        0 if number is not None and number >= _NO_LIST else number,
        said.get(_LEVEL),
        said.get(_OUTLINE),
        *(bool(said.get(code)) for code in (_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END)),
    )


def characters(changes: bytes) -> Characters:
    """Return the settings that ``changes`` make on characters."""
    said: dict[int, int] = {}
    shown = None
    for code, at in _each(changes):
        if code == SYMBOL:
            shown = struct.unpack_from("<HH", changes, at)
        said[code] = _value(changes, code, at)
    font = said.get(FONT, said.get(_FONT_OF_OTHERS))
    return Characters(
        _switch(said.get(VANISH)), _switch(said.get(DELETED)), said.get(STYLE_OF_CHARACTERS), font, shown
    )


def of_piece(modifier: int, changes: list[bytes]) -> bytes:
    """Return the changes that the ``modifier`` (Prm) of a piece stands for; long ones are in ``changes``."""
    if modifier & 1:
        number = modifier >> 1
        return changes[number] if number < len(changes) else b""
    code = _SHORT.get(modifier >> 1 & 0x7F)
    return struct.pack("<HB", code, modifier >> 8) if code else b""


def _each(changes: bytes) -> Iterator[tuple[int, int]]:
    """Yield the code and the position of the operand of each complete change."""
    at, end = 0, len(changes)
    while at + 2 < end:
        code = changes[at] | changes[at + 1] << 8
        at += 2
        size = _SIZES.get(code >> 13) or _variable(changes, code, at)
        if at + size > end:
            return
        yield code, at
        at += size


def _variable(changes: bytes, code: int, at: int) -> int:
    if code == _TABLE:
        return int.from_bytes(changes[at : at + 2], "little") + 1
    size = changes[at]
    if code == _TABS and size == 0xFF:
        deleted = changes[at + 1] if at + 1 < len(changes) else 0
        added = at + 2 + 4 * deleted
        return 3 + 4 * deleted + 3 * (changes[added] if added < len(changes) else 0)
    return size + 1


def _value(changes: bytes, code: int, at: int) -> int:
    return (
        changes[at] if code >> 13 in (0, 1) else changes[at] | changes[at + 1] << 8 if code >> 13 != 6 else 0
    )


def _switch(value: int | None) -> bool | None:
    return None if value is None or value == _AS_STYLE else value != _OFF
