"""Lists as workbooks of Excel (.xlsx): a sheet that says what the list is, and a sheet of rows, written row by row."""

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
"""Characters, the most that Excel takes."""
_LONGEST_LINK = 690
"""Characters: Excel takes 2,079, of which each that is escaped is three."""
_FIRST_YEAR = 1900
"""Excel knows no days before."""
_WIDTHS = (12, 48)
"""The least and the most of a column, in letters; the heading decides between."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list; what stands in the columns ``days`` are ISO days, in ``links`` whole addresses."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    days: Collection[int] = ()
    links: Collection[int] = ()


def xlsx_list(name: str, about: Callable[[int], Sequence[Line]], table: Table) -> flask.Response:
    """Return a workbook to be saved as ``name``.xlsx, whose first sheet says what the other has.

    That is what ``about`` says of the number of rows, which is known when all are written. No cell is a formula, whatever it begins
    with; document numbers stay text. Raises StorageError.
    """
    import xlsxwriter  # 2 MB that a process needs only once somebody saves a list

    buffer = io.BytesIO()
    # Rows that were written wait in a file, not in memory.
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
    """Write ``table`` and return how many rows it has."""
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
    """Write ``address`` as a link and tell whether it could be one: it may be too long, or the sheet have too many."""
    return len(address) <= _LONGEST_LINK and bool(sheet.write_url(row, column, address, string=address) == 0)


def _cell(text: str) -> str:
    return printable(text)[:_LONGEST_CELL]


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time()) if day.year >= _FIRST_YEAR else None
