"""The characters of a document that a reader sees, without hidden or deleted ones and the codes of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from indexer.extract.formats.doc.fib import Fib
from indexer.extract.formats.doc.fields import codes_of_fields
from indexer.extract.formats.doc.piece_table import Piece, PieceTable
from indexer.extract.formats.doc.runs import Runs
from indexer.extract.formats.doc.sprms import (
    DELETED,
    STYLE_OF_CHARACTERS,
    SYMBOL,
    VANISH,
    Characters,
    characters,
    of_piece,
)
from indexer.extract.formats.doc.styles import Styles
from indexer.extract.formats.symbols import symbol

GONE = "\0"
"""What replaces each character that is not seen."""
_DELETED = re.compile("[^\x07\x0c]")
"""The deleted characters that are removed: the ends of cells and sections stay."""
_HIDDEN = re.compile("[^\x07\x0c\r]")
"""The hidden characters that are removed: the ends of paragraphs stay as well, so that words are not joined."""
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_SHOWN_OTHERWISE = "("
"""The character in the file where a symbol is shown."""
_OLD_FONTS = (".vn", "vni")
"""Beginnings of the names of fonts with Vietnamese encodings older than Unicode; some claim to be symbol fonts."""


_Gone = tuple[int, int, bool]
"""The first character removed, the one after the last, and whether ends of paragraphs are removed as well."""


class ShownText:
    """The characters of a document, keeping their positions, with ``GONE`` for those that are not seen."""

    def __init__(self, fib: Fib, pieces: PieceTable, styles: Styles) -> None:
        self._fib = fib
        self._pieces = pieces
        self._styles = styles
        self._known: dict[bytes, Characters] = {}
        codes = [VANISH, DELETED, SYMBOL, *([STYLE_OF_CHARACTERS] if styles.hidden else [])]
        self._telling = re.compile(b"|".join(re.escape(code.to_bytes(2, "little")) for code in codes))
        self._symbols: dict[int, str] = {}
        gone = sorted([*self._unseen(), *self._codes_of_fields()])
        self.text = self._without(gone)

    def _without(self, gone: list[_Gone]) -> str:
        text = self._pieces.text
        parts: list[str] = []
        at = 0
        for first, last, marks in gone:
            if last > at:
                first = max(at, first)
                parts += (text[at:first], (_DELETED if marks else _HIDDEN).sub(GONE, text[first:last]))
                at = last
        text = "".join([*parts, text[at:]])
        if self._symbols:
            letters = list(text)
            for number, shown in self._symbols.items():
                if letters[number] == _SHOWN_OTHERWISE:
                    letters[number] = shown
            text = "".join(letters)
        return _PRIVATE.sub(lambda found: self._of_font(found[0], found.start()), text)

    def _unseen(self) -> Iterator[_Gone]:
        """Yield the characters that are hidden or deleted, and record symbols."""
        runs = self._fib.runs_of_characters(self._telling)
        for piece in self._pieces.pieces:
            own = self._of_piece(piece)
            if own.hidden or own.deleted:
                yield piece.first, piece.first + piece.length, bool(own.deleted)
                continue
            for start, end, changes in runs.between(piece.place, piece.place + piece.length * piece.width):
                if not self._telling.search(changes):
                    continue
                its = self._said(changes)
                first, last = (piece.first + (at - piece.place) // piece.width for at in (start, end))
                hidden = its.hidden if own.hidden is None else own.hidden
                hidden = its.style in self._styles.hidden if hidden is None else hidden
                deleted = its.deleted if own.deleted is None else own.deleted
                if hidden or deleted:
                    yield first, last, bool(deleted)
                elif its.symbol:
                    font, code = its.symbol
                    shown = symbol(code, self._font(font))
                    self._symbols.update(dict.fromkeys(range(first, last), shown))

    def _codes_of_fields(self) -> Iterator[_Gone]:
        for story in self._fib.stories.values():
            for first, last in codes_of_fields(self._pieces.text, *story):
                yield first, last, True

    def _of_font(self, character: str, number: int) -> str:
        changes = self._all_runs.at(self._pieces.place_of(number))
        font = self._said(changes).font if changes else None
        name = self._font(font)
        if name.lower().startswith(_OLD_FONTS):
            return chr(ord(character) & 0xFF)
        return symbol(ord(character), name)

    def _said(self, changes: bytes) -> Characters:
        found = self._known.get(changes)
        if found is None:
            found = self._known[changes] = characters(changes)
        return found

    def _of_piece(self, piece: Piece) -> Characters:
        return self._said(of_piece(piece.modifier, self._pieces.changes) if piece.modifier else b"")

    @cached_property
    def _all_runs(self) -> Runs:
        return self._fib.runs_of_characters(None)

    def _font(self, number: int | None) -> str:
        return self._fonts[number] if number is not None and number < len(self._fonts) else ""

    @cached_property
    def _fonts(self) -> list[str]:
        return self._fib.fonts()
