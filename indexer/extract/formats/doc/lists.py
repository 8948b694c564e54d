"""The lists of a document and their uses (PlfLst, PlfLfo, [MS-DOC] 2.9.191, 2.9.190), which number paragraphs. PURE."""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import cached_property

from indexer.extract.formats.doc.fib import LISTS, USES_OF_LISTS, Fib
from indexer.extract.formats.list_counting import Level, next_number

_LIST, _USE, _LEVEL = 28, 16, 28
"""Bytes of a list, of a use of one, and of the header of a level."""
_LEVELS = 9
_SIMPLE = 0x1
_ALL_DECIMAL, _RESTARTS_LATE = 0x4, 0x8
_BEGINS_ANEW, _OWN_FORM = 0x10, 0x20
_MOST = 5000
"""The most lists of a document; Word itself allows 2,047."""
_LARGEST = 0x7FFF
_LONGEST = 100
"""The most characters of a number as written."""
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet",
    255: "none",
}  # fmt: skip
"""Number formats by their names in Open XML; others are shown as decimal."""


class _List:
    """Paragraphs that are numbered together."""

    def __init__(self, content: bytes, places: list[int], styles: tuple[int, ...]) -> None:
        self._content = content
        self._places = places
        self.counts: dict[int, int] = {}
        self.styles = styles
        """The paragraph style of each level."""

    @cached_property
    def levels(self) -> dict[int, Level]:
        """The levels from 0, read on demand: documents have dozens of unused lists."""
        return {level: _level(self._content, place) for level, place in enumerate(self._places)}


class _Use:
    """A use of a list, which may change its levels and restart numbering."""

    def __init__(self, of: _List) -> None:
        self.of = of
        self.own: dict[int, Level] = {}
        self.starts: dict[int, int] = {}

    @cached_property
    def levels(self) -> dict[int, Level]:
        """The levels as changed by this use."""
        its = self.of.levels | self.own
        return its | {
            level: replace(its[level], start=start) for level, start in self.starts.items() if level in its
        }


class Lists:
    """Numbers the paragraphs of a document, in their order."""

    def __init__(self, fib: Fib) -> None:
        self._fib = fib

    @cached_property
    def _uses(self) -> list[_Use | None]:
        lists = _lists(self._fib)
        return _uses(self._fib.structure(USES_OF_LISTS), lists) if lists else []

    def next(self, number: int, level: int | None, style: int) -> str:
        """Count a paragraph of the ``number``th use of a list, from 1, and return the text before it.

        ``level`` counts from 0; if it is None, the level of ``style`` is used.
        """
        if not 0 < number <= len(self._uses):
            return ""
        use = self._uses[number - 1]
        if use is None:
            return ""
        if level is None:
            level = use.of.styles.index(style) if style in use.of.styles else 0
        levels = use.levels
        return next_number(levels, use.of.counts, level, use.starts.pop(level, None))


def _lists(fib: Fib) -> dict[int, _List]:
    start, size = fib.place(LISTS)
    if size < 2:
        return {}
    content = fib.table[start:]
    count = min(int.from_bytes(content[:2], "little"), _MOST, size // _LIST)
    at = size  # the levels of all lists stand behind them
    found = {}
    for number in range(count):
        name, *styles, flags = struct.unpack_from("<I4x9HB", content, 2 + number * _LIST)
        places: list[int] = []
        found[name] = _List(content, places, tuple(styles))
        for _ in range(1 if flags & _SIMPLE else _LEVELS):
            if at + _LEVEL > len(content):
                return found
            places.append(at)
            at = _behind_level(content, at)
    return found


def _uses(content: bytes, lists: dict[int, _List]) -> list[_Use | None]:
    if len(content) < 4:
        return []
    count = min(int.from_bytes(content[:4], "little"), _MOST, len(content) // _USE)
    found: list[_Use | None] = []
    at = 4 + count * _USE
    for number in range(count):
        name, changes = struct.unpack_from("<I8xB", content, 4 + number * _USE)
        of = lists.get(name)
        use = None if of is None else _Use(of)
        found.append(use)
        at += 4
        for _ in range(min(changes, _LEVELS)):
            if at + 8 > len(content):
                break
            start, flags = struct.unpack_from("<II", content, at)
            at += 8
            level = flags & 0xF
            own = None
            if flags & _OWN_FORM and at + _LEVEL <= len(content):
                own = _level(content, at)
                at = _behind_level(content, at)
            if use is not None and own is not None:
                use.own[level] = own
            if use is not None and flags & _BEGINS_ANEW:
                use.starts[level] = min(start, _LARGEST) if own is None else own.start
    return found


def _behind_level(content: bytes, at: int) -> int:
    at += _LEVEL + content[at + 24] + content[at + 25]
    return at + 2 + 2 * int.from_bytes(content[at : at + 2], "little")


def _level(content: bytes, at: int) -> Level:
    start, form, flags = struct.unpack_from("<IBB", content, at)
    changes_of_text, changes, limit = content[at + 24 : at + 27]
    at += _LEVEL + changes_of_text + changes
    length = int.from_bytes(content[at : at + 2], "little")
    text = content[at + 2 : at + 2 + 2 * min(length, _LONGEST)].decode("utf-16-le", "replace")
    return Level(
        min(start, _LARGEST),
        _FORMS.get(form, "decimal"),
        "".join(f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in text),
        limit if flags & _RESTARTS_LATE else None,
        bool(flags & _ALL_DECIMAL),
    )
