"""What each index holds of the catalog: the number of the last change in it, its *applied* number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from indexer.catalog.database import CatalogDatabase
from indexer.catalog.format import is_whole, row_digest

_FORGET = "DELETE FROM articles INDEXED BY articles_removed WHERE removed = 1 AND seq <= (SELECT min(seq) FROM applied)"


class Applied:
    """How far the readers of the changes are: indexes by the names of their folders, and suggestions."""

    def __init__(self, database: CatalogDatabase) -> None:
        self._database = database

    def of(self, reader: str) -> int:
        """Return the number of the last change that ``reader`` holds; 0 for none, and where it can't be relied on."""
        with self._database.reading() as db:
            row = db.execute("SELECT engine, seq, digest FROM applied WHERE engine = ?", (reader,)).fetchone()
        return int(row[1]) if row and is_whole(row) else 0

    def readers(self) -> list[str]:
        """Return the names of all that follow the changes."""
        with self._database.reading() as db:
            return [row[0] for row in db.execute("SELECT engine FROM applied ORDER BY engine")]

    def waiting(self, reader: str) -> int:
        """Return how many changes ``reader`` does not hold yet."""
        with self._database.reading() as db:
            row = db.execute("SELECT count(*) FROM articles WHERE seq > ?", (self.of(reader),)).fetchone()
        return int(row[0])

    def set(self, reader: str, seq: int) -> None:
        """Remember that ``reader`` holds all changes up to ``seq``.

        Removed articles that every known reader has forgotten are forgotten here, too.
        """
        with self._database.writing() as db:
            _set(db, reader, seq)
            db.execute(_FORGET)

    def lower(self, readers: Iterable[str], seq: int) -> None:
        """Let none of ``readers`` hold more than the changes up to ``seq``: what lies beyond is put once more."""
        for reader in readers:
            if self.of(reader) > seq:
                with self._database.writing() as db:
                    _set(db, reader, seq)

    def forget(self, reader: str) -> None:
        """Forget a reader that is gone: nothing is kept for it any more."""
        with self._database.writing() as db:
            db.execute("DELETE FROM applied WHERE engine = ?", (reader,))

    def forget_damaged(self) -> None:
        """Forget what is not as it was written: those readers begin anew."""
        with self._database.writing() as db:
            for row in db.execute("SELECT engine, seq, digest FROM applied").fetchall():
                if not is_whole(row):
                    db.execute("DELETE FROM applied WHERE engine = ?", row[:1])


def _set(db: sqlite3.Connection, reader: str, seq: int) -> None:
    db.execute(
        "INSERT OR REPLACE INTO applied (engine, seq, digest) VALUES (?, ?, ?)",
        (reader, seq, row_digest(reader, seq)),
    )
