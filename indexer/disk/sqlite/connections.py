"""Connections to SQLite files: read-only ones, one per thread, and transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.disk.locks import opening

Connection = sqlite3.Connection
SQLITE_VERSION = sqlite3.sqlite_version_info


def reading_uri(path: Path) -> str:
    """Return the URI with which SQLite only reads ``path``, even in a read-only folder."""
    log = Path(f"{path}-wal")
    # Without a log, nobody has it open, so it can be read without the locks that a read-only folder does not allow.
    locked = os.access(path.parent, os.W_OK) or (log.is_file() and log.stat().st_size > 0)
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if locked else "&immutable=1")


@contextmanager
def reading(path: Path, with_log: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the database ``path`` of a data directory for reading only, even if the directory is read-only.

    ``with_log``: the content of its log may be merged if possible. Raises the SQLite error, HalfRestoredError or StorageError.
    """
    whole = with_log and os.access(path.parent, os.W_OK)
    uri = f"{path.absolute().as_uri()}?mode=rw" if whole else reading_uri(path)
    with opening(path.parent), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db:
        yield db


class ConnectionPerThread:
    """Keeps one connection per thread to the file that is currently at ``path``; a file that replaced it is opened instead.

    ``connect`` opens the file at a path; it must not reference the owner of this object, with which the connections are closed.
    """

    def __init__(self, path: Path, connect: Callable[[Path], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._local = threading.local()

    def current(self) -> sqlite3.Connection:
        """Return the connection of this thread; raises the errors of ``connect``."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        # Before opening: if another file appears in between, the next call opens that one.
        file = self._identity()
        if db is None or file != self._local.file:
            self.close()
            db = self._local.db = self._connect(self._path)
            self._local.file = file
        return db

    def close(self) -> None:
        """Close the connection of this thread."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is not None:
            self._local.db = None
            db.close()

    def _identity(self) -> tuple[int, int] | None:
        """Return what distinguishes files with this name, None if there is none."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run the statements of the block in one transaction; ``db`` starts none by itself."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
