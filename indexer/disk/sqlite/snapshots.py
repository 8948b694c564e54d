"""Consistent copies of several databases in a directory while others write."""

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
"""Number of attempts to find a moment without writes, and the seconds between them: writers commit several times a second."""


@contextmanager
def snapshots(*sources: Path) -> Iterator[list[Snapshot]]:
    """Yield databases of one directory in their state at one point in time; writers are not held up.

    Raises StorageError, and DamagedError if one is not readable as a database.
    """
    for _ in range(_TRIES):
        with ExitStack() as stack:
            # Only while they are opened: later replacements are different files.
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
    """A database at one point in time."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db

    def begin(self) -> None:
        """Set the point in time to now."""
        with _copy_errors(self.path):
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def version(self) -> int:
        """Return a number that differs after each change made elsewhere."""
        with _copy_errors(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def copy_to(self, target: Path) -> None:
        """Write a copy to the new file ``target``; raises StorageError or DamagedError."""
        with _copy_errors(self.path), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self._db.backup(copy)
            # A single file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")


def copy_database(source: Path, target: Path) -> None:
    """Write a copy of ``source`` in its current state to the new file ``target``; raises as :func:`snapshots`."""
    with snapshots(source) as (taken,):
        taken.copy_to(target)


def _copy_errors(source: Path) -> AbstractContextManager[None]:
    return sqlite_errors(source, "copied", " and run the command again", damaged="run `tracuu verify`")
