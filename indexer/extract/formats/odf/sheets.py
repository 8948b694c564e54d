"""Sheets of OpenDocument: a page for each visible one, one line per row, cells as displayed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.content import Content, in_unicode, numbered
from indexer.extract.formats.odf.document import SHAPES, OpenDocument
from indexer.extract.formats.xml import Element, attribute, child, drop, each, local

_MOST_REPEATS = 20
"""How often a repeated cell or row is read at most: a file may say that it is repeated a million times."""
_MOST_COLUMNS = 1 << 14
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELL = f"{_TABLE}table-cell"
_REPEATED = f"{_TABLE}number-columns-repeated"
_BODIES = ("spreadsheet", "body")
"""The elements that contain sheets, the second in OpenOffice.org 1."""
_HIDING = ("collapse", "filter")
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
_BESIDE = ("annotation", "shapes", *SHAPES, "caption")
"""What is attached to a cell without belonging to it."""


def open_sheets(path: Path, _media_type: str) -> Content:
    """Return the visible sheets, each beginning with its name, without hidden rows and columns."""
    document = OpenDocument(path)
    pages: list[tuple[int, str]] = []
    for number, sheet in enumerate(_sheets(document.body), 1):
        if document.hides(sheet):
            continue
        if rows := [*_rows(document, sheet)]:
            pages.append((number, "\n".join([attribute(sheet, "name") or "", *rows])))
    if pages:
        written = "\n".join(text for _, text in pages)
        number, last = pages[-1]
        pages[-1] = number, "\n".join([last, *document.margins(), *document.about(written)])
    return in_unicode(numbered(pages), tuple(document.problems))


def _sheets(body: Element) -> Iterator[Element]:
    return (table for table in each(body, "table") if local(table.getparent()) in _BODIES)


def _rows(document: OpenDocument, sheet: Element) -> Iterator[str]:
    """Yield the rows that are not empty, followed by what is placed on the sheet: comments, charts, boxes."""
    hidden = _hidden_columns(sheet)
    _drop_hidden(sheet, hidden)
    beside = [*each(sheet, *_BESIDE)]
    texts = [document.text(one).strip() for one in beside if local(one.getparent()) not in _BESIDE]
    for one in beside:
        drop(one)
    for row in each(sheet, "table-row"):
        if cells := [*_cells(document, row)]:
            yield from ["\t".join(cells)] * min(_repeated(row, "number-rows-repeated"), _MOST_REPEATS)
    yield from filter(None, texts)


def _drop_hidden(sheet: Element, hidden: frozenset[int]) -> None:
    """Remove the hidden rows and cells, with the comments and boxes on them."""
    for row in [*each(sheet, "table-row")]:
        if attribute(row, "visibility") in _HIDING:
            row.getparent().remove(row)
            continue
        column = 0
        for cell in [*row] if hidden else ():
            times = _repeated(cell, "number-columns-repeated")
            shown = sum(place not in hidden for place in range(column, column + min(times, _MOST_REPEATS)))
            column += times
            if shown:
                cell.set(_REPEATED, str(shown))
            else:
                row.remove(cell)


def _cells(document: OpenDocument, row: Element) -> Iterator[str]:
    for cell in row:
        if cell.tag == _CELL and (text := _shown(document, cell)):
            yield from [text] * min(_repeated(cell, "number-columns-repeated"), _MOST_REPEATS)


def _shown(document: OpenDocument, cell: Element) -> str:
    if len(cell) == 1 and not len(cell[0]):  # as nearly all
        text = (cell[0].text or "").strip()
    else:
        text = " ".join(document.text(cell).split("\n")).strip() if len(cell) else ""
    if text or child(cell, "p") is not None:  # an empty paragraph: its format shows nothing
        return text
    return next((said for name in _VALUES if (said := attribute(cell, name))), "")


def _hidden_columns(sheet: Element) -> frozenset[int]:
    hidden: list[int] = []
    column = 0
    for one in each(sheet, "table-column"):
        times = _repeated(one, "number-columns-repeated")
        if attribute(one, "visibility") in _HIDING:
            hidden += range(column, min(column + times, _MOST_COLUMNS))
        column += times
    return frozenset(hidden)


def _repeated(element: Element, name: str) -> int:
    said = element.get(_TABLE + name)
    return 1 if said is None else int(said) if said.isdecimal() and len(said) < 9 else 1
