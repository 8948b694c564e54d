"""Records of any origin -> what a source yields: articles, each id once, and what is to be said of them."""

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
"""Where a record stands, from 1, and the record as JSON has it."""


class Rows(Protocol):
    """What holds records: an export, a table, the answer of a database."""

    def rows(self) -> Iterator[Row | Item]:
        """Yield the records in a stable order, and between them what could not be used."""

    def progress(self) -> float | None:
        """Return the share read so far in 0..1, None where the end is not known."""


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
        """``label`` and ``by`` are for :func:`read_records`; ``beside`` are told first."""
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
    """Yield the articles of records in their order, the first of each id; one bad record never ends the others.

    ``by`` says how the ``label`` of the source and the place of a record in it are written. What is no row is handed on.
    """
    first_seen: dict[int, int] = {}
    """64-bit hash of an id -> where it stands; that two ids of ten million share one has odds of 1 : 400,000."""
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
    """Return the problem that a record which can't be used is; ``named`` are the ids in it, where it may be one for staff."""
    if isinstance(error, UnreadRecord):
        return Problem(item, str(error), error.id, staff=error.staff, named=named)
    return Problem(item, str(error), named=named)


def _items_of(reading: Reading, item: str) -> Iterator[Item]:
    """Yield the article of a record, and what is to be said of it."""
    id = reading.article.id
    yield reading.article
    for problem in reading.problems:
        yield Problem(f"{item} ({id})", problem, id)
    for part, note in reading.notes.items():
        yield Notice(f"{item} ({id})", f"{part}: {note}", _kind(part, note))


def _kind(part: str, note: str) -> str:
    """Return what a report counts together: of dates those of one form, of other values all."""
    if part not in ("published", "updated"):
        return part
    written = note.partition(" was ")[0]
    return f"{part} {_DIGITS.sub('0', _LETTERS.sub('a', written))}"
