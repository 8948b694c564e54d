"""Which articles are news: each gets a number when it is first seen for the public, and keeps it whatever becomes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from indexer.alerts.store.schema import AlertDatabase
from indexer.catalog.catalog import Catalog
from indexer.stored.article import unpack

_BATCH = 1_000


class News:
    """The numbers of articles. Raises StorageError, and what the catalog raises."""

    def __init__(self, database: AlertDatabase) -> None:
        self._database = database

    def catch_up(self, catalog: Catalog, until: int) -> int:
        """Number what the catalog has got up to change ``until``; return the last number.

        The first time nothing is news. An article that is changed, or is removed and comes again, keeps its number; one
        for staff has none until it is for the public.
        """
        with self._database.writing() as db:
            progress = db.execute("SELECT value FROM progress WHERE name = 'seq'").fetchone()
            # A restored catalog may be behind what was seen of it: then it is looked through anew.
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
        """Return the ids of the articles that came after number ``known``, with their numbers, in order."""
        with self._database.reading() as db:
            query = "SELECT id, n FROM articles WHERE n > ? ORDER BY n"
            return dict(db.execute(query, (max(known, 0),))) if db else {}


def _last(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(n), 0) FROM articles WHERE n > 0").fetchone()[0])


def _number(db: sqlite3.Connection, ids: Iterable[str], last: int | None) -> int:
    """Number those of ``ids`` that have none after ``last``, all with 0 where there is none."""
    for id in ids:
        n = 0 if last is None else last + 1
        added = db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (id, n)).rowcount
        if last is not None:
            last += added
    return last or 0
