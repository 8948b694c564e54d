"""Records of cells -> what the cells show ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections import defaultdict

from indexer.extract.formats.sheets.biff.book import Book
from indexer.extract.formats.sheets.biff.records import Kind, Segments
from indexer.extract.formats.sheets.rk import ERRORS, flag, unpacked
from indexer.extract.formats.sheets.sheet import Cell

_CELL = struct.Struct("<HHH")
_DOUBLE = struct.Struct("<HHHd")
_LONG = struct.Struct("<HHHI")
_PAIR = struct.Struct("<HI")
_RESULT = struct.Struct("<HHHBxBxxxH")
_NOT_A_NUMBER = 0xFFFF
_TEXT, _FLAG, _ERROR = 0, 1, 2
"""Kinds of formula results that are not numbers."""


class Cells:
    """Reads the records of :data:`OF_CELLS` one after the other; the methods raise struct.error and IndexError if one is cut
    short.
    """

    def __init__(self, book: Book) -> None:
        self._book, self._shown, self._strings = book, book.shown, book.strings
        self._formula: tuple[int, int, int] | None = None
        self.rows: defaultdict[int, list[Cell]] = defaultdict(list)
        """The cells by rows, counted from 0."""

    def _add(self, row: int, column: int, text: str) -> None:
        if text:
            self.rows[row].append((column + 1, text))

    def shared_string(self, segments: Segments) -> None:
        """Read a cell whose text is in the table of strings."""
        row, column, style, at = _LONG.unpack_from(segments[0])
        if at < len(self._strings):
            self._add(row, column, self._shown.text(self._strings[at], style))

    def label(self, segments: Segments) -> None:
        """Read a cell with a text of its own."""
        row, column, style = _CELL.unpack_from(segments[0])
        self._add(row, column, self._shown.text(self._book.text(segments, 6), style))

    def number(self, segments: Segments) -> None:
        """Read a cell with a number."""
        row, column, style, value = _DOUBLE.unpack_from(segments[0])
        self._add(row, column, self._shown.number(value, style))

    def packed(self, segments: Segments) -> None:
        """Read a cell with a packed number."""
        row, column, style, rk = _LONG.unpack_from(segments[0])
        self._add(row, column, self._shown.number(unpacked(rk), style))

    def several(self, segments: Segments) -> None:
        """Read adjacent cells with packed numbers."""
        data = segments[0]
        row, first = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
        pairs = _PAIR.iter_unpack(data[4 : 4 + (len(data) - 6) // 6 * 6])
        for column, (style, rk) in enumerate(pairs, first):
            self._add(row, column, self._shown.number(unpacked(rk), style))

    def formula(self, segments: Segments) -> None:
        """Read a cell with a formula: its result, unless that is a text."""
        data = segments[0]
        row, column, style, kind, value, number = _RESULT.unpack_from(data)
        self._formula = None
        if number != _NOT_A_NUMBER:
            self._add(row, column, self._shown.number(_DOUBLE.unpack_from(data)[3], style))
        elif kind == _TEXT:
            self._formula = row, column, style
        elif kind == _FLAG:
            self._add(row, column, flag(value))
        elif kind == _ERROR:
            self._add(row, column, ERRORS.get(value, ""))

    def text_of_formula(self, segments: Segments) -> None:
        """Read the text that is the result of the preceding formula."""
        if self._formula is not None:
            row, column, style = self._formula
            self._formula = None
            self._add(row, column, self._shown.text(self._book.text(segments, 0), style))

    def flag_or_error(self, segments: Segments) -> None:
        """Read a cell that is true, false or an error."""
        data = segments[0]
        row, column, _ = _CELL.unpack_from(data)
        self._add(row, column, ERRORS.get(data[6], "") if data[7] else flag(data[6]))


OF_CELLS = {
    Kind.SHARED_STRING: Cells.shared_string,
    Kind.LABEL: Cells.label,
    Kind.RICH_LABEL: Cells.label,
    Kind.NUMBER: Cells.number,
    Kind.RK: Cells.packed,
    Kind.SEVERAL_RK: Cells.several,
    Kind.FORMULA: Cells.formula,
    Kind.STRING: Cells.text_of_formula,
    Kind.FLAG_OR_ERROR: Cells.flag_or_error,
}
