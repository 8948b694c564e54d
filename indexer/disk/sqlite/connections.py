"""Files of SQLite as files: copied while others write, and whether they are what SQLite wrote."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.disk.locks import opening

SQLITE_VERSION = sqlite3.sqlite_version_info


def reading_uri(path: Path) -> str:
    """Return the address by which SQLite reads ``path`` and never writes, where its folder can't be written as well."""
    log = Path(f"{path}-wal")
    # Without a log nobody has it open, so it may be read without the locks that can't be made there.
    locked = os.access(path.parent, os.W_OK) or (log.is_file() and log.stat().st_size > 0)
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if locked else "&immutable=1")


@contextmanager
def reading(path: Path, with_log: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the database ``path``, of a data directory, for reading only, where that can't be written as well.

    ``with_log``: what its log holds may be taken in, where that can be. Raises what SQLite does, HalfRestoredError and StorageError.
    """
    whole = with_log and os.access(path.parent, os.W_OK)
    uri = f"{path.absolute().as_uri()}?mode=rw" if whole else reading_uri(path)
    with opening(path.parent), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db:
        yield db


class ConnectionPerThread:
    """Keeps a connection of each thread to the file that is at ``path`` now: one that took its place is opened anew.

    ``connect`` opens the file at a path; it must not hold the owner of this, with which the connections are closed.
    """

    def __init__(self, path: Path, connect: Callable[[Path], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._local = threading.local()

    def current(self) -> sqlite3.Connection:
        """Return the connection of this thread; raises what ``connect`` does."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        # Before it is opened: where another file comes in between, the next call opens that.
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
        """Return what tells one file of this name from another, None where there is none."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Let the statements of the block be written together or not at all; ``db`` makes no transactions by itself."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
