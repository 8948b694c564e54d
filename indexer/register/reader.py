"""The tables of the register for one commit: from the writer's file, or made in memory if the file belongs to another commit."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from indexer.catalog.derived import derived_errors
from indexer.disk.sqlite import connections
from indexer.register.file import FILE_NAME, VERSION
from indexer.register.writer import filled, held_commits
from indexer.visible.index import VisibleIndex

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Opens tables that do not change during the block."""
PATIENCE = 1.0
"""Seconds that a reader of a new commit waits for the writer to update the register; usually that takes some hundredths."""
FAR_PATIENCE = 10.0
"""The same where the file is a copy from another machine; usually that takes a second or two."""
_POLL = 0.02


class RegisterFile:
    """The file in a data directory; safe to use from several threads."""

    def __init__(self, data: Path, patience: float = PATIENCE) -> None:
        """``patience``: seconds to wait for the file to be updated to a new commit."""
        self._path = data / FILE_NAME
        self.patience = patience

    def is_there(self) -> bool:
        """Tell whether the file exists."""
        return self._path.is_file()

    @contextmanager
    def at(self, content: str) -> Iterator[sqlite3.Connection | None]:
        """Yield the file if it contains the commit ``content`` or a later one, unchanging during the block; otherwise None.

        Raises StorageError if it cannot be read.
        """
        if not self.is_there():
            yield None
            return
        # Opened each time, which takes some 0.2 ms, since the file may be replaced at any time.
        with derived_errors(self._path), ExitStack() as stack:
            db = stack.enter_context(connections.reading(self._path))
            db.execute("BEGIN")
            (version,) = db.execute("PRAGMA user_version").fetchone()
            yield db if version == VERSION and content in held_commits(db) else None


class RegisterTables:
    """What one audience may know about the documents of one commit; safe to use from several threads."""

    def __init__(self, file: RegisterFile, index: VisibleIndex) -> None:
        self._file = file
        self._index = index
        self._turn = threading.Lock()
        self._own: sqlite3.Connection | None = None
        self._patient = True

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the tables of the file, or tables of this commit that are built once in memory; see :data:`Reading`."""
        deadline = time.monotonic() + self._file.patience
        while True:
            with self._file.at(self._index.snapshot.content) as db:
                if db is not None:
                    yield db
                    return
            # The writer commits the index before it updates the file.
            self._patient = self._patient and self._file.is_there() and time.monotonic() < deadline
            if not self._patient:
                break
            time.sleep(_POLL)
        with self._turn:
            if self._own is None:
                self._own = filled(self._index)
            yield self._own
