"""The tables of alerts, and how their file is opened: for its owner only, and what is deleted is overwritten."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.disk.locks import opening
from indexer.disk.sqlite import connections
from indexer.disk.sqlite.connections import ConnectionPerThread, transaction
from indexer.disk.sqlite.damage import damage_of_file, differing_tables, is_unused
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.errors import StorageError

FILE_NAME = "alerts.sqlite3"
VERSION = 1
_BUSY_SECONDS = 30.0
_PRIVATE = 0o600
SCHEMA = """
CREATE TABLE recipients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,              -- mail or webhook
    digest BLOB NOT NULL UNIQUE,     -- keyed, of the address: what it is found by
    address BLOB NOT NULL,           -- sealed
    secret BLOB,                     -- of a webhook, sealed
    refused INTEGER NOT NULL DEFAULT 0, -- times in a row that its server said it is not there
    paused INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient INTEGER NOT NULL REFERENCES recipients ON DELETE CASCADE,
    query TEXT NOT NULL,             -- the parameters of the search, as its address has them
    language TEXT NOT NULL,
    rhythm TEXT NOT NULL,            -- now, daily or weekly
    asked INTEGER NOT NULL,          -- seconds since 1970, as all times here
    confirmed INTEGER,               -- NULL until its recipient has said yes
    known INTEGER NOT NULL DEFAULT 0, -- number of the last article that it was matched against
    due INTEGER NOT NULL DEFAULT 0,  -- when it is to be matched next
    sent INTEGER,                    -- when something was sent last
    leave BLOB NOT NULL              -- the token by which it is left, sealed: every mail has it
) STRICT;
CREATE INDEX alerts_of ON alerts (recipient);
CREATE INDEX alerts_due ON alerts (due) WHERE confirmed IS NOT NULL;
CREATE INDEX alerts_unconfirmed ON alerts (asked) WHERE confirmed IS NULL;
CREATE TABLE tokens (
    digest BLOB PRIMARY KEY,         -- SHA-256 of a token, which is kept nowhere
    purpose TEXT NOT NULL,           -- confirm or leave: it does nothing else
    alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_of ON tokens (alert);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,       -- of the message, the same whenever it is planned
    alert INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE,
    kind TEXT NOT NULL,              -- confirm or news
    articles TEXT NOT NULL,          -- JSON: ids of those that are shown
    total INTEGER NOT NULL,
    made INTEGER NOT NULL,
    sending INTEGER NOT NULL DEFAULT 0, -- whether it was being handed over
    tries INTEGER NOT NULL DEFAULT 0,
    retry INTEGER NOT NULL DEFAULT 0 -- when it is to be tried
) STRICT;
CREATE INDEX outbox_of ON outbox (alert);
CREATE INDEX outbox_kind ON outbox (kind, id);
CREATE TABLE counts (
    day INTEGER NOT NULL,            -- days since 1970
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,            -- keyed, of the address or the client, with the day
    n INTEGER NOT NULL,
    PRIMARY KEY (day, kind, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,             -- every article that was ever seen for the public
    n INTEGER NOT NULL               -- in the order in which they came; 0: there before alerts were
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_new ON articles (n) WHERE n > 0;
CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE needs (
    query TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,             -- of what it was read with
    day INTEGER NOT NULL,            -- days since 1970 on which it was read
    needs TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;
"""


class AlertDatabase:
    """The file; safe to use from several threads and processes. Every method raises StorageError."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.path = data / FILE_NAME
        self._connections = ConnectionPerThread(self.path, _connect)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Let the block write in one transaction, durably; the file is made where there is none."""
        with self._errors(), opening(self.data), transaction(db := self._connections.current()):
            yield db

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Let the block read; None where there is no file yet."""
        if not self.path.is_file():
            yield None
            return
        with self._errors(), opening(self.data):
            yield self._connections.current()

    def close(self) -> None:
        """Close the connection of this thread."""
        self._connections.close()

    def damage(self) -> Iterator[str]:
        """Yield what is wrong with the file; raises StorageError where it can't be read to its end."""
        with self._errors(), connections.reading(self.path, with_log=True) as db:
            yield from damage_of_file(db, self.path)
            if not is_unused(db):
                yield from differing_tables(db, SCHEMA)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with sqlite_errors(
            self.path, "read or written", "; if it is damaged (run `tracuu verify`), restore it"
        ):
            yield


def _connect(path: Path) -> sqlite3.Connection:
    # SQLite gives its log the permissions of the file itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    # Who leaves is not left in free pages.
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA foreign_keys = ON")
    with transaction(db):
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            for statement in SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
    if found not in (0, VERSION):
        db.close()
        raise StorageError(
            f"{path} has version {found}, but this program reads {VERSION}; use the program that wrote it"
        )
    return db
