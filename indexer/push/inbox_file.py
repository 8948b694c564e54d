"""The file of the inbox: its tables, opening it, and checking it for damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from indexer.catalog.format import is_whole, row_digest
from indexer.disk.sqlite.connections import transaction
from indexer.disk.sqlite.damage import damage_of_file, differing_tables, is_unused
from indexer.errors import StorageError

FILE_NAME = "inbox.sqlite3"
VERSION = 3
_BUSY_SECONDS = 10.0
_FIRST = """
CREATE TABLE pushes (
    task INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    files INTEGER NOT NULL,        -- whether it has attachments, which may take long to read
    body BLOB,                     -- JSON as it was sent, under zlib; NULL for a deletion and once it is done
    accepted REAL NOT NULL,        -- seconds since 1970
    finished REAL,
    result TEXT,
    problems TEXT NOT NULL DEFAULT '[]',
    written BLOB NOT NULL DEFAULT x''  -- digest of the first six columns as they were accepted
) STRICT;
CREATE INDEX pushes_by_slug ON pushes (slug, task);
CREATE INDEX pushes_waiting ON pushes (files, task) WHERE finished IS NULL;
CREATE INDEX pushes_finished ON pushes (finished) WHERE finished IS NOT NULL;
"""
_SECOND = """
CREATE TABLE bulks (
    task INTEGER PRIMARY KEY,      -- of the numbers of pushes
    accepted REAL NOT NULL,
    key TEXT,                      -- the id of the key it was sent with
    written BLOB NOT NULL          -- digest of the columns before it
) STRICT;
CREATE TABLE sent (                -- how a push came
    task INTEGER PRIMARY KEY,
    key TEXT,
    bulk INTEGER,                  -- NULL where it came alone
    line INTEGER,
    id TEXT,
    written BLOB NOT NULL          -- digest of the columns before it
) STRICT;
CREATE INDEX sent_by_bulk ON sent (bulk, task) WHERE bulk IS NOT NULL;
"""
_SCHEMA = _FIRST + _SECOND
_ADDED = {0: _SCHEMA, 1: _SECOND, 2: f"DROP TABLE sent;\nDROP TABLE bulks;\n{_SECOND}"}
"""Statements that upgrade each older version."""
ROW = "task, slug, kind, digest, files, body"
"""The columns of ``pushes`` covered by the digest ``written``."""
BULK = "task, accepted, key"
SENT = "task, key, bulk, line, id"
"""Those of ``bulks`` and ``sent``."""


def whole(columns: str, table: str) -> str:
    """Return SQL for a row of ``bulks`` or ``sent`` being undamaged; in a damaged one, the key could be anyone's."""
    return f"{table}.written = row_digest({', '.join(f'{table}.{name}' for name in columns.split(', '))})"


def connect(path: Path) -> sqlite3.Connection:
    """Open the inbox at ``path``, creating it if necessary; raises StorageError if another version wrote it."""
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.create_function("row_digest", -1, row_digest, deterministic=True)
    with transaction(db):
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found in _ADDED:
            for statement in _ADDED[found].split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
    if found not in (*_ADDED, VERSION):
        db.close()
        raise StorageError(
            f"{path} has version {found}, but this program reads {VERSION}; let the program that wrote it"
            " finish the waiting changes, then delete the file"
        )
    return db


def damage_of_inbox(db: sqlite3.Connection, path: Path) -> Iterator[str]:
    """Yield all damage: of the file, its tables, and the waiting changes."""
    yield from damage_of_file(db, path)
    if is_unused(db):
        return
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in (1, 2, VERSION):
        yield f"it has version {version}, not {VERSION}"
    if version in (1, VERSION):
        yield from differing_tables(db, _FIRST if version == 1 else _SCHEMA)
    for *row, written in db.execute(f"SELECT {ROW}, written FROM pushes WHERE finished IS NULL"):
        if row_digest(*row) != written:
            yield f"waiting task {row[0]} is damaged"
    for columns, table in ((BULK, "bulks"), (SENT, "sent")) if version == VERSION else ():
        for row in db.execute(f"SELECT {columns}, written FROM {table}"):
            if not is_whole(row):
                yield f"the record of who sent task {row[0]} is damaged; keys limited to one source can't read that task"
