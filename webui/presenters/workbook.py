"""Lists as Excel workbooks (.xlsx): a sheet that describes the list and a sheet of rows, written row by row."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import flask

from indexer.disk.scratch import scratch_folder
from webui.context.translation import gettext
from webui.presenters.lists import saved
from webui.presenters.printable import printable
from webui.presenters.search_summary import Line

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767
"""Maximum length of a cell in Excel, in characters."""
_LONGEST_LINK = 690
"""Maximum length of a link in characters: Excel allows 2,079, and an escaped character takes three."""
_FIRST_YEAR = 1900
"""Excel has no earlier dates."""
_WIDTHS = (12, 48)
"""Minimum and maximum column widths in letters; the heading decides between them."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list; the columns ``days`` hold ISO dates, the columns ``links`` absolute addresses."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    days: Collection[int] = ()
    links: Collection[int] = ()


def xlsx_list(name: str, about: Callable[[int], Sequence[Line]], table: Table) -> flask.Response:
    """Return a workbook saved as ``name``.xlsx, whose first sheet describes the second.

    The description comes from ``about``, given the number of rows, which is known once all are written. No cell is a formula,
    whatever it begins with, and document numbers stay text. Raises StorageError.
    """
    import xlsxwriter  # 2 MB that a process needs only once somebody saves a list

    buffer = io.BytesIO()
    # Written rows wait in a file, not in memory.
    with scratch_folder() as folder:
        book = xlsxwriter.Workbook(
            buffer, {"constant_memory": True, "tmpdir": str(folder), "default_date_format": "dd/mm/yyyy"}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        first = book.add_worksheet(gettext("Nội dung danh sách"))
        count = _write_rows(book.add_worksheet(table.title), table, bold)
        _write_about(first, about(count), bold)
        book.close()
    return saved(flask.Response(buffer.getvalue(), mimetype=MEDIA_TYPE), f"{name}.xlsx")


def _write_about(sheet: Worksheet, lines: Sequence[Line], bold: object) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, _cell(name), bold)
        sheet.write_string(row, 1, _cell(value))


def _write_rows(sheet: Worksheet, table: Table, bold: object) -> int:
    """Write ``table`` and return its number of rows."""
    sheet.freeze_panes(1, 1)
    for column, heading in enumerate(table.headings):
        sheet.set_column(column, column, _WIDTHS[1] if column == 0 else max(_WIDTHS[0], len(heading) + 2))
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if not value:
                continue
            if column in table.days and (day := _day(value)):
                sheet.write_datetime(last, column, day)
            elif column not in table.links or not _is_linked(sheet, last, column, _cell(value)):
                sheet.write_string(last, column, _cell(value))
    sheet.autofilter(0, 0, last, len(table.headings) - 1)
    return last


def _is_linked(sheet: Worksheet, row: int, column: int, address: str) -> bool:
    """Write ``address`` as a link; return False if it is too long or the sheet has too many links."""
    return len(address) <= _LONGEST_LINK and bool(sheet.write_url(row, column, address, string=address) == 0)


def _cell(text: str) -> str:
    return printable(text)[:_LONGEST_CELL]


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time()) if day.year >= _FIRST_YEAR else None
