"""Files that are made of the catalog alone, in SQLite beside it: what follows it by the numbers of its changes.

Each may be deleted: the next writer makes it anew.
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
    """Open the file at ``path`` for writing; one of another ``version`` is replaced by an empty one of this ``schema``.

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
    """A file that takes changes in one by one; they become durable with :meth:`commit`.

    Its schema has the table ``applied`` with one row ``seq``, 0 at first.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        self._path = path
        self._db = open_derived(path, schema, version)
        with derived_errors(path):
            self._applied = int(self._db.execute("SELECT seq FROM applied").fetchone()[0])

    @property
    def applied(self) -> int:
        """The number of the last change of the catalog that is held here durably."""
        return self._applied

    def commit(self, seq: int) -> None:
        """Make durable what was taken in, up to the change number ``seq``."""
        with self._writing():
            self._db.execute("UPDATE applied SET seq = max(seq, ?)", (seq,))
            self._db.execute("COMMIT")
            self._applied = max(self._applied, seq)

    def rollback(self) -> None:
        """Drop what was taken in since the last commit."""
        with derived_errors(self._path):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; what is not committed is dropped."""
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Let the block write in the open transaction, or in a new one."""
        with derived_errors(self._path):
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            yield


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    # Nothing is lost with the last transactions: they are made anew from the catalog.
    database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file at ``path`` to be read to its end, in a directory that can't be written as well."""
    with derived_errors(path), connections.reading(path, with_log=True) as database:
        yield database


def derived_errors(path: Path) -> AbstractContextManager[None]:
    """Turn what SQLite raises in the block into a StorageError that says what to do."""
    return sqlite_errors(path, "read or written", ", or delete this file; it is rebuilt from the catalog")
