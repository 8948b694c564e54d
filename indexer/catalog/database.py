"""The open file of a catalog, and what goes wrong with it told as our errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from indexer.catalog.format import FILE_NAME, PAGE, prepare
from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import reading_uri, transaction
from indexer.disk.sqlite.errors import CANT_WRITE, primary_code, sqlite_errors
from indexer.errors import EngineError

HALF_COPIED = "restoring"
"""The folder in a data directory that a restore makes a whole new one in, of no consequence before it is whole."""
_BUSY_SECONDS = 30.0
_MANY = 500
"""Parameters of one statement; SQLite allows at least 999."""


class CatalogDatabase:
    """One connection, in a directory that can't be written as well.

    Each block raises StorageError where the disk is full, read-only or not permitted, DamagedError where the file is
    not what was written.
    """

    def __init__(self, data: Path, create: bool = False) -> None:
        """Open the catalog in ``data``; raises EngineError where there is none and none is to be created."""
        self.path = data / FILE_NAME
        with self._errors("opened"):
            if create:
                data.mkdir(parents=True, exist_ok=True)
            with opening(data):
                if not create and not self.path.is_file():
                    begun = (data / HALF_COPIED).is_dir()
                    raise EngineError(
                        f"{data} has no catalog yet; "
                        + ("run the interrupted `tracuu restore` again, or " if begun else "")
                        + f"create one with: tracuu index PATH --data {data}"
                    )
                self._db = _connected(self.path)
                prepare(self._db, self.path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read in the block."""
        with self._errors("read"):
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in the block, durably and as one transaction."""
        with self._errors("written"), transaction(self._db):
            yield self._db

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _errors(self, doing: str) -> AbstractContextManager[None]:
        return sqlite_errors(
            self.path,
            doing,
            ", then run the command again; no accepted article is lost",
            "restore it from a backup, or delete the data directory and index the sources again",
        )


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        db.execute(f"PRAGMA page_size = {PAGE}")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
    except sqlite3.OperationalError as error:
        db.close()
        if primary_code(error) not in CANT_WRITE or not path.is_file():
            raise
        db = sqlite3.connect(reading_uri(path), uri=True, isolation_level=None)
    return db


def in_parts(values: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Yield ``values`` in parts that fit into one statement, each with its question marks."""
    for start in range(0, len(values), _MANY):
        part = values[start : start + _MANY]
        yield part, ", ".join("?" * len(part))
