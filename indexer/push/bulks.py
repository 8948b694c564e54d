"""Bulk changes accepted as one task: how they enter the inbox, and the outcome of each."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from indexer.disk.sqlite.connections import transaction
from indexer.push.bulk import Line
from indexer.push.inbox_file import SENT, whole
from indexer.push.inbox_rows import TASK, newest, refuse_beyond, take, task_of, waiting_of
from indexer.push.kept import Accepted, AcceptedChange, Elsewhere, Record, aside
from indexer.push.source_limit import Allowed
from indexer.push.task import Bulk, BulkLine, PushKind, Result, Status

Used = Callable[[str], AbstractContextManager[sqlite3.Connection]]
"""The connection of this thread for reading or writing, with errors converted to ours."""
IN_STATUS: dict[Status, str] = {
    "accepted": "finished IS NULL",
    "done": "finished IS NOT NULL AND result <> 'failed'",
    "failed": "result = 'failed'",
}
"""Selects rows of ``pushes`` by status."""


class Bulks:
    """The bulks of an inbox. Methods raise the same errors as those of the inbox."""

    def __init__(self, data: Path, used: Used, elsewhere: Elsewhere | None) -> None:
        self._data = data
        self._used = used
        self._elsewhere = elsewhere

    def accept(
        self,
        lines: Iterable[Line],
        number: int,
        most: int,
        key: str | None = None,
        may: Allowed | None = None,
    ) -> Bulk:
        """Store ``lines``, ``number`` in total, durably and atomically. Each supersedes a waiting change to its article.

        Raises BusyError if more than ``most`` changes would wait. ``may`` says why a change is not allowed, given the waiting
        change to its article; only that line fails.
        """
        if self._elsewhere is None:
            return self._accept(lines, number, most, key, may, lambda accepted: accepted.changes)
        self._elsewhere.check()
        with aside(self._data) as (path, out):
            bulk = self._accept(lines, number, most, key, may, Record(out).of)
            out.flush()
            self._elsewhere.keep(bulk.number, path)
        return bulk

    def _accept(
        self,
        lines: Iterable[Line],
        number: int,
        most: int,
        key: str | None,
        may: Allowed | None,
        recorded: Callable[[Accepted], Iterable[AcceptedChange]],
    ) -> Bulk:
        with self._used("written") as db, transaction(db):
            refuse_beyond(db, most, number)
            now, bulk = time.time(), newest(db) + 1
            accepted = Accepted(bulk, now, key, True, _changes(db, lines, bulk, may))
            take(db, replace(accepted, changes=recorded(accepted)))
            return bulks(db, "task = ?", (bulk,), 1)[0]

    def bulk(self, number: int) -> Bulk | None:
        """Return a bulk, None if the number is unknown or forgotten."""
        with self._used("read") as db:
            found = bulks(db, "task = ?", (number,), 1)
        return found[0] if found else None

    def lines(self, number: int, after: int, limit: int, status: Status | None = None) -> list[BulkLine]:
        """Return up to ``limit`` lines of a bulk with task numbers after ``after``, in order."""
        wanted = f"AND {IN_STATUS[status]}" if status else ""
        with self._used("read") as db:
            rows = db.execute(
                f"SELECT line, id, {TASK} FROM sent JOIN pushes USING (task)"
                f" WHERE bulk = ? AND task > ? AND {whole(SENT, 'sent')} {wanted} ORDER BY task LIMIT ?",
                (number, after, limit),
            ).fetchall()
        return [BulkLine(line, id, task_of(row)) for line, id, *row in rows]


def _changes(
    db: sqlite3.Connection, lines: Iterable[Line], bulk: int, may: Allowed | None
) -> Iterator[AcceptedChange]:
    """Yield the lines as changes; whether one is allowed depends on those before it, which are in the inbox by then."""
    for task, line in enumerate(lines, bulk + 1):
        problem = line.problem
        if problem is None and may:
            problem = may(line.slug, waiting_of(db, line.slug))
        known = (line.slug, line.kind, line.digest, line.files, line.packed)
        refused: tuple[str, PushKind, bytes, bool, bytes] = ("", line.kind, b"", False, b"")
        yield AcceptedChange(task, *(known if problem is None else refused), line.number, line.id, problem)


def bulks(db: sqlite3.Connection, where: str, values: tuple[object, ...], limit: int) -> list[Bulk]:
    """Return the ``limit`` newest bulks that satisfy ``where``, with the outcome of their lines."""
    chosen = f"SELECT task, accepted FROM bulks WHERE {where} ORDER BY task DESC LIMIT ?"
    found = {
        number: Bulk(number, accepted, None, 0, {})
        for number, accepted in db.execute(chosen, (*values, limit))
    }
    marks = ", ".join("?" * len(found))
    rows = db.execute(
        f"SELECT bulk, result, count(*), max(finished) FROM sent JOIN pushes USING (task)"
        f" WHERE bulk IN ({marks}) GROUP BY bulk, result",
        tuple(found),
    )
    counts: defaultdict[int, dict[Result, int]] = defaultdict(dict)
    for number, result, count, finished in rows:
        bulk = found[number]
        if result is None:
            bulk = replace(bulk, waiting=count)
        else:
            counts[number][result] = count
        found[number] = replace(bulk, finished=max(bulk.finished or 0.0, finished or 0.0))
    return [
        replace(bulk, finished=None if bulk.waiting else bulk.finished, results=counts[number])
        for number, bulk in found.items()
    ]
