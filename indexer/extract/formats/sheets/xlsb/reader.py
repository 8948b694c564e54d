"""Binary workbooks (XLSB) -> their shown sheets, as those of XLSX."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.content import Content
from indexer.extract.formats.package import Relation
from indexer.extract.formats.sheets.beside import add_note
from indexer.extract.formats.sheets.book import Listed, content
from indexer.extract.formats.sheets.cells import Shown
from indexer.extract.formats.sheets.number_format import BUILT_IN, GENERAL
from indexer.extract.formats.sheets.parts import DAMAGES, Bounded, Parts
from indexer.extract.formats.sheets.sheet import Sheet
from indexer.extract.formats.sheets.xlsb.records import Kind, records, wide
from indexer.extract.formats.sheets.xlsb.sheet import SheetReader

_DAMAGES = (*DAMAGES, struct.error)
_PLACE = struct.Struct("<4xI4xI")


def xlsb(path: Path, _media_type: str) -> Content:
    """Return the shown sheets of the workbook at ``path``, numbered as they follow in it.

    Raises PasswordNeededError, and ValueError where it is no such workbook.
    """
    parts = Parts(path)
    return _Workbook(parts, parts.main("officeDocument", "xl/workbook.bin")).content()


class _Workbook:
    def __init__(self, parts: Parts, book: str) -> None:
        self._parts = parts
        self._leads = parts.relations(book)
        self._listed: list[Listed] = []
        since_1904 = False
        for kind, data in self._records(book):
            if kind == Kind.BOOK:
                since_1904 = bool(data[0] & 1)
            elif kind == Kind.SHEET:
                relation, behind = wide(data, 8)
                if relation not in self._leads:  # as betas of Excel 2007 wrote it
                    relation, behind = wide(data, 12)
                self._listed.append(Listed(wide(data, behind)[0], data[0] != 0, relation))
        if not self._listed:
            raise ValueError("the list of its sheets is missing or damaged")
        self._strings = [wide(data, 1)[0] for kind, data in self._of("sharedStrings") if kind == Kind.STRING]
        self._shown = Shown(self._formats(), since_1904)

    def content(self) -> Content:
        return content(self._parts, self._leads, self._listed, self._sheet)

    def _of(self, kind: str) -> Iterator[tuple[int, bytes]]:
        for other, part in self._leads.values():
            if other == kind:
                yield from self._records(part)

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """Yield the records of a part as far as it can be read."""
        if part not in self._parts:
            return
        try:
            with self._parts.open(part) as file:
                yield from records(Bounded(file))
        except _DAMAGES:
            self._parts.damaged(part)

    def _formats(self) -> list[str]:
        codes = dict(BUILT_IN)
        styles: list[int] = []
        of_cells = False
        for kind, data in self._of("styles"):
            if kind == Kind.FORMAT:
                codes[int.from_bytes(data[:2], "little")] = wide(data, 2)[0]
            elif kind in (Kind.XFS, Kind.XFS_END):
                of_cells = kind == Kind.XFS
            elif kind == Kind.XF and of_cells:
                styles.append(int.from_bytes(data[2:4], "little"))
        return [codes.get(style, GENERAL) for style in styles]

    def _sheet(self, part: str, leads: dict[str, Relation]) -> Sheet:
        reader = SheetReader(self._strings, self._shown)
        try:
            for kind, data in self._records(part):
                reader.take(kind, data)
        except (struct.error, IndexError):
            self._parts.damaged(part)
        sheet = reader.finished()
        for lead in leads.values():
            if lead.kind == "comments":
                self._add_notes(lead.target, sheet)
        return sheet

    def _add_notes(self, part: str, sheet: Sheet) -> None:
        row = column = 0
        for kind, data in self._records(part):
            if kind == Kind.NOTE:
                row, column = _PLACE.unpack_from(data)
            elif kind == Kind.NOTE_TEXT:
                add_note(sheet, row + 1, column + 1, wide(data, 1)[0])
