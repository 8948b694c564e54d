"""Shapes as old office programs store them ([MS-ODRAW]): nested records, and their words. PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from indexer.extract.formats.about import words_for_picture

GROUP, SHAPE, IDENTITY = 0xF003, 0xF004, 0xF00A
OPTIONS = (0xF00B, 0xF121, 0xF122)
_CONTAINER = 0xF
_WORD_ART, _DESCRIPTION, _FLAGS, _TABLE = 0x00C0, 0x0381, 0x03BF, 0x039F
_COMPLEX = 0x8000
_HIDDEN = 0x00020002
"""Visibility is stated, and it is hidden."""


class Record(NamedTuple):
    """A record, and the position of its content."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Options:
    """The properties of a shape."""

    words: tuple[str, ...] = ()
    """WordArt, and the alternative text of a picture."""
    hidden: bool = False
    table: bool = False
    """Whether it is a group whose shapes are cells."""


def records(content: bytes, at: int, end: int) -> Iterator[Record]:
    """Yield the records between two positions; the last may be incomplete."""
    end = min(end, len(content))
    while at + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", content, at)
        at += 8
        yield Record(kind, head >> 4, head & _CONTAINER == _CONTAINER, at, min(at + size, end))
        at += size


def options(content: bytes, record: Record) -> Options:
    """Return the contents of a record of properties: a table of them, followed by the long ones in the same order."""
    body = content[record.start : record.end]
    behind = 6 * record.instance
    words: list[str] = []
    hidden = table = False
    for at in range(0, min(behind, len(body) - 5), 6):
        name, value = struct.unpack_from("<HI", body, at)
        kind = name & 0x3FFF
        if kind == _FLAGS:
            hidden = value & _HIDDEN == _HIDDEN
        elif kind == _TABLE:
            table = bool(value & 1)
        if name & _COMPLEX:
            if kind in (_WORD_ART, _DESCRIPTION):
                said = body[behind : behind + value].decode("utf-16-le", "replace").rstrip("\0")
                words.append(words_for_picture(said) if kind == _DESCRIPTION else said.replace("\r", "\n"))
            behind += value
    return Options(tuple(filter(None, words)), hidden, table)
