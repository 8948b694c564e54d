"""Records of cells -> what the cells show ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from indexer.extract.formats.sheets.biff.book import Book
from indexer.extract.formats.sheets.biff.records import Kind, Segments
from indexer.extract.formats.sheets.rk import ERRORS, flag, unpacked
from indexer.extract.formats.sheets.sheet import Cell

_CELL = struct.Struct("<HHH")
_NUMBER = struct.Struct("<HHHd")
_NUMBERS = struct.Struct("<HHHI")
_PAIR = struct.Struct("<HI")
_RESULT = struct.Struct("<HHHBxBxxxH")
_NOT_A_NUMBER = 0xFFFF
_TEXT, _FLAG, _ERROR = 0, 1, 2
"""Kinds of results of a formula that are no numbers."""


class Cells:
    """Reads one record after the other; the text of a formula stands in the record behind it."""

    def __init__(self, book: Book) -> None:
        self._book, self._shown = book, book.shown
        self._formula: tuple[int, int, int] | None = None
        self._read = {
            Kind.SHARED_STRING: self._shared_string,
            Kind.LABEL: self._label,
            Kind.RICH_LABEL: self._label,
            Kind.NUMBER: self._number,
            Kind.RK: self._rk,
            Kind.SEVERAL_RK: self._several,
            Kind.FORMULA: self._result,
            Kind.STRING: self._text_of_result,
            Kind.FLAG_OR_ERROR: self._flag_or_error,
        }

    def read(self, kind: int, segments: Segments) -> tuple[int, Iterable[Cell]] | None:
        """Return a row and cells of it, numbered from 1, if the record holds any; raises struct.error if it is cut short."""
        read = self._read.get(kind)
        return None if read is None else read(segments)

    def _cell(self, row: int, column: int, text: str) -> tuple[int, Iterable[Cell]]:
        return row + 1, ((column + 1, text),)

    def _shared_string(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        row, column, style, at = _NUMBERS.unpack_from(segments[0])
        strings = self._book.strings
        return self._cell(row, column, self._shown.text(strings[at], style) if at < len(strings) else "")

    def _label(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        row, column, style = _CELL.unpack_from(segments[0])
        return self._cell(row, column, self._shown.text(self._book.text(segments, 6), style))

    def _number(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        row, column, style, value = _NUMBER.unpack_from(segments[0])
        return self._cell(row, column, self._shown.number(value, style))

    def _rk(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        row, column, style, rk = _NUMBERS.unpack_from(segments[0])
        return self._cell(row, column, self._shown.number(unpacked(rk), style))

    def _several(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        data = segments[0]
        row, first = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:4], "little")
        pairs = _PAIR.iter_unpack(data[4 : 4 + (len(data) - 6) // 6 * 6])
        return row + 1, [
            (column, self._shown.number(unpacked(rk), style))
            for column, (style, rk) in enumerate(pairs, first + 1)
        ]

    def _result(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        data = segments[0]
        row, column, style, kind, value, number = _RESULT.unpack_from(data)
        self._formula = None
        if number != _NOT_A_NUMBER:
            return self._cell(row, column, self._shown.number(struct.unpack_from("<d", data, 6)[0], style))
        if kind == _TEXT:
            self._formula = row, column, style
        text = flag(value) if kind == _FLAG else ERRORS.get(value, "") if kind == _ERROR else ""
        return self._cell(row, column, text)

    def _text_of_result(self, segments: Segments) -> tuple[int, Iterable[Cell]] | None:
        if self._formula is None:
            return None
        row, column, style = self._formula
        self._formula = None
        return self._cell(row, column, self._shown.text(self._book.text(segments, 0), style))

    def _flag_or_error(self, segments: Segments) -> tuple[int, Iterable[Cell]]:
        data = segments[0]
        row, column, _ = _CELL.unpack_from(data)
        return self._cell(row, column, ERRORS.get(data[6], "") if data[7] else flag(data[6]))
