"""The query log: an SQLite file beside the index."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from indexer.query_log.file import LogFile

FILE_NAME = "queries.sqlite3"
_SECONDS_A_DAY = 86_400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS searches (at INTEGER, text TEXT, total INTEGER, filtered INTEGER, ms REAL) STRICT;
CREATE INDEX IF NOT EXISTS searches_at ON searches (at);
CREATE TABLE IF NOT EXISTS clicks (at INTEGER, text TEXT, position INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS clicks_at ON clicks (at);
-- What the last report proposed, under the numbers that it gave.
CREATE TABLE IF NOT EXISTS proposals (n INTEGER PRIMARY KEY, kind TEXT, form TEXT, meant TEXT) STRICT;
"""
_TAKEN_IN = """
-- Up to which number the entries of each other node are in this log.
CREATE TABLE IF NOT EXISTS taken_in (node TEXT PRIMARY KEY, last INTEGER) STRICT;
"""
_ADD_SEARCHES = "INSERT INTO searches VALUES (?, ?, ?, ?, ?)"
_ADD_CLICKS = "INSERT INTO clicks VALUES (?, ?, ?)"


class Searched(NamedTuple):
    """One search; ``at`` is its minute, in seconds since 1970."""

    at: int
    text: str
    total: int
    filtered: bool
    ms: float


class Clicked(NamedTuple):
    """An opened result; ``position`` counts from 1 across all pages, 0 is a pinned one."""

    at: int
    text: str
    position: int


class Proposal(NamedTuple):
    """A way to help a query without results; ``kind`` is a table of the lexicon."""

    kind: str
    form: str
    meant: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Successive entries of one node with their numbers, from ``first`` to ``last``."""

    first: int
    last: int
    searches: tuple[tuple[int, Searched], ...]
    clicks: tuple[tuple[int, Clicked], ...]


class QueryLog:
    """The file; see :class:`~indexer.query_log.file.LogFile`. Raises StorageError or HalfRestoredError."""

    def __init__(self, data: Path) -> None:
        self._file = LogFile(data / FILE_NAME, _SCHEMA, _TAKEN_IN)

    def add(self, searches: Sequence[Searched], clicks: Sequence[Clicked]) -> None:
        """Add a batch in one transaction."""
        with self._file.changing() as database:
            database.executemany(_ADD_SEARCHES, searches)
            database.executemany(_ADD_CLICKS, clicks)

    def take_in(self, node: str, batch: Batch) -> int:
        """Add the entries of another node that are not here yet; return their number.

        The numbers of a node's entries grow, and its batches must be passed in order. An entry is added once, however often its
        batch is passed, because its number is noted in the same transaction.
        """
        with self._file.changing() as database:
            found = database.execute("SELECT last FROM taken_in WHERE node = ?", (node,)).fetchone()
            last = found[0] if found else 0
            searches = [one for n, one in batch.searches if n > last]
            clicks = [one for n, one in batch.clicks if n > last]
            database.executemany(_ADD_SEARCHES, searches)
            database.executemany(_ADD_CLICKS, clicks)
            if batch.last > last:
                database.execute("INSERT OR REPLACE INTO taken_in VALUES (?, ?)", (node, batch.last))
        return len(searches) + len(clicks)

    def taken_in(self) -> dict[str, int]:
        """Return, for each other node, the number up to which its entries are here."""
        if not self._file.rows("SELECT 1 FROM sqlite_master WHERE name = 'taken_in'"):
            return {}
        return dict(self._file.rows("SELECT node, last FROM taken_in"))

    def prune(self, days: int, entries: int, now: float | None = None) -> None:
        """Delete entries older than ``days``, and the oldest beyond ``entries`` searches or clicks."""
        oldest = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
        with self._file.changing() as database:
            for table in ("searches", "clicks"):
                database.execute(f"DELETE FROM {table} WHERE at < ?", (oldest,))
                database.execute(
                    f"DELETE FROM {table} WHERE rowid <= (SELECT max(rowid) FROM {table}) - ?", (entries,)
                )

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Store proposals numbered 1, 2, 3 …, replacing earlier ones."""
        numbered = [(n, *one) for n, one in enumerate(proposals, 1)]
        with self._file.changing() as database:
            database.execute("DELETE FROM proposals")
            database.executemany("INSERT INTO proposals VALUES (?, ?, ?, ?)", numbered)

    def proposals(self) -> list[Proposal]:
        """Return the proposals of the last report, in the order of their numbers."""
        return [Proposal(*row) for row in self.rows("SELECT kind, form, meant FROM proposals ORDER BY n")]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of an SQL query; see :meth:`~indexer.query_log.file.LogFile.rows`."""
        return self._file.rows(query, *values)

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file; raises StorageError if it cannot be read to the end."""
        return self._file.damage()
