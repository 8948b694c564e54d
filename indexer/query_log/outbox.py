"""Entries of the query log that this machine must still hand to the writer, where several machines share the work.

They are numbered, so that each gets into the writer's log once. The numbers of a new file begin with the time at which it was
made, in milliseconds: those of a file that was deleted are never used again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.query_log.file import LogFile
from indexer.query_log.store import Batch, Clicked, Searched

FILE_NAME = "queries.outbox.sqlite3"
_SECONDS_A_DAY = 86_400
_SCHEMA = """
-- A search has no position, an opened result has only a position.
CREATE TABLE IF NOT EXISTS entries (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, text TEXT, total INTEGER, filtered INTEGER, ms REAL, position INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS handed_in (one INTEGER PRIMARY KEY, at REAL) STRICT;
"""
_ADD = "INSERT INTO entries (at, text, total, filtered, ms, position) VALUES (?, ?, ?, ?, ?, ?)"


class Outbox:
    """The file; see :class:`~indexer.query_log.file.LogFile`. Raises StorageError or HalfRestoredError."""

    def __init__(self, data: Path) -> None:
        # A number that a power cut took back would be given to another entry, which the writer would then have already.
        self._file = LogFile(data / FILE_NAME, _SCHEMA, durable=True)

    def add(self, searches: Sequence[Searched], clicks: Sequence[Clicked]) -> None:
        """Add a batch in one transaction."""
        with self._file.changing() as database:
            database.execute(
                "INSERT INTO sqlite_sequence SELECT 'entries', ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence)",
                (int(time.time() * 1000),),
            )
            database.executemany(_ADD, ((*one, None) for one in searches))
            database.executemany(_ADD, ((at, text, None, None, None, n) for at, text, n in clicks))

    def prune(self, days: int, entries: int, now: float | None = None) -> None:
        """Delete entries older than ``days``, and the oldest beyond ``entries``."""
        oldest = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
        with self._file.changing() as database:
            database.execute("DELETE FROM entries WHERE at < ?", (oldest,))
            database.execute("DELETE FROM entries WHERE n <= (SELECT max(n) FROM entries) - ?", (entries,))

    def next_batch(self, most: int) -> Batch | None:
        """Return the oldest entries, at most ``most``; None if there are none."""
        rows = self._file.rows("SELECT * FROM entries ORDER BY n LIMIT ?", most)
        if not rows:
            return None
        searches = ((n, Searched(*rest[:5])) for n, *rest in rows if rest[5] is None)
        clicks = ((n, Clicked(rest[0], rest[1], rest[5])) for n, *rest in rows if rest[5] is not None)
        return Batch(rows[0][0], rows[-1][0], tuple(searches), tuple(clicks))

    def remove(self, batch: Batch, now: float) -> None:
        """Delete a batch that was handed in at ``now``, in seconds since 1970."""
        with self._file.changing() as database:
            database.execute("DELETE FROM entries WHERE n <= ?", (batch.last,))
            database.execute("INSERT OR REPLACE INTO handed_in VALUES (1, ?)", (now,))

    def waiting(self) -> int:
        """Return the number of entries."""
        ((number,),) = self._file.rows("SELECT count(*) FROM entries") or [(0,)]
        return int(number)

    def handed_in(self) -> float | None:
        """Return when a batch was last handed in, in seconds since 1970; None if none was."""
        found = self._file.rows("SELECT at FROM handed_in")
        return float(found[0][0]) if found else None

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file; raises StorageError if it cannot be read to the end."""
        return self._file.damage()
