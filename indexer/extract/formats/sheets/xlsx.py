"""Workbooks of Open XML (XLSX, XLSM, templates), row by row: cells as they look, what is not shown left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from indexer.extract.formats.content import Content, in_unicode, numbered
from indexer.extract.formats.sheets.beside import beside, head_or_foot
from indexer.extract.formats.sheets.cells import Shown, column_of
from indexer.extract.formats.sheets.number_format import BUILT_IN, GENERAL
from indexer.extract.formats.sheets.parts import Parts, is_on, words_of
from indexer.extract.formats.xml import Element, attribute

_SHEETS = ("worksheet", "chartsheet")
"""Kinds of sheets that hold text; macro sheets hold programs."""
_ROW = re.compile(r"\d+$")


def xlsx(path: Path, _media_type: str) -> Content:
    """Return the shown sheets of the workbook at ``path``, numbered as they follow in it."""
    parts = Parts(path)
    with parts.zip:
        book = next(
            (part for kind, part in parts.leads("").values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        return _Workbook(parts, book).content()


class _Workbook:
    def __init__(self, parts: Parts, book: str) -> None:
        self._parts, self._book = parts, book
        self._leads = parts.leads(book)
        self._strings = [words_of(one) for one in self._each("sharedStrings", "si")]
        self._formats = self._read_formats()

    def content(self) -> Content:
        since_1904 = False
        sheets: list[tuple[int, str]] = []
        found = list(self._listed())
        for kind, *values in found:
            since_1904 = since_1904 or (kind == "workbookPr" and is_on(values[0]))
        self._shown = Shown(self._formats, since_1904)
        listed = [values for kind, *values in found if kind == "sheet"]
        for number, (name, state, relation) in enumerate(listed, 1):
            kind, part = self._leads.get(relation, ("", ""))
            if kind in _SHEETS and state not in ("hidden", "veryHidden"):
                text = "\n".join(filter(None, self._sheet(part)))
                if text:
                    sheets.append((number, f"{name}\n{text}"))
        return in_unicode(numbered(sheets), tuple(self._parts.problems))

    def _listed(self) -> Iterator[tuple[str, ...]]:
        for one in self._parts.each(self._book, "workbookPr", "sheet"):
            if one.tag.endswith("}workbookPr"):
                yield "workbookPr", one.get("date1904", "")
            else:
                yield "sheet", one.get("name", ""), one.get("state", ""), attribute(one, "id") or ""

    def _each(self, kind: str, *tags: str) -> Iterator[Element]:
        for other, part in self._leads.values():
            if other == kind:
                yield from self._parts.each(part, *tags)

    def _read_formats(self) -> list[str]:
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        formats = []
        for one in self._each("styles", "numFmts", "cellXfs"):
            if one.tag.endswith("}numFmts"):
                codes |= {each.get("numFmtId", ""): each.get("formatCode", GENERAL) for each in one}
            else:
                formats = [codes.get(each.get("numFmtId", "0"), GENERAL) for each in one]
        return formats

    def _sheet(self, part: str) -> Iterator[str]:
        """Yield the rows of a sheet that has any words, then what stands beside them."""
        hidden_columns: list[tuple[int, int]] = []
        hidden_rows: set[str] = set()
        edges: list[str] = []
        number = 0
        for one in self._parts.each(part, "cols", "row", "headerFooter"):
            if one.tag.endswith("}cols"):
                hidden_columns = [
                    (int(column.get("min", "0")), int(column.get("max", "0")))
                    for column in one
                    if is_on(column.get("hidden"))
                ]
            elif one.tag.endswith("}headerFooter"):
                edges = [head_or_foot(each.text or "") for each in one]
            else:
                at = one.get("r", "")
                number = int(at) if at.isdecimal() and len(at) < 10 else number + 1
                if is_on(one.get("hidden")):
                    hidden_rows.add(str(number))
                elif row := self._row(one, hidden_columns):
                    yield row

        def is_hidden(ref: str) -> bool:
            row = _ROW.search(ref)
            return (row is not None and row[0] in hidden_rows) or _is_within(column_of(ref), hidden_columns)

        yield from beside(self._parts, part, is_hidden)
        yield from dict.fromkeys(edges)

    def _row(self, row: Element, hidden: list[tuple[int, int]]) -> str:
        cells: list[tuple[int, str]] = []
        column = 0
        for cell in row:
            ref = cell.get("r")
            column = column_of(ref) if ref else column + 1
            if (text := self._cell(cell)) and not _is_within(column, hidden):
                cells.append((column, text))
        return "\t".join(text for _, text in sorted(cells, key=lambda one: one[0]))

    def _cell(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return words_of(cell).strip()
        value = next((one.text for one in cell if one.tag.endswith("}v")), None)
        if not value:
            return ""
        if kind == "s":
            at = int(value) if value.strip().isdecimal() else -1
            return self._strings[at].strip() if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if is_on(value) else "FALSE"
        if kind == "d":
            return _day(value)
        if kind != "n":
            return str(value).strip()
        style = cell.get("s", "0")
        return self._shown.written(value, int(style) if style.isdecimal() else 0)


def _is_within(column: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in ranges)


def _day(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{moment:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
