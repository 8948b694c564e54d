"""The file with the memory of crawled sites."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from indexer.disk.sqlite.connections import reading_uri

FILE_NAME = "sites.sqlite3"
VERSION = 2
_BUSY_SECONDS = 30.0
SCHEMA = """
CREATE TABLE pages (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    article TEXT,                  -- id of the article that the page is
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL DEFAULT x'',
    links BLOB NOT NULL,           -- JSON under zlib, as are the documents
    documents BLOB NOT NULL,
    same_as TEXT NOT NULL DEFAULT '',  -- key of the page that it is another address of
    visited REAL NOT NULL,         -- seconds since 1970; 0: never
    gone_since REAL,               -- when it was first found gone, and when last
    gone_last REAL,
    PRIMARY KEY (source, key)
) STRICT;
CREATE INDEX pages_by_article ON pages (source, article) WHERE article IS NOT NULL;
CREATE TABLE files (
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (source, address)
) STRICT;
CREATE TABLE runs (source TEXT PRIMARY KEY, started REAL NOT NULL, ended REAL, said TEXT NOT NULL) STRICT;
"""


def opened_for_writing(path: Path) -> sqlite3.Connection:
    """Open the file, creating it if necessary; the memory of another version is dropped."""
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    # Losing the last transactions only means fetching a few pages again.
    db.execute("PRAGMA synchronous = NORMAL")
    if (found := db.execute("PRAGMA user_version").fetchone()[0]) not in (0, VERSION):
        for name in ("pages", "files", "runs"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
    if found != VERSION:
        db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    return db


def opened_for_reading(path: Path) -> sqlite3.Connection:
    """Open the existing file."""
    return sqlite3.connect(reading_uri(path), uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
