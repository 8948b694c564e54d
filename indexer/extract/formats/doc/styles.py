"""How the styles of a document format paragraphs and characters (STSH, [MS-DOC] 2.9.271). PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.extract.formats.doc.sprms import VANISH, Paragraph, characters, paragraph

_OF_PARAGRAPHS, _OF_CHARACTERS = 1, 2
_NO_BASE = 0xFFF
_HEADINGS, _TITLE = range(1, 10), 62
"""Numbers of the built-in styles of Word."""
_LEVELS_OF_HEADINGS = range(9)
_VANISH = VANISH.to_bytes(2, "little")
_DEEPEST = 20
"""The longest chain of styles based on one another; Word makes no longer ones."""


@dataclass(frozen=True, slots=True)
class Style:
    """The settings of a style; None if the style it is based on decides."""

    base: int = _NO_BASE
    list: int | None = None
    level: int | None = None
    heading: bool | None = None
    hidden: bool | None = None


_PLAIN = Style()


class Styles:
    """The styles of a document by their numbers; each is read on demand."""

    def __init__(self, sheet: bytes, with_changes: bool = True) -> None:
        """Read ``sheet``; without changes its styles only mark headings."""
        self._sheet = sheet
        self._with_changes = with_changes
        self._places = _places(sheet)
        self._fixed = int.from_bytes(sheet[4:6], "little")
        """Bytes of a style before its name."""
        self._known: dict[int, Style] = {_NO_BASE: _PLAIN}
        self.hidden = frozenset(self._hidden()) if with_changes and _VANISH in sheet else frozenset()
        """The styles whose text is hidden."""

    def get(self, number: int) -> Style:
        """Return the settings of a style including those that it is based on; empty if there is no such style."""
        waiting: list[tuple[int, Style]] = []
        while number not in self._known and len(waiting) < _DEEPEST:
            waiting.append((number, self._read(number)))
            number = waiting[-1][1].base
        found = self._known.get(number, _PLAIN)
        for number, style in reversed(waiting):
            found = self._known[number] = _over(style, found)
        return found

    def of(self, said: Paragraph) -> Style:
        """Return the settings of a paragraph with its own settings ``said``."""
        style = self.get(said.style)
        if said.list is None and said.level is None and said.outline is None:
            return style
        own = Style(list=said.list, level=said.level, heading=_is_heading(said.outline))
        return _over(own, style)

    def _hidden(self) -> Iterator[int]:
        """Yield the styles that hide text, or are based on one that does."""
        own = {
            number: hides
            for number, (start, size) in enumerate(self._places)
            if _VANISH in self._sheet[start : start + size]
            and (hides := self._read(number).hidden) is not None
        }
        for number in range(len(self._places)) if any(own.values()) else ():
            at = number
            for _ in range(_DEEPEST):
                if at in own or at >= len(self._places):
                    break
                start = self._places[at][0]
                at = int.from_bytes(self._sheet[start + 2 : start + 4], "little") >> 4
            if own.get(at):
                yield number

    def _read(self, number: int) -> Style:
        start, size = self._places[number] if number < len(self._places) else (0, 0)
        content = self._sheet[start : start + size]
        if size < self._fixed + 2 or self._fixed < 6:
            return _PLAIN
        built_in, kind, parts = struct.unpack_from("<HHH", content)
        base = kind >> 4
        at = self._fixed
        at += 2 * int.from_bytes(content[at : at + 2], "little") + 4
        changes: list[bytes] = []
        for _ in range(min(parts & 0xF, 3) if self._with_changes else 0):
            at += at % 2
            length = int.from_bytes(content[at : at + 2], "little")
            changes.append(content[at + 2 : at + 2 + length])
            at += 2 + length
        changes += [b""] * (2 - len(changes))
        if kind & 0xF == _OF_CHARACTERS:
            return Style(base, hidden=_hides(changes[0]))
        if kind & 0xF != _OF_PARAGRAPHS:
            return Style(base)
        said = paragraph(changes[0][2:], 0)
        built_in &= 0xFFF
        heading = True if built_in in _HEADINGS or built_in == _TITLE else _is_heading(said.outline)
        return Style(base, said.list, said.level, heading, _hides(changes[1]))


def _hides(changes: bytes) -> bool | None:
    return characters(changes).hidden if _VANISH in changes else None


def _is_heading(outline: int | None) -> bool | None:
    return None if outline is None else outline in _LEVELS_OF_HEADINGS


def _places(sheet: bytes) -> list[tuple[int, int]]:
    """Return start and size of each style."""
    found = []
    at = 2 + int.from_bytes(sheet[:2], "little")
    for _ in range(int.from_bytes(sheet[2:4], "little")):
        if at + 2 > len(sheet):
            break
        size = int.from_bytes(sheet[at : at + 2], "little")
        found.append((at + 2, size))
        at += 2 + size + size % 2
    return found


def _over(nearer: Style, further: Style) -> Style:
    """Return the combined settings if ``nearer`` is based on ``further``."""
    names = ("list", "level", "heading", "hidden")
    told = {name: getattr(further, name) for name in names if getattr(nearer, name) is None}
    return replace(nearer, **told)
