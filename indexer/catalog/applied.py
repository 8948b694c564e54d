"""How far each index has followed the catalog: the number of the last change in it, its *applied* number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from indexer.catalog.database import CatalogDatabase
from indexer.catalog.format import is_whole, row_digest

_FORGET = "DELETE FROM articles INDEXED BY articles_removed WHERE removed = 1 AND seq <= (SELECT min(seq) FROM applied)"


class Applied:
    """The positions of all readers of changes: indexes, by the names of their folders, and suggestions."""

    def __init__(self, database: CatalogDatabase) -> None:
        self._database = database

    def of(self, reader: str) -> int:
        """Return the number of the last change that ``reader`` has; 0 if none, or if the record is unreliable."""
        with self._database.reading() as db:
            row = db.execute("SELECT engine, seq, digest FROM applied WHERE engine = ?", (reader,)).fetchone()
        return int(row[1]) if row and is_whole(row) else 0

    def readers(self) -> list[str]:
        """Return the names of all readers of changes."""
        with self._database.reading() as db:
            return [row[0] for row in db.execute("SELECT engine FROM applied ORDER BY engine")]

    def waiting(self, reader: str) -> int:
        """Return the number of changes that ``reader`` does not have yet."""
        with self._database.reading() as db:
            row = db.execute("SELECT count(*) FROM articles WHERE seq > ?", (self.of(reader),)).fetchone()
        return int(row[0])

    def set(self, reader: str, seq: int) -> None:
        """Record that ``reader`` has all changes up to ``seq``.

        Removed articles are forgotten once every known reader has removed them.
        """
        with self._database.writing() as db:
            _set(db, reader, seq)
            db.execute(_FORGET)

    def lower(self, readers: Iterable[str], seq: int) -> None:
        """Lower the positions of ``readers`` to at most ``seq``; later changes are applied again."""
        for reader in readers:
            if self.of(reader) > seq:
                with self._database.writing() as db:
                    _set(db, reader, seq)

    def forget(self, reader: str) -> None:
        """Forget a reader that no longer exists, so that nothing is kept for it."""
        with self._database.writing() as db:
            db.execute("DELETE FROM applied WHERE engine = ?", (reader,))

    def forget_damaged(self) -> None:
        """Forget damaged records; those readers start from the beginning."""
        with self._database.writing() as db:
            for row in db.execute("SELECT engine, seq, digest FROM applied").fetchall():
                if not is_whole(row):
                    db.execute("DELETE FROM applied WHERE engine = ?", row[:1])


def _set(db: sqlite3.Connection, reader: str, seq: int) -> None:
    db.execute(
        "INSERT OR REPLACE INTO applied (engine, seq, digest) VALUES (?, ?, ?)",
        (reader, seq, row_digest(reader, seq)),
    )
