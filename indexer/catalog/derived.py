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
    return sqlite_errors(path, "read or written", ", or delete this file: it is made anew from the catalog")
