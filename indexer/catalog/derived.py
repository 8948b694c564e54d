"""Files derived from the catalog alone, in SQLite beside it; they follow it by change number.

Each may be deleted; the next writer recreates it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from indexer.disk.locks import opening
from indexer.disk.sqlite import connections
from indexer.disk.sqlite.errors import sqlite_errors


def open_derived(path: Path, schema: str, version: int) -> sqlite3.Connection:
    """Open the file at ``path`` for writing; one of another ``version`` is replaced by an empty one with this ``schema``.

    Raises StorageError.
    """
    with derived_errors(path), opening(path.parent):
        database = _connect(path)
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, version):
            database.close()
            path.unlink()
            database, found = _connect(path), 0
        if found == 0:
            database.executescript(f"BEGIN; {schema} PRAGMA user_version = {version}; COMMIT;")
        return database


class DerivedStore:
    """A file to which changes are applied one by one; they become durable with :meth:`commit`.

    Its schema has a table ``applied`` with one row ``seq``, initially 0.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        self._path = path
        self._db = open_derived(path, schema, version)
        with derived_errors(path):
            self._applied = int(self._db.execute("SELECT seq FROM applied").fetchone()[0])

    @property
    def applied(self) -> int:
        """The number of the last catalog change that is durably stored here."""
        return self._applied

    def commit(self, seq: int) -> None:
        """Make the applied changes durable, up to change number ``seq``."""
        with self._writing():
            self._db.execute("UPDATE applied SET seq = max(seq, ?)", (seq,))
            self._db.execute("COMMIT")
            self._applied = max(self._applied, seq)

    def rollback(self) -> None:
        """Discard everything since the last commit."""
        with derived_errors(self._path):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file, discarding uncommitted changes."""
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Run the block in the open transaction, or in a new one."""
        with derived_errors(self._path):
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            yield


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    # Losing the last transactions does no harm: they are recreated from the catalog.
    database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file at ``path`` for reading, also in a read-only directory."""
    with derived_errors(path), connections.reading(path, with_log=True) as database:
        yield database


def applied_in(path: Path) -> int:
    """Return the number of the last catalog change in the file at ``path``, 0 if there is none; raises StorageError, DamagedError."""
    if not path.is_file():
        return 0
    with reading(path) as database:
        return int(database.execute("SELECT seq FROM applied").fetchone()[0])


def derived_errors(path: Path) -> AbstractContextManager[None]:
    """Convert SQLite errors in the block to a StorageError that says what to do."""
    return sqlite_errors(path, "read or written", "; or delete this file: it is rebuilt from the catalog")
