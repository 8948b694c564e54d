"""The records of one sheet of XLSB -> what it shows ([MS-XLSB] 2.1.7.62). PURE."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from indexer.extract.formats.sheets.beside import head_or_foot
from indexer.extract.formats.sheets.cells import Shown
from indexer.extract.formats.sheets.rk import ERRORS, flag, unpacked
from indexer.extract.formats.sheets.sheet import Area, Cell, Sheet
from indexer.extract.formats.sheets.xlsb.records import Kind, wide

_CELL = struct.Struct("<II")
_NUMBER = struct.Struct("<d")
_COLUMNS = struct.Struct("<III4xH")
_DEFAULTS = struct.Struct("<IHHB")
_NO_WIDTH = 0xFFFFFFFF
"""The default width that means it is stated in whole letters instead."""
_AREA = struct.Struct("<IIII")
_STYLE = 0xFFFFFF
_ROW_IS_HIDDEN, _OTHERS_ARE_HIDDEN = 0x10, 0x02
_EDGES = 6
"""Headers and footers of normal, even and first pages."""
_SHORT = {kind: kind - 11 for kind in range(Kind.FIRST_SHORT, Kind.LAST_SHORT + 1)}
"""Records of cells that follow the previous cell directly, and do not state their column."""


class SheetReader:
    """Reads one record after the other."""

    def __init__(self, strings: Sequence[str], shown: Shown) -> None:
        self._strings, self._shown = strings, shown
        self._sheet = Sheet()
        self._row, self._cells, self._column = 0, list[Cell](), 0

    def take(self, kind: int, data: bytes) -> None:
        """Read a record; raises struct.error and IndexError if it is cut short."""
        if kind in _SHORT:
            column, (style,) = self._column, struct.unpack_from("<I", data)
            self._add(_SHORT[kind], column, style & _STYLE, data[4:])
        elif Kind.RK <= kind <= Kind.ERROR_RESULT or kind == Kind.RICH_TEXT:
            column, style = _CELL.unpack_from(data)
            self._add(kind, column, style & _STYLE, data[8:])
        elif kind == 1:  # a blank one
            self._column = int.from_bytes(data[:4], "little") + 1
        elif kind == Kind.ROW:
            self._end_row()
            self._row, self._column = int.from_bytes(data[:4], "little") + 1, 0
            if data[11] & _ROW_IS_HIDDEN or not any(data[8:10]):
                self._sheet.hide_row(self._row)
            else:
                self._sheet.show_row(self._row)
        elif kind == Kind.DEFAULTS:
            self._take_defaults(*_DEFAULTS.unpack_from(data))
        elif kind == Kind.COLUMNS:
            first, last, width, flags = _COLUMNS.unpack_from(data)
            tell = self._sheet.hide_columns if flags & 1 or not width else self._sheet.show_columns
            tell(first + 1, last + 1)
        elif kind == Kind.MERGED:
            self._sheet.merge(Area(*(number + 1 for number in _AREA.unpack_from(data))))
        elif kind == Kind.EDGES:
            at = 2
            for _ in range(_EDGES):
                text, at = wide(data, at)
                self._sheet.edges.append(head_or_foot(text))

    def finished(self) -> Sheet:
        """Return the sheet made of the records."""
        self._end_row()
        return self._sheet

    def _take_defaults(self, width: int, letters: int, height: int, flags: int) -> None:
        if flags & _OTHERS_ARE_HIDDEN or not height:
            self._sheet.hide_other_rows()
        if not (letters if width == _NO_WIDTH else width):
            self._sheet.hide_other_columns()

    def _end_row(self) -> None:
        self._sheet.row(self._row, self._cells)
        self._cells = []

    def _add(self, kind: int, column: int, style: int, value: bytes) -> None:
        self._column = column + 1
        if text := self._text(kind, style, value):
            self._cells.append((column + 1, text))

    def _text(self, kind: int, style: int, value: bytes) -> str:
        if kind == Kind.SHARED_STRING:
            at = int.from_bytes(value[:4], "little")
            return self._shown.text(self._strings[at], style) if at < len(self._strings) else ""
        if kind == Kind.RK:
            return self._shown.number(unpacked(int.from_bytes(value[:4], "little")), style)
        if kind in (Kind.NUMBER, Kind.NUMBER_RESULT):
            return self._shown.number(_NUMBER.unpack_from(value)[0], style)
        if kind in (Kind.TEXT, Kind.TEXT_RESULT):
            return self._shown.text(wide(value)[0], style)
        if kind == Kind.RICH_TEXT:
            return self._shown.text(wide(value, 1)[0], style)
        if kind in (Kind.FLAG, Kind.FLAG_RESULT):
            return flag(value[0])
        return ERRORS.get(value[0], "")
