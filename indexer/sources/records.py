"""Converts records of any origin to what a source yields: articles, each id once, and reports about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from indexer.errors import ItemError
from indexer.sources import Item, Notice, Problem
from indexer.sources.mentioned import written
from indexer.sources.record import Reading, RecordReader, UnreadRecord

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[A-Za-z]+")
Row = tuple[int, object]
"""Position of a record, counted from 1, and the record as JSON data."""


class Rows(Protocol):
    """A container of records: an export, a table or a database result."""

    def rows(self) -> Iterator[Row | Item]:
        """Yield the records in a stable order, interleaved with what could not be used."""

    def progress(self) -> float | None:
        """Return the share read so far, from 0 to 1; None if the total is unknown."""


class RecordSource:
    """Records as a source of articles."""

    def __init__(
        self,
        name: str,
        rows: Rows,
        reader: RecordReader,
        label: str,
        by: str = "{}:{}",
        beside: Sequence[Problem] = (),
    ) -> None:
        """``label`` and ``by`` are passed to :func:`read_records`; ``beside`` is yielded first."""
        self.name = name
        self._rows = rows
        self._reader = reader
        self._label = label
        self._by = by
        self._beside = beside

    def items(self) -> Iterator[Item]:
        """Yield the articles in the order of the records."""
        yield from self._beside
        yield from read_records(self._rows.rows(), self._reader, self._label, self._by)

    def progress(self) -> float | None:
        """Return the share read so far."""
        return self._rows.progress()


def read_records(
    rows: Iterable[Row | Item], reader: RecordReader, label: str, by: str = "{}:{}"
) -> Iterator[Item]:
    """Yield the articles of records in order, the first for each id; a bad record never ends the iteration.

    ``by`` formats the ``label`` of the source with the position of a record. Items other than rows are passed on.
    """
    first_seen: dict[int, int] = {}
    """64-bit hash of an id -> its position; among ten million ids, the odds of a collision are 1 : 400,000."""
    for row in rows:
        if not isinstance(row, tuple):
            yield row
            continue
        number, record = row
        item = by.format(label, number)
        try:
            reading = reader.read(record)
        except ItemError as error:
            broken = b"" if isinstance(record, dict) else written(record)
            yield unread(item, error, reader.mentioned.ids_for_staff(broken))
            continue
        article = reading.article
        first = first_seen.setdefault(hash(article.id), number)
        if first != number:
            problem = f"duplicate id {article.id!r}, first used at {by.format(label, first)}"
            yield Problem(item, problem, article.id, staff=article.audience == "staff")
            continue
        yield from _items_of(reading, item)


def unread(item: str, error: ItemError, named: tuple[str, ...] = ()) -> Problem:
    """Return the problem for a record that cannot be used; ``named`` has the ids in it, if it may be staff-only."""
    if isinstance(error, UnreadRecord):
        return Problem(item, str(error), error.id, staff=error.staff, named=named)
    return Problem(item, str(error), named=named)


def _items_of(reading: Reading, item: str) -> Iterator[Item]:
    """Yield the article of a record, and reports about it."""
    id = reading.article.id
    yield reading.article
    for problem in reading.problems:
        yield Problem(f"{item} ({id})", problem, id)
    for part, note in reading.notes.items():
        yield Notice(f"{item} ({id})", f"{part}: {note}", _kind(part, note))


def _kind(part: str, note: str) -> str:
    """Return a key for counting in reports: dates by format, other values together."""
    if part not in ("published", "updated"):
        return part
    written = note.partition(" was ")[0]
    return f"{part} {_DIGITS.sub('0', _LETTERS.sub('a', written))}"
