"""Rows of the inbox: inserting, superseding, reading and deleting them within a transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
import zlib

from indexer.catalog.format import row_digest
from indexer.errors import BusyError
from indexer.push.inbox_file import ROW
from indexer.push.kept import Accepted, AcceptedChange
from indexer.push.task import Push, PushKind, Result, Task

TASK = "task, slug, kind, accepted, finished, result, problems"
"""The columns of ``pushes`` that :func:`task_of` reads."""
Row = tuple[int, str, str, bytes, int, bytes | None]
"""Number, slug, kind, digest, whether it has attachments, and the zlib-compressed body."""


def newest(db: sqlite3.Connection) -> int:
    """Return the number of the newest task, 0 if there was none."""
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pushes'").fetchone()
    return int(found[0]) if found else 0


def refuse_beyond(db: sqlite3.Connection, most: int, more: int) -> None:
    """Raise BusyError if ``more`` changes would make more than ``most`` wait."""
    waiting = db.execute("SELECT count(*) FROM pushes WHERE finished IS NULL").fetchone()[0]
    if waiting + more > most:
        raise BusyError(
            f"{waiting:,} changes are waiting for the writer; check that `tracuu write` is running"
        )


def supersede(db: sqlite3.Connection, slug: str, now: float) -> None:
    """Supersede any waiting change to the article; done here rather than by the writer, so that at most one is ever waiting."""
    db.execute(
        "UPDATE pushes SET finished = ?, result = 'superseded', body = NULL WHERE slug = ? AND finished IS NULL",
        (now, slug),
    )


def take(db: sqlite3.Connection, accepted: Accepted) -> None:
    """Insert what was accepted; each change supersedes a waiting one to its article."""
    if accepted.bulk:
        row = (accepted.number, accepted.at, accepted.key)
        db.execute("INSERT INTO bulks VALUES (?, ?, ?, ?)", (*row, row_digest(*row)))
    for one in accepted.changes:
        if one.problem is None:
            supersede(db, one.slug, accepted.at)
            insert(
                db,
                (one.task, one.slug, one.kind, one.digest, int(one.files), one.packed or None),
                accepted.at,
            )
        else:
            insert_failed(db, one.task, one.kind, one.problem, accepted.at)
        note_sent(db, one.task, accepted.key, accepted.number if accepted.bulk else None, one.line, one.id)


def waiting_change(db: sqlite3.Connection, task: int) -> Accepted | None:
    """Return what was accepted as ``task``, alone; None if it is not waiting any more."""
    row = db.execute(
        f"SELECT {ROW}, accepted, key FROM pushes LEFT JOIN sent USING (task) WHERE task = ? AND finished IS NULL",
        (task,),
    ).fetchone()
    if row is None:
        return None
    number, slug, kind, digest, files, packed, at, key = row
    change = AcceptedChange(number, slug, kind, digest, bool(files), packed or b"")
    return Accepted(number, at, key, False, (change,))


def insert(db: sqlite3.Connection, row: Row, now: float) -> None:
    """Insert a waiting change."""
    db.execute(
        "INSERT INTO pushes (task, slug, kind, digest, files, body, accepted, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, now, row_digest(*row)),
    )


def note_sent(
    db: sqlite3.Connection,
    task: int,
    key: str | None,
    bulk: int | None = None,
    line: int | None = None,
    id: str | None = None,
) -> None:
    """Record how a change was sent: with which key, and as which line of a bulk."""
    row = (task, key, bulk, line, id)
    db.execute("INSERT INTO sent VALUES (?, ?, ?, ?, ?, ?)", (*row, row_digest(*row)))


def insert_failed(db: sqlite3.Connection, number: int, kind: PushKind, problem: str, now: float) -> None:
    """Store the response to an invalid change."""
    row = (number, "", kind, b"", 0, None)
    db.execute(
        "INSERT INTO pushes (task, slug, kind, digest, files, body, accepted, written, finished, result, problems)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'failed', ?)",
        (*row, now, row_digest(*row), now, json.dumps([problem], ensure_ascii=False)),
    )


def waiting_of(db: sqlite3.Connection, slug: str) -> Push | None:
    """Return the waiting change to an article."""
    row = db.execute(
        "SELECT task, slug, kind, body FROM pushes WHERE slug = ? AND finished IS NULL", (slug,)
    ).fetchone()
    if row is None:
        return None
    number, slug, kind, packed = row
    return Push(number, slug, kind, zlib.decompress(packed) if packed else b"")


def task_of(row: tuple[int, str, PushKind, float, float | None, Result | None, str]) -> Task:
    """Return the task for the columns :data:`TASK`."""
    return Task(*row[:-1], tuple(json.loads(row[-1])))


def forget(db: sqlite3.Connection, before: float) -> None:
    """Delete changes finished before the given time, and bulks without remaining lines."""
    old = "SELECT task FROM pushes WHERE finished < ?"
    if db.execute(f"{old} LIMIT 1", (before,)).fetchone():
        db.execute(f"DELETE FROM sent WHERE task IN ({old})", (before,))
        db.execute("DELETE FROM pushes WHERE finished < ?", (before,))
        db.execute(
            "DELETE FROM bulks WHERE accepted < ? AND NOT EXISTS (SELECT 1 FROM sent WHERE bulk = bulks.task)",
            (before,),
        )
