"""The texts of a slide: those of its shapes in order, some of which are stored in the list of the document. PURE."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from indexer.extract.formats.office_art import GROUP, OPTIONS, SHAPE, Options, Record, options, records

_ANCHOR = 0xF00F
_DRAWING, _BOX, _DATA, _PLACEHOLDER = 0x040C, 0xF00D, 0xF011, 0x0BC3
_OF_FOOTER = b"\x09"
_HEADER, _WIDE, _NARROW, _OUTLINE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
_CHANGING = frozenset([0x0FD8, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x1015])
"""Numbers of slides, dates, headers and footers: each is stored as one character."""
_TAGS, _TAG, _TAG_DATA, _COMMENT, _STRING = 0x1388, 0x138A, 0x138B, 0x2EE0, 0x0FBA
_SAID = 1
"""The string of a comment that contains its text."""
_MARGINS, _MARGIN_FLAGS = 0x0FD9, 0x0FDA
_USER_DATE, _FOOTER = 0, 2
_SHOWS = {_USER_DATE: 0x05, _FOOTER: 0x20}
"""Flags of what is shown below a slide, by the strings that contain it."""
_DEEPEST = 30
_PICTURES = re.compile("[\uf000-\uf0ff]")
"""Characters of symbol fonts."""


class Texts:
    """Reads records in ``content``."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def listed(self, following: Sequence[Record]) -> list[str]:
        """Return the texts of a slide in the list of the document, in the order in which shapes refer to them."""
        starts = [at for at, one in enumerate(following) if one.kind == _HEADER]
        return [
            self._text(following[at:end])
            for at, end in zip(starts, [*starts[1:], len(following)], strict=False)
        ]

    def drawn(self, slide: Record, listed: Sequence[str] = (), placeholders: bool = True) -> Iterator[str]:
        """Yield the texts of the shapes on a slide, optionally with those that are only placeholders.

        Each of ``listed`` is used once.
        """
        left = dict(enumerate(listed))
        for one in self._inside(slide):
            if one.kind == _DRAWING:
                yield from self._shapes(one, left, placeholders, 0)

    def comments(self, slide: Record) -> Iterator[str]:
        """Yield the comments on a slide, without their authors."""
        for tags in self._inside(slide):
            if tags.kind != _TAGS:
                continue
            for tag in self._inside(tags):
                data = [one for one in self._inside(tag) if tag.kind == _TAG and one.kind == _TAG_DATA]
                for comment in (within for one in data for within in self._inside(one)):
                    if comment.kind == _COMMENT:
                        yield from self._strings(comment, _SAID)

    def margins(self, owner: Record) -> Iterator[str]:
        """Yield what is shown below a slide: a date that someone wrote, and a footer."""
        for one in self._inside(owner):
            if one.kind == _MARGINS:
                flags = 0
                for atom in self._inside(one):
                    if atom.kind == _MARGIN_FLAGS and atom.end - atom.start >= 4:
                        flags = struct.unpack_from("<H", self._content, atom.start + 2)[0]
                for name, shown in _SHOWS.items():
                    if flags & shown == shown:
                        yield from self._strings(one, name)

    def _inside(self, record: Record) -> Iterator[Record]:
        return records(self._content, record.start, record.end)

    def _strings(self, owner: Record, instance: int) -> Iterator[str]:
        for one in self._inside(owner):
            if one.kind == _STRING and one.instance == instance:
                yield self._wide(one)

    def _shapes(self, owner: Record, listed: dict[int, str], placeholders: bool, depth: int) -> Iterator[str]:
        for one in self._inside(owner):
            said = self._said_of(one) if one.kind == GROUP else []
            if one.kind == SHAPE:
                yield from self._shape(one, listed, placeholders)
            elif any(its.hidden for its in said):
                continue
            elif any(its.table for its in said):
                yield self._table(one, listed)
            elif one.is_container and depth < _DEEPEST:
                yield from self._shapes(one, listed, placeholders, depth + 1)

    def _shape(self, shape: Record, listed: dict[int, str], placeholders: bool) -> Iterator[str]:
        parts = list(self._inside(shape))
        said = [options(self._content, one) for one in parts if one.kind in OPTIONS]
        if any(one.hidden for one in said) or not (placeholders or not self._is_placeholder(parts)):
            return
        for one in parts:
            if one.kind == _BOX:
                yield self._box(one, listed)
        yield from (word for one in said for word in one.words)

    def _said_of(self, group: Record) -> list[Options]:
        """Return the text of the first shape of a group, which is the group itself."""
        first = next(self._inside(group), None)
        parts = self._inside(first) if first is not None and first.kind == SHAPE else ()
        return [options(self._content, one) for one in parts if one.kind in OPTIONS]

    def _table(self, group: Record, listed: dict[int, str]) -> str:
        """Return the cells of a table in their order on the slide, whatever the order in which they were made."""
        rows: dict[int, list[tuple[int, str]]] = {}
        for shape in [one for one in self._inside(group) if one.kind == SHAPE][1:]:
            for one in self._inside(shape):
                if one.kind == _ANCHOR and one.end - one.start >= 8:
                    left, top = struct.unpack_from("<ii", self._content, one.start)
                    cell = "\n".join(self._shape(shape, listed, True)).strip()
                    rows.setdefault(top, []).append((left, cell))
        return "\n".join("\t".join(cell for _, cell in sorted(row)) for _, row in sorted(rows.items()))

    def _is_placeholder(self, parts: Sequence[Record]) -> bool:
        """Whether a shape of a master is a placeholder for anything except a footer, which may have text of its own."""
        inside = (within for one in parts if one.kind == _DATA for within in self._inside(one))
        return any(
            one.kind == _PLACEHOLDER and self._content[one.start + 4 : one.start + 5] != _OF_FOOTER
            for one in inside
        )

    def _box(self, box: Record, listed: dict[int, str]) -> str:
        parts = list(self._inside(box))
        for one in parts:
            if one.kind == _OUTLINE and one.end - one.start >= 4:
                number = struct.unpack_from("<I", self._content, one.start)[0]
                return listed.pop(number, "")
        return self._text(parts)

    def _text(self, parts: Sequence[Record]) -> str:
        text = ""
        changing: set[int] = set()
        for one in parts:
            if one.kind == _WIDE:
                text = self._wide(one)
            elif one.kind == _NARROW:
                text = self._content[one.start : one.end].decode("latin-1")
            elif one.kind in _CHANGING and one.end - one.start >= 4:
                changing.add(struct.unpack_from("<I", self._content, one.start)[0])
        if changing:
            text = "".join(letter for at, letter in enumerate(text) if at not in changing)
        return _PICTURES.sub(" ", text.replace("\v", "\n"))

    def _wide(self, record: Record) -> str:
        return self._content[record.start : record.end].decode("utf-16-le", "replace")
