"""Binary workbooks (XLSB) -> their visible sheets, as those of XLSX."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from indexer.extract.formats.content import Content
from indexer.extract.formats.package import Relation
from indexer.extract.formats.sheets.beside import add_note
from indexer.extract.formats.sheets.book import Listed, content
from indexer.extract.formats.sheets.cells import Shown
from indexer.extract.formats.sheets.number_format import BUILT_IN, GENERAL
from indexer.extract.formats.sheets.parts import Parts
from indexer.extract.formats.sheets.sheet import Sheet
from indexer.extract.formats.sheets.xlsb.records import Kind, records, wide
from indexer.extract.formats.sheets.xlsb.sheet import SheetReader

_PLACE = struct.Struct("<4xI4xI")


def xlsb(path: Path, _media_type: str) -> Content:
    """Return the visible sheets of the workbook at ``path``, numbered by their order in it.

    Raises PasswordNeededError, and ValueError if it is not such a workbook.
    """
    parts = Parts(path)
    return _Workbook(parts, parts.main("officeDocument", "xl/workbook.bin")).content()


class _Workbook:
    def __init__(self, parts: Parts, book: str) -> None:
        self._parts = parts
        self._leads = parts.relations(book)
        self._listed: list[Listed] = []
        self._since_1904 = False
        self._read(book, self._take_of_book)
        if not self._listed:
            raise ValueError("the list of its sheets is missing or damaged")
        self._strings: list[str] = []
        self._read_all("sharedStrings", self._take_string)
        self._codes = dict(BUILT_IN)
        self._styles: list[int] = []
        self._are_of_cells = False
        self._read_all("styles", self._take_style)
        self._shown = Shown([self._codes.get(style, GENERAL) for style in self._styles], self._since_1904)

    def content(self) -> Content:
        return content(self._parts, self._leads, self._listed, self._sheet)

    def _read(self, part: str, take: Callable[[int, bytes], None]) -> None:
        """Pass the records of a part to ``take`` as far as they can be read."""
        if part not in self._parts:
            return
        with self._parts.noting(part), self._parts.open(part) as file:
            for kind, data in records(file):
                take(kind, data)

    def _read_all(self, kind: str, take: Callable[[int, bytes], None]) -> None:
        for lead in dict.fromkeys(self._leads.values()):
            if lead.kind == kind:
                self._read(lead.target, take)

    def _take_of_book(self, kind: int, data: bytes) -> None:
        if kind == Kind.BOOK:
            self._since_1904 = bool(data[0] & 1)
        elif kind == Kind.SHEET:
            relation, behind = wide(data, 8)
            if relation not in self._leads:  # as betas of Excel 2007 wrote it
                relation, behind = wide(data, 12)
            self._listed.append(Listed(wide(data, behind)[0], data[0] != 0, relation))

    def _take_string(self, kind: int, data: bytes) -> None:
        if kind == Kind.STRING:
            self._strings.append(wide(data, 1)[0])

    def _take_style(self, kind: int, data: bytes) -> None:
        if kind == Kind.FORMAT:
            self._codes[int.from_bytes(data[:2], "little")] = wide(data, 2)[0]
        elif kind in (Kind.XFS, Kind.XFS_END):
            self._are_of_cells = kind == Kind.XFS
        elif kind == Kind.XF and self._are_of_cells:
            self._styles.append(int.from_bytes(data[2:4], "little"))

    def _sheet(self, part: str, leads: dict[str, Relation]) -> Sheet:
        reader = SheetReader(self._strings, self._shown)
        self._read(part, reader.take)
        sheet = reader.finished()
        for lead in leads.values():
            if lead.kind == "comments":
                self._read(lead.target, _Notes(sheet).take)
        return sheet


class _Notes:
    """Reads the records of comments."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._row, self._column = sheet, 0, 0

    def take(self, kind: int, data: bytes) -> None:
        if kind == Kind.NOTE:
            self._row, self._column = _PLACE.unpack_from(data)
        elif kind == Kind.NOTE_TEXT:
            add_note(self._sheet, self._row + 1, self._column + 1, wide(data, 1)[0])
