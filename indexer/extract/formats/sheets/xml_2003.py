"""Workbooks in a single XML file, as Excel 2002 and 2003 and many web programs wrote them, often as ``.xls``."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content, beginning, in_unicode, numbered
from indexer.extract.formats.package import LARGEST_PART
from indexer.extract.formats.sheets.beside import head_or_foot
from indexer.extract.formats.sheets.cells import Shown, moment
from indexer.extract.formats.sheets.number_format import GENERAL
from indexer.extract.formats.sheets.parts import is_on
from indexer.extract.formats.sheets.rk import flag
from indexer.extract.formats.sheets.sheet import Area, Cell, Sheet
from indexer.extract.formats.xml import Element, attribute, child, each, local, parse_xml
from indexer.extract.reasons import problem

_NAMED = {
    "General Date": "dd/mm/yyyy h:mm", "Long Date": "dd/mm/yyyy", "Medium Date": "dd-mmm-yy", "Short Date": "dd/mm/yyyy",
    "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
}  # fmt: skip
"""Formats that have a name instead of a code."""
_HIDDEN = ("SheetHidden", "SheetVeryHidden")


def xml_2003(path: Path, _media_type: str) -> Content:
    """Return the visible sheets of the workbook at ``path``; raises ValueError if it is not such a workbook."""
    content, cut = beginning(path, LARGEST_PART)
    root, is_whole = parse_xml(content)
    sheets = [] if root is None else [*each(root, "Worksheet")]
    if not sheets:
        raise ValueError("the list of its sheets is missing or damaged")
    styles = {attribute(one, "ID") or "": one for one in each(root, "Style")}
    reader = _Reader([*styles], [_code(one, styles) for one in styles.values()])
    pages = []
    for number, sheet in enumerate(sheets, 1):
        # Whether a sheet is visible is stated after its cells: for an incomplete one it is unknown.
        is_cut = not is_whole and sheet is sheets[-1]
        is_hidden = is_cut or any(one.text in _HIDDEN for one in each(sheet, "Visible"))
        if not is_hidden and (text := reader.sheet(sheet).text()):
            pages.append((number, f"{attribute(sheet, 'Name') or ''}\n{text}"))
    return in_unicode(numbered(pages), cut if cut or is_whole else (problem("text_damaged"),))


class _Reader:
    def __init__(self, names: list[str], formats: list[str]) -> None:
        self._styles = {name: number for number, name in enumerate(names)}
        self._shown = Shown(formats, since_1904=False)

    def sheet(self, root: Element) -> Sheet:
        sheet = Sheet()
        column = row = 0
        for one in each(root, "Column", "Row", "Header", "Footer"):
            name = local(one)
            if name == "Column":
                first = column = _number(one, "Index") or column + 1
                column += _number(one, "Span")
                if _is_hidden(one, "Width"):
                    sheet.hide_columns(first, column)
            elif name == "Row":
                row = _number(one, "Index") or row + 1
                if _is_hidden(one, "Height"):
                    sheet.hide_row(row)
                sheet.row(row, self._cells(one, row, sheet))
                row += _number(one, "Span")
            else:
                sheet.edges.append(head_or_foot(attribute(one, "Data") or ""))
        return sheet

    def _cells(self, row: Element, number: int, sheet: Sheet) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for one in each(row, "Cell"):
            column = _number(one, "Index") or column + 1
            if text := self._text(one):
                cells.append((column, text))
            if (comment := child(one, "Comment")) is not None:
                sheet.note(number, column, "".join(comment.itertext()))
            across, down = _number(one, "MergeAcross"), _number(one, "MergeDown")
            if across or down:
                sheet.merge(Area(number, number + down, column, column + across))
            column += across
        return cells

    def _text(self, cell: Element) -> str:
        data = child(cell, "Data")
        if data is None:
            return ""
        text = "".join(data.itertext())
        style = self._styles.get(attribute(cell, "StyleID") or "Default", -1)
        match attribute(data, "Type"):
            case "Number":
                return self._shown.written(text, style)
            case "DateTime":
                return moment(text)
            case "Boolean":
                return flag(is_on(text))
            case _:
                return self._shown.text(text, style)


def _is_hidden(element: Element, size: str) -> bool:
    said = attribute(element, size)
    return is_on(attribute(element, "Hidden")) or (said is not None and not said.strip("0."))


def _code(style: Element, styles: dict[str, Element]) -> str:
    for one in (style, styles.get(attribute(style, "Parent") or "")):
        said = None if one is None else child(one, "NumberFormat")
        if said is not None:
            code = attribute(said, "Format") or GENERAL
            return _NAMED.get(code, code)
    return GENERAL


def _number(element: Element, name: str) -> int:
    said = attribute(element, name) or ""
    return int(said) if said.isdecimal() and len(said) < 8 else 0
