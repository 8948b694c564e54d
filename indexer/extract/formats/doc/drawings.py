"""What is drawn beside the text: where text boxes belong, WordArt, words for pictures ([MS-DOC] 2.9.253, [MS-ODRAW]). PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.extract.formats.about import words_for_picture

_SHAPE, _IDENTITY = 0xF004, 0xF00A
_OPTIONS = (0xF00B, 0xF121, 0xF122)
_CONTAINER = 0xF
_OUTERMOST = 2
"""How deep the group stands that is the drawing itself."""
_DEEPEST = 20
_WORD_ART, _DESCRIPTION, _FLAGS = 0x00C0, 0x0381, 0x03BF
_COMPLEX = 0x8000
_HIDDEN = 0x00020002
"""It is told whether it is shown, and it is not."""


@dataclass(slots=True)
class Shape:
    """One shape, by the number that places in the text name it with."""

    owner: int
    """The group that it stands in, or itself."""
    words: list[str] = field(default_factory=list)
    hidden: bool = False


def shapes(content: bytes) -> dict[int, Shape]:
    """Return the shapes of the drawings of a document (OfficeArtContent) by their numbers."""
    found: dict[int, Shape] = {}
    if len(content) < 8:
        return found
    at = 8 + int.from_bytes(content[4:8], "little")  # what all drawings share
    while at + 9 < len(content):
        size = int.from_bytes(content[at + 5 : at + 9], "little")
        # One byte says whether the drawing is of the text or of the headers.
        _walk(content, at + 1, at + 9 + size, None, 0, found)
        at += 9 + size
    return found


def shapes_within(content: bytes) -> list[Shape]:
    """Return the shapes that ``content`` holds without a place in the text of their own."""
    found: dict[int, Shape] = {}
    _walk(content, 0, len(content), None, 0, found)
    return [*found.values()]


def _walk(content: bytes, at: int, end: int, owner: int | None, depth: int, found: dict[int, Shape]) -> None:
    """Put the shapes between two places into ``found``; ``owner`` is the group that they stand in."""
    for kind, start, stop in _records(content, at, end):
        if kind == _SHAPE:
            number, shape = _shape(content, start, stop)
            shape.owner = number if owner is None else owner
            found[number] = shape
            if depth > _OUTERMOST and owner is None:  # the first of a group is the group
                owner = number
        elif depth < _DEEPEST:
            _walk(content, start, stop, owner, depth + 1, found)


def _records(content: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and end of what containers and shapes there are."""
    end = min(end, len(content))
    while at + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", content, at)
        at += 8
        if head & _CONTAINER == _CONTAINER:
            yield kind, at, min(at + size, end)
        at += size


def _shape(content: bytes, at: int, end: int) -> tuple[int, Shape]:
    number, shape = 0, Shape(0)
    while at + 8 <= end:
        head, kind, size = struct.unpack_from("<HHI", content, at)
        at += 8
        if kind == _IDENTITY and size >= 4:
            number = struct.unpack_from("<I", content, at)[0]
        elif kind in _OPTIONS:
            _options(content[at : min(at + size, end)], head >> 4, shape)
        at += size
    return number, shape


def _options(content: bytes, count: int, shape: Shape) -> None:
    """Put what the ``count`` properties of a shape say into it; long ones stand behind all, in their order."""
    behind = 6 * count
    for at in range(0, min(behind, len(content) - 5), 6):
        name, value = struct.unpack_from("<HI", content, at)
        kind = name & 0x3FFF
        if kind == _FLAGS:
            shape.hidden = value & _HIDDEN == _HIDDEN
        if name & _COMPLEX:
            if kind in (_WORD_ART, _DESCRIPTION):
                said = content[behind : behind + value].decode("utf-16-le", "replace").rstrip("\0")
                shape.words.append(words_for_picture(said) if kind == _DESCRIPTION else said)
            behind += value
