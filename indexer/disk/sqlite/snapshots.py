"""Databases of one directory as they are at one moment, copied while others write."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import reading_uri
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.errors import StorageError

_TRIES, _POLL = 500, 0.01
"""For a moment in which nothing is written, and the seconds in between: writers commit some times a second."""


@contextmanager
def snapshots(*sources: Path) -> Iterator[list[Snapshot]]:
    """Yield databases of one directory as they are at one moment, whatever is written meanwhile; nobody is held off.

    Raises StorageError, and DamagedError where one can't be read as a database.
    """
    for _ in range(_TRIES):
        with ExitStack() as stack:
            # While they are opened only: what takes their place then are other files.
            with opening(sources[0].parent):
                probes = [stack.enter_context(_looked_at(path)) for path in sources[:-1]]
                before = [one.version() for one in probes]
                taken = [stack.enter_context(_looked_at(path)) for path in sources]
                for one in taken:
                    one.begin()
                # Nothing was written before the last of them began.
                agree = [one.version() for one in probes] == before
            if agree:
                yield taken
                return
        time.sleep(_POLL)
    raise StorageError(
        f"{sources[0]} is being written without a pause; run the command again when fewer articles are pushed"
    )


@contextmanager
def _looked_at(path: Path) -> Iterator[Snapshot]:
    with _copy_errors(path):
        db = sqlite3.connect(reading_uri(path), uri=True, isolation_level=None)
    with closing(db):
        yield Snapshot(path, db)


class Snapshot:
    """A database as it was at one moment."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db

    def begin(self) -> None:
        """Let it be this moment."""
        with _copy_errors(self.path):
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def version(self) -> int:
        """Return a number that is another one after each change that was made elsewhere."""
        with _copy_errors(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def copy_to(self, target: Path) -> None:
        """Write a copy to the new file ``target``; raises StorageError, DamagedError."""
        with _copy_errors(self.path), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self._db.backup(copy)
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of ``source`` as it is at this moment to the new file ``target``; raises as :func:`snapshots`."""
    with snapshots(source) as (taken,):
        taken.copy_to(target)


def _copy_errors(source: Path) -> AbstractContextManager[None]:
    return sqlite_errors(source, "copied", " and run the command again", damaged="run `tracuu verify`")
