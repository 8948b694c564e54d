"""One substream of a workbook: a sheet of cells, or a chart ([MS-XLS] 2.1.7.20.5)."""

from __future__ import annotations

import struct

from indexer.extract.formats.sheets.beside import head_or_foot
from indexer.extract.formats.sheets.biff.book import CHART, Book, Listed
from indexer.extract.formats.sheets.biff.cells import OF_CELLS, Cells
from indexer.extract.formats.sheets.biff.drawing import shape
from indexer.extract.formats.sheets.biff.records import Kind, Segments, substream
from indexer.extract.formats.sheets.biff.strings import Reader
from indexer.extract.formats.sheets.sheet import Area, Sheet

_ROW = struct.Struct("<H4xH4xH")
_ROW_DEFAULT = struct.Struct("<HH")
_COLUMNS = struct.Struct("<HHH2xH")
_AREA = struct.Struct("<HHHH")
_NOTE = struct.Struct("<HHHH")
_OBJECT = struct.Struct("<4xHH")
_COMMENT = 0x19
"""The type of an object that contains the text of a comment."""
_ROW_IS_HIDDEN, _COLUMNS_ARE_HIDDEN, _OTHERS_ARE_HIDDEN = 0x20, 0x01, 0x02
_CONTINUED = 0xFFFF
"""The row of a record that continues a comment of BIFF5."""


class SheetReader:
    """Reads a sheet; everything before an error is kept."""

    def __init__(self, book: Book, listed: Listed) -> None:
        self._book = book
        self._rows = (cells := Cells(book)).rows
        self._told: set[int] = set()
        """Rows that have a record of their own."""
        self._hides_others = False
        self._columns_told: list[tuple[bool, int, int]] = []
        self._letters = 1
        self._width: int | None = None
        """The width of columns without a record of their own; the one in fractions of a letter has priority if stated."""
        self._sheet = Sheet()
        self._drawing = b""
        self._object = (0, 0)
        self._is_hidden = False
        self._area: Area | None = None
        self._beside: list[tuple[Area | None, str]] = []
        self._comments: dict[int, str] = {}
        self._notes: list[tuple[int, int, int, str]] = []
        self.is_whole = True
        try:
            for kind, segments, depth in substream(book.stream, listed.at, _KINDS):
                if kind == Kind.CHART_TEXT:
                    self._add_beside(book.text(segments, 2, 1))
                elif depth > 1:  # a chart on the sheet: its cells are copies
                    continue
                elif kind in _OF_SHEETS:
                    _OF_SHEETS[kind](self, segments)
                elif listed.kind != CHART:
                    OF_CELLS[kind](cells, segments)
        except (ValueError, IndexError, struct.error):
            self.is_whole = False

    def text(self) -> str:
        """Return what the sheet shows."""
        self._hide()
        for row, cells in sorted(self._rows.items()):
            self._sheet.row(row + 1, cells)
        self._sheet.beside += [
            text for area, text in self._beside if area is None or not self._sheet.hides(area)
        ]
        for row, column, number, text in self._notes:
            self._sheet.note(row, column, text or self._comments.get(number, ""))
        return self._sheet.text()

    def _hide(self) -> None:
        if self._hides_others:
            self._sheet.hide_other_rows()
            for row in self._told:
                self._sheet.show_row(row)
        if not (self._letters if self._width is None else self._width):
            self._sheet.hide_other_columns()
        for is_hidden, first, last in self._columns_told:
            (self._sheet.hide_columns if is_hidden else self._sheet.show_columns)(first, last)

    def _add_beside(self, text: str) -> None:
        if not self._is_hidden:
            self._beside.append((self._area, text))

    def _row(self, segments: Segments) -> None:
        row, height, flags = _ROW.unpack_from(segments[0])
        self._told.add(row + 1)
        if flags & _ROW_IS_HIDDEN or not height:
            self._sheet.hide_row(row + 1)

    def _row_default(self, segments: Segments) -> None:
        flags, height = _ROW_DEFAULT.unpack_from(segments[0])
        self._hides_others = bool(flags & _OTHERS_ARE_HIDDEN) or not height

    def _columns(self, segments: Segments) -> None:
        first, last, width, flags = _COLUMNS.unpack_from(segments[0])
        self._columns_told.append((bool(flags & _COLUMNS_ARE_HIDDEN) or not width, first + 1, last + 1))

    def _letters_default(self, segments: Segments) -> None:
        self._letters = int.from_bytes(segments[0][:2], "little")

    def _width_default(self, segments: Segments) -> None:
        self._width = int.from_bytes(segments[0][:2], "little")

    def _merged(self, segments: Segments) -> None:
        data = segments[0]
        for area in _AREA.iter_unpack(data[2 : 2 + (len(data) - 2) // 8 * 8]):
            self._sheet.merge(Area(*(number + 1 for number in area)))

    def _edge(self, segments: Segments) -> None:
        if segments[0]:
            text = self._book.text(segments, 0, 2 if self._book.is_biff8 else 1)
            self._sheet.edges.append(head_or_foot(text))

    def _drawn(self, segments: Segments) -> None:
        self._drawing = b"".join(segments)

    def _described(self, segments: Segments) -> None:
        if self._book.is_biff8:
            self._object = _OBJECT.unpack_from(segments[0])
            self._is_hidden, words, area = shape(self._drawing)
            self._area = area or self._area  # else that of its group
            self._add_beside(words)

    def _text(self, segments: Segments) -> None:
        text = Reader(segments[1:], at=1).letters(
            int.from_bytes(segments[0][10:12], "little"), segments[1:] != [] and segments[1][:1] == b"\x01"
        )
        kind, number = self._object
        if kind == _COMMENT:
            self._comments[number] = text
        else:
            self._add_beside(text)

    def _note(self, segments: Segments) -> None:
        row, column, _, number = _NOTE.unpack_from(segments[0].ljust(8, b"\0"))
        if self._book.is_biff8:
            self._notes.append((row + 1, column + 1, number, ""))
            return
        text = self._book.text(segments, 4)
        if row == _CONTINUED and self._notes:
            row, column, _, before = self._notes.pop()
            self._notes.append((row, column, 0, before + text))
        else:
            self._notes.append((row + 1, column + 1, 0, text))


_OF_SHEETS = {
    Kind.ROW: SheetReader._row,
    Kind.ROW_DEFAULT: SheetReader._row_default,
    Kind.COLUMNS: SheetReader._columns,
    Kind.LETTERS_DEFAULT: SheetReader._letters_default,
    Kind.WIDTH_DEFAULT: SheetReader._width_default,
    Kind.MERGED: SheetReader._merged,
    Kind.HEAD: SheetReader._edge,
    Kind.FOOT: SheetReader._edge,
    Kind.DRAWING: SheetReader._drawn,
    Kind.OBJECT: SheetReader._described,
    Kind.TEXT: SheetReader._text,
    Kind.NOTE: SheetReader._note,
}
_KINDS = frozenset({*_OF_SHEETS, *OF_CELLS, Kind.CHART_TEXT})
