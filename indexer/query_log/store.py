"""The query log: one SQLite file beside the index, which several processes add to."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import reading
from indexer.disk.sqlite.damage import damage_of_file, differing_tables, is_unused
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.query_log.text import query_key

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


class Searched(NamedTuple):
    """One search; ``at`` is its minute, in seconds since 1970."""

    at: int
    text: str
    total: int
    filtered: bool
    ms: float


class Clicked(NamedTuple):
    """One result that was followed; ``position`` counts from 1 over all pages, 0 is a pinned one."""

    at: int
    text: str
    position: int


class Proposal(NamedTuple):
    """One way to mend a query that finds nothing: ``kind`` is a table of the lexicon."""

    kind: str
    form: str
    meant: str


class QueryLog:
    """The file; every call opens it anew, since batches are seconds apart.

    Raises StorageError, and HalfRestoredError.
    """

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME

    def add(self, searches: Sequence[Searched], clicks: Sequence[Clicked]) -> None:
        """Add a batch in one transaction; raises StorageError."""
        with self._open() as database:
            database.executemany("INSERT INTO searches VALUES (?, ?, ?, ?, ?)", searches)
            database.executemany("INSERT INTO clicks VALUES (?, ?, ?)", clicks)

    def prune(self, days: int, entries: int, now: float | None = None) -> None:
        """Forget what is older than ``days``, and the oldest of more than ``entries`` searches or clicks."""
        oldest = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
        with self._open() as database:
            for table in ("searches", "clicks"):
                database.execute(f"DELETE FROM {table} WHERE at < ?", (oldest,))
                database.execute(
                    f"DELETE FROM {table} WHERE rowid <= (SELECT max(rowid) FROM {table}) - ?", (entries,)
                )

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Remember proposals under 1, 2, 3 … in place of those before."""
        numbered = [(n, *one) for n, one in enumerate(proposals, 1)]
        with self._open() as database:
            database.execute("DELETE FROM proposals")
            database.executemany("INSERT INTO proposals VALUES (?, ?, ?, ?)", numbered)

    def proposals(self) -> list[Proposal]:
        """Return what the last report proposed, in the order of its numbers."""
        return [Proposal(*row) for row in self.rows("SELECT kind, form, meant FROM proposals ORDER BY n")]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where nothing has been noted yet.

        It may use ``folded(text)``, which is the same however the letters of a text are cased and composed.
        """
        if not self._path.is_file():
            return []
        with self._errors(), reading(self._path) as database:
            # SQLite's own lower() knows the letters of ASCII only.
            database.create_function("folded", 1, query_key, deterministic=True)
            return [] if is_unused(database) else database.execute(query, values).fetchall()

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file; raises StorageError where it can't be read to its end."""
        with self._errors(), reading(self._path, with_log=True) as database:
            yield from damage_of_file(database, self._path)
            if not is_unused(database):
                yield from differing_tables(database, _SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with (
            self._errors(),
            opening(self._path.parent),
            closing(sqlite3.connect(self._path, timeout=10)) as database,
        ):
            database.execute("PRAGMA journal_mode = WAL")
            # A power cut may take the last seconds, and nothing else.
            database.execute("PRAGMA synchronous = NORMAL")
            # What is forgotten shall not be left in free pages.
            database.execute("PRAGMA secure_delete = ON")
            database.executescript(_SCHEMA)
            with database:
                yield database

    def _errors(self) -> AbstractContextManager[None]:
        return sqlite_errors(
            self._path,
            "read or written",
            "; if it is damaged (run `tracuu verify`), delete it; only the log is lost",
        )
