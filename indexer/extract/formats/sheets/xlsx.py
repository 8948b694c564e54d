"""Workbooks of Open XML (XLSX, XLSM, templates), row by row: cells as displayed, without what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.content import Content
from indexer.extract.formats.package import Relation
from indexer.extract.formats.sheets.beside import head_or_foot
from indexer.extract.formats.sheets.book import Listed, content
from indexer.extract.formats.sheets.cells import Shown, column_of, moment, place
from indexer.extract.formats.sheets.number_format import BUILT_IN, GENERAL
from indexer.extract.formats.sheets.parts import Parts, is_on, words_of
from indexer.extract.formats.sheets.sheet import Area, Cell, Sheet
from indexer.extract.formats.xml import Element, attribute

_HIDDEN = ("hidden", "veryHidden")


def xlsx(path: Path, _media_type: str) -> Content:
    """Return the visible sheets of the workbook at ``path``, numbered by their order in it.

    Raises PasswordNeededError, and ValueError if it is not a ZIP.
    """
    parts = Parts(path)
    return _Workbook(parts, parts.main("officeDocument", "xl/workbook.xml")).content()


class _Workbook:
    def __init__(self, parts: Parts, book: str) -> None:
        self._parts = parts
        self._leads = parts.relations(book)
        self._strings = [words_of(one) for one in self._each("sharedStrings", "si")]
        since_1904 = False
        self._listed: list[Listed] = []
        for one in parts.each(book, "workbookPr", "sheet"):
            if one.tag.endswith("}workbookPr"):
                since_1904 = is_on(one.get("date1904"))
            else:
                self._listed.append(
                    Listed(one.get("name", ""), one.get("state") in _HIDDEN, attribute(one, "id") or "")
                )
        if not self._listed:
            raise ValueError("the list of its sheets is missing or damaged")
        self._shown = Shown(self._formats(), since_1904)

    def content(self) -> Content:
        return content(self._parts, self._leads, self._listed, self._sheet)

    def _each(self, kind: str, *tags: str) -> Iterator[Element]:
        for other, part in dict.fromkeys(self._leads.values()):
            if other == kind:
                yield from self._parts.each(part, *tags)

    def _formats(self) -> list[str]:
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        formats: list[str] = []
        for one in self._each("styles", "numFmts", "cellXfs"):
            if one.tag.endswith("}numFmts"):
                codes |= {each.get("numFmtId", ""): each.get("formatCode", GENERAL) for each in one}
            else:
                formats = [codes.get(each.get("numFmtId", "0"), GENERAL) for each in one]
        return formats

    def _sheet(self, part: str, _leads: dict[str, Relation]) -> Sheet:
        sheet = Sheet()
        number = 0
        for one in self._parts.each(part, "sheetFormatPr", "cols", "row", "mergeCells", "headerFooter"):
            name = one.tag.rpartition("}")[2]
            if name == "row":
                at = one.get("r", "")
                number = int(at) if at.isdecimal() and len(at) < 10 else number + 1
                if _is_hidden(one, "ht"):
                    sheet.hide_row(number)
                else:
                    sheet.show_row(number)
                    sheet.row(number, self._row(one))
            elif name == "sheetFormatPr":
                if is_on(one.get("zeroHeight")) or _is_nothing(one.get("defaultRowHeight")):
                    sheet.hide_other_rows()
                if _is_nothing(one.get("defaultColWidth")):
                    sheet.hide_other_columns()
            elif name == "cols":
                for column in one:
                    tell = sheet.hide_columns if _is_hidden(column, "width") else sheet.show_columns
                    tell(_number(column.get("min")), _number(column.get("max")))
            elif name == "mergeCells":
                for merged in one:
                    first, _, last = merged.get("ref", "").partition(":")
                    (top, left), (bottom, right) = place(first), place(last)
                    sheet.merge(Area(top, bottom, left, right))
            else:
                sheet.edges += [head_or_foot(each.text or "") for each in one]
        return sheet

    def _row(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for cell in row:
            column += 1
            if not len(cell):  # it has a style alone
                continue
            if ref := cell.get("r"):
                column = column_of(ref)
            if text := self._cell(cell):
                cells.append((column, text))
        return cells

    def _cell(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        style = cell.get("s", "0")
        style = int(style) if style.isdecimal() else 0
        if kind == "inlineStr":
            return self._shown.text(words_of(cell), style)
        value: str | None = None
        for one in cell:
            if one.tag.endswith("}v"):
                value = one.text
                break
        if not value:
            return ""
        if kind == "s":
            at = int(value) if value.strip().isdecimal() else -1
            return self._shown.text(self._strings[at], style) if 0 <= at < len(self._strings) else ""
        if kind == "n":
            return self._shown.written(value, style)
        if kind == "b":
            return "TRUE" if is_on(value) else "FALSE"
        if kind == "d":
            return moment(value)
        return self._shown.text(value, style)


def _is_hidden(one: Element, size: str) -> bool:
    """Return whether a row or column is hidden; some programs set its ``size`` to zero instead."""
    return is_on(one.get("hidden")) or _is_nothing(one.get(size))


def _is_nothing(size: str | None) -> bool:
    return size is not None and not size.strip("0.")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
