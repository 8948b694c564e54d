"""An SQLite file of log entries, written by several processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import reading, transaction
from indexer.disk.sqlite.damage import damage_of_file, differing_tables, is_unused
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.query_log.text import query_key

_LOCK_SECONDS = 10
"""Seconds to wait for another process that is writing."""


class LogFile:
    """The file; every call opens it again, since batches are seconds apart.

    Raises StorageError or HalfRestoredError.
    """

    def __init__(self, path: Path, schema: str, later: str = "", *, durable: bool = False) -> None:
        """``schema`` creates the tables, and ``later`` those that files of earlier versions lack.

        Unless it is ``durable``, a power cut may lose the last seconds, but nothing else.
        """
        self._path = path
        self._schema, self._later = schema, later
        self._durable = durable

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Make changes in one transaction, in which nobody else writes; the file is created if need be."""
        with (
            self._errors(),
            opening(self._path.parent),
            closing(sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)) as database,
        ):
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(f"PRAGMA synchronous = {'FULL' if self._durable else 'NORMAL'}")
            # Deleted data must not remain in free pages.
            database.execute("PRAGMA secure_delete = ON")
            database.executescript(self._schema + self._later)
            with transaction(database):
                yield database

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of an SQL query; none if nothing has been recorded yet.

        The query may use ``folded(text)``, which ignores case and Unicode composition.
        """
        if not self._path.is_file():
            return []
        with self._errors(), reading(self._path) as database:
            # SQLite's own lower() handles only ASCII letters.
            database.create_function("folded", 1, query_key, deterministic=True)
            return [] if is_unused(database) else database.execute(query, values).fetchall()

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file; raises StorageError if it cannot be read to the end."""
        with self._errors(), reading(self._path, with_log=True) as database:
            yield from damage_of_file(database, self._path)
            if not is_unused(database):
                yield from self._differing(database)

    def _differing(self, database: sqlite3.Connection) -> Iterator[str]:
        earlier = list(differing_tables(database, self._schema))
        if earlier and self._later:
            return differing_tables(database, self._schema + self._later)
        return iter(earlier)

    def _errors(self) -> AbstractContextManager[None]:
        return sqlite_errors(
            self._path,
            "read or written",
            "; if it is damaged (run `tracuu verify`), delete it; only the log is lost",
        )
