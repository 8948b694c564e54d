"""Which articles are news: each gets a number when first seen as public, and keeps it permanently."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from indexer.alerts.store.schema import AlertDatabase
from indexer.catalog.catalog import Catalog
from indexer.stored.article import unpack

_BATCH = 1_000


class News:
    """The numbers of articles. Raises StorageError, and the errors of the catalog."""

    def __init__(self, database: AlertDatabase) -> None:
        self._database = database

    def catch_up(self, catalog: Catalog, until: int) -> int:
        """Number the articles that the catalog has up to change ``until``; return the last number.

        On the first call, nothing is news. An article that changes, or is removed and returns, keeps its number; a staff-only
        article has none until it becomes public.
        """
        with self._database.writing() as db:
            progress = db.execute("SELECT value FROM progress WHERE name = 'seq'").fetchone()
            # A restored catalog may be older than what was seen of it; then it is scanned again.
            after = progress[0] if progress and progress[0] <= until else 0
            last = _last(db)
            while batch := [change for change in catalog.changes(after, _BATCH) if change.seq <= until]:
                records = (change.record for change in batch if change.record)
                ids = [record.id for record in records if unpack(record.stored).audience == "public"]
                last = _number(db, ids, last if progress else None)
                after = batch[-1].seq
            db.execute("INSERT OR REPLACE INTO progress VALUES ('seq', ?)", (until,))
            return last

    def since(self, known: int) -> Mapping[str, int]:
        """Return the ids of the articles after number ``known``, with their numbers, in order."""
        with self._database.reading() as db:
            query = "SELECT id, n FROM articles WHERE n > ? ORDER BY n"
            return dict(db.execute(query, (max(known, 0),))) if db else {}


def _last(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(n), 0) FROM articles WHERE n > 0").fetchone()[0])


def _number(db: sqlite3.Connection, ids: Iterable[str], last: int | None) -> int:
    """Number those of ``ids`` that have no number, starting after ``last``; all with 0 if there is none."""
    for id in ids:
        n = 0 if last is None else last + 1
        added = db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (id, n)).rowcount
        if last is not None:
            last += added
    return last or 0
