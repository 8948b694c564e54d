"""The file of the register, which the one writer of a data directory keeps up to date with the commits of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from indexer.catalog.derived import derived_errors, open_derived
from indexer.disk.sqlite.connections import transaction
from indexer.engine.protocol import EngineRequest, Snapshot
from indexer.query.values import STAFF as FOR_STAFF
from indexer.register.entry import Entry
from indexer.register.file import (
    FILE_NAME,
    PUBLIC,
    ROW,
    SCHEMA,
    STAFF,
    VERSION,
    entry_text,
    folded_value,
    read_entry,
    row_of,
    spelled,
    words_of,
)
from indexer.register.gathering import entries_of
from indexer.register.touched import touched_keys
from indexer.visible.index import VisibleIndex

COMMITS = 8
"""Number of commits that are remembered; a reader of an older one may get newer data."""
_PUT = f"INSERT INTO entries ({', '.join(ROW)}) VALUES ({', '.join('?' * len(ROW))})"
_SPELL = """INSERT INTO spellings VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET documents = documents + excluded.documents"""
_TABLES = ("entries", "texts", "words", "issuers")
_LARGE_SHARE = 0.3
"""Share of the documents: if more may have changed, all are rebuilt, which costs less per document."""


class RegisterWriter:
    """Follows the index; a file that does not belong to the previous commit is rebuilt from the whole index."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._db = open_derived(self._path, SCHEMA, VERSION)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def follow(self, after: Snapshot, before: Snapshot | None = None, ids: Collection[str] = ()) -> None:
        """Update the file to the commit ``after``, which differs from ``before`` by the articles ``ids``.

        Without ``before`` the difference is unknown. Raises StorageError, and EngineError if the index cannot be read.
        """
        with derived_errors(self._path):
            held = held_commits(self._db)
            if after.content in held[:1]:
                return
            keys = None
            if before is not None and before.content in held[:1]:
                keys = touched_keys(before, after, ids)
                (known,) = self._db.execute("SELECT count(*) FROM entries").fetchone()
                if len(keys) > _LARGE_SHARE * known and len(ids) > 1:
                    keys = None
            with transaction(self._db):
                fill(self._db, after, keys)


def held_commits(db: sqlite3.Connection) -> list[str]:
    """Return the commits that the file has contained, newest (and current) first."""
    return [content for (content,) in db.execute("SELECT content FROM commits ORDER BY n DESC")]


def fill(db: sqlite3.Connection, commit: Snapshot, keys: Collection[str] | None = None) -> None:
    """Replace the documents in the tables by those of ``commit``: all, or those with ``keys``."""
    if keys is None:
        for table in (*_TABLES, "spellings", "commits"):
            db.execute(f"DELETE FROM {table}")
    for key in keys or ():
        _forget(db, key)
    hidden = commit.search(EngineRequest(FOR_STAFF, limit=0)).total > 0
    _put(db, entries_of(VisibleIndex(commit, "public"), keys), PUBLIC if hidden else PUBLIC | STAFF)
    if hidden:
        _put(db, entries_of(VisibleIndex(commit, "staff"), keys), STAFF)
    db.execute("DELETE FROM spellings WHERE documents <= 0")
    db.execute("INSERT INTO commits (content) VALUES (?)", (commit.content,))
    db.execute("DELETE FROM commits WHERE n <= (SELECT max(n) FROM commits) - ?", (COMMITS,))


def filled(index: VisibleIndex) -> sqlite3.Connection:
    """Return tables in memory with the documents of one commit as one audience sees them."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.executescript(SCHEMA)
    with transaction(db):
        _put(db, entries_of(index), PUBLIC | STAFF)
    return db


def _put(db: sqlite3.Connection, entries: Iterable[Entry], seen: int) -> None:
    """Insert ``entries``, or make existing ones visible to a further audience."""
    for _, alike in groupby(entries, key=lambda entry: entry.key):
        for n, entry in enumerate(alike):
            text = entry_text(entry)
            same = "SELECT id FROM entries JOIN texts USING (id) WHERE key = ? AND n = ? AND entry = ?"
            there = db.execute(same, (entry.key, n, text)).fetchone() if seen == STAFF else None
            if there:
                db.execute("UPDATE entries SET seen = seen | ? WHERE id = ?", (seen, *there))
            else:
                id = db.execute(_PUT, row_of(entry, n, seen)).lastrowid
                db.execute("INSERT INTO texts VALUES (?, ?)", (id, text))
                db.execute("INSERT INTO words VALUES (?, ?)", (id, words_of(entry)))
                issuers = sorted(set(map(folded_value, entry.issuers)))
                db.executemany("INSERT INTO issuers VALUES (?, ?)", [(id, issuer) for issuer in issuers])
            _count(db, entry, seen, 1)


def _forget(db: sqlite3.Connection, key: str) -> None:
    found = "SELECT id, seen, entry FROM entries JOIN texts USING (id) WHERE key = ?"
    for id, seen, text in db.execute(found, (key,)).fetchall():
        _count(db, read_entry(text), seen, -1)
        for table in _TABLES:
            db.execute(f"DELETE FROM {table} WHERE id = ?", (id,))


def _count(db: sqlite3.Connection, entry: Entry, seen: int, by: int) -> None:
    rows = [
        (folded_value(value), value, audience, by)
        for value in spelled(entry)
        for audience in _audiences(seen)
    ]
    db.executemany(_SPELL, rows)


def _audiences(seen: int) -> Iterator[int]:
    return (audience for audience in (PUBLIC, STAFF) if seen & audience)
