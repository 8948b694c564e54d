"""What one sheet shows: its rows, then everything besides them, without what is hidden. PURE."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LAST_COLUMN = 1 << 14
_MOST_COVERED = 1_000_000
"""The most columns of merged and of hidden areas that are recorded: a file may list all a thousand times."""

Cell = tuple[int, str]
"""Column, from 1, and what the cell shows."""


class Area(NamedTuple):
    """Merged cells, all numbers from 1."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Sheet:
    """One sheet while it is read; rows and columns count from 1."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, array[int], str]] = []
        self._hidden_rows: set[int] = set()
        self._shown_rows: set[int] | None = None
        """The visible rows if all others are hidden."""
        self._hides_other_columns = False
        self._columns_left = _MOST_COVERED
        self._hidden_columns: set[int] = set()
        self._merged: list[Area] = []
        self._notes: list[tuple[int, int, str]] = []
        self.beside: list[str] = []
        """Boxes and charts."""
        self.edges: list[str] = []
        """Its header and footer, which are the same on many pages."""

    def hide_row(self, row: int) -> None:
        """Hide a row."""
        self._hidden_rows.add(row)

    def hide_other_rows(self) -> None:
        """Hide all rows except those that :meth:`show_row` shows from now on."""
        self._shown_rows = set()

    def show_row(self, row: int) -> None:
        """Show a row although others are hidden."""
        if self._shown_rows is not None:
            self._shown_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Hide columns."""
        if len(self._hidden_columns) < _LAST_COLUMN:
            self._hidden_columns.update(self._told_columns(first, last))

    def hide_other_columns(self) -> None:
        """Hide all columns except those that :meth:`show_columns` shows from now on."""
        self._hides_other_columns = True
        self.hide_columns(1, _LAST_COLUMN)

    def show_columns(self, first: int, last: int) -> None:
        """Show columns although others are hidden."""
        if self._hides_other_columns and self._hidden_columns:
            self._hidden_columns.difference_update(self._told_columns(first, last))

    def hides(self, area: Area) -> bool:
        """Return whether all cells of ``area`` are hidden, and with them what is placed on it."""
        rows = range(area.first_row, area.last_row + 1)
        columns = range(area.first_column, area.last_column + 1)
        return self._are_hidden(rows) or _are_all(columns, self._hidden_columns)

    def merge(self, area: Area) -> None:
        """Merge these cells, of which only the first is shown."""
        self._merged.append(area)

    def row(self, row: int, cells: Iterable[Cell]) -> None:
        """Add the non-empty cells of a row; columns must be hidden before."""
        if self._is_hidden(row):
            return
        shown = sorted([one for one in cells if one[0] not in self._hidden_columns], key=_column)
        if shown:
            texts = [text for _, text in shown]
            line = "\t".join(texts)
            if line.count("\t") >= len(texts):  # in a cell, too
                line = "\t".join([text.replace("\t", " ") for text in texts])
            self._rows.append((row, array("Q", [column for column, _ in shown]), line))

    def note(self, row: int, column: int, text: str) -> None:
        """Add a comment on a cell."""
        self._notes.append((row, column, text))

    def text(self) -> str:
        """Return everything visible, one line per row, with cells separated by tabs."""
        notes = (
            text
            for row, column, text in self._notes
            if not self._is_hidden(row) and column not in self._hidden_columns
        )
        rows = self._uncovered() if self._merged else (text for _, _, text in self._rows)
        return "\n".join(filter(None, (*rows, *notes, *self.beside, *dict.fromkeys(self.edges))))

    def _told_columns(self, first: int, last: int) -> range:
        columns = range(max(first, 1), min(last, _LAST_COLUMN) + 1) if self._columns_left > 0 else range(0)
        self._columns_left -= len(columns)
        return columns

    def _is_hidden(self, row: int) -> bool:
        return row in self._hidden_rows or (self._shown_rows is not None and row not in self._shown_rows)

    def _are_hidden(self, rows: range) -> bool:
        shown = self._shown_rows
        if shown is None:
            return _are_all(rows, self._hidden_rows)
        if len(rows) < len(shown):
            return len(rows) > 0 and shown.isdisjoint(rows)
        return rows.start > 0 and not any(row in rows for row in shown)

    def _uncovered(self) -> Iterator[str]:
        """Yield the rows without cells covered by merged ones, in which programs leave values."""
        waiting = sorted(self._merged, reverse=True)
        covered: defaultdict[int, int] = defaultdict(int)
        first: set[tuple[int, int]] = set()
        left = _MOST_COVERED
        for row, columns, text in sorted(self._rows, key=_number):
            while waiting and waiting[-1].first_row <= row and left > 0:
                area = waiting.pop()
                first.add((area.first_row, area.first_column))
                for column in range(area.first_column, min(area.last_column, _LAST_COLUMN) + 1):
                    covered[column] = max(covered[column], area.last_row)
                    left -= 1
            if any(covered[column] >= row for column in columns):
                cells = zip(columns, text.split("\t"), strict=True)
                text = "\t".join(
                    [cell for column, cell in cells if covered[column] < row or (row, column) in first]
                )
            yield text


def _are_all(numbers: range, hidden: set[int]) -> bool:
    return 0 < len(numbers) <= len(hidden) and hidden.issuperset(numbers)


def _column(cell: Cell) -> int:
    return cell[0]


def _number(row: tuple[int, array[int], str]) -> int:
    return row[0]
