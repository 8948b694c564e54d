"""How the catalog is laid out: its tables, the digest that every row carries, and older versions."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from indexer.disk.sqlite.connections import transaction
from indexer.errors import EngineError

FILE_NAME = "catalog.sqlite3"
VERSION = 5
PAGE = 16384
"""Bytes of a page: articles of some kB leave less of it unused than of the usual 4096."""
_DIGEST_BYTES = 8
"""A damaged row goes unnoticed once in 2^64."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    seq INTEGER PRIMARY KEY,       -- number of its last change
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,           -- the source it came from, for --prune
    hash BLOB NOT NULL,            -- digest of the content as the source gave it
    removed INTEGER NOT NULL DEFAULT 0,
    second INTEGER,                -- publication, seconds since 1970 UTC
    stored BLOB,                   -- indexer.stored.article; NULL once removed
    extra TEXT,                    -- JSON of input keys that mean nothing here
    digest BLOB NOT NULL DEFAULT x'' -- of the columns before it and of its rows of article_files
) STRICT;
CREATE TABLE IF NOT EXISTS files (
    sha256 TEXT PRIMARY KEY,
    extraction BLOB NOT NULL,      -- JSON under zlib
    digest BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ocr_pages (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    result BLOB NOT NULL,          -- JSON under zlib; kept only until all pages of the file are read
    digest BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (sha256, page)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article_files (
    article TEXT NOT NULL,
    n INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_files_by_sha256 ON article_files (sha256);
CREATE TABLE IF NOT EXISTS applied (
    engine TEXT PRIMARY KEY,       -- an index by the name of its folder, or another reader of the changes
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS also_held (
    article TEXT NOT NULL,
    place TEXT NOT NULL,           -- a source that has the article, too, beside the one that it came from last
    digest BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moved (
    place TEXT NOT NULL,
    path TEXT NOT NULL,            -- where the file of an article lies now, whose id is where it lay first
    article TEXT NOT NULL,
    digest BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (place, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
    source TEXT PRIMARY KEY,       -- a source of the settings, by its name
    result TEXT NOT NULL,          -- JSON: when it was read last, and what came of it
    digest BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
"""

FILES_OF = (
    "(SELECT group_concat(n || ':' || sha256) FROM"
    " (SELECT n, sha256 FROM article_files WHERE article = articles.id ORDER BY n))"
)
"""The files of an article as SQL, for its digest; :func:`files_text` is the same of values."""
DIGESTED = {
    "articles": f"seq, id, place, hash, removed, second, stored, extra, {FILES_OF}",
    "files": "sha256, extraction",
    "ocr_pages": "sha256, page, result",
    "applied": "engine, seq",
    "also_held": "article, place",
    "moved": "place, path, article",
    "runs": "source, result",
}
"""What the digest of a row is of, by table. Rows of ``article_files`` are covered by their article."""


def row_digest(*values: bytes | str | float | None) -> bytes:
    """Return the digest of a row: BLAKE2b of its values, each with its kind and length before it."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for value in values:
        if isinstance(value, bytes):
            kind, content = b"b", value
        else:
            kind, content = (b"n", b"") if value is None else (b"t", str(value).encode())
        digest.update(b"%b%d:" % (kind, len(content)))
        digest.update(content)
    return digest.digest()


def is_whole(row: Sequence[Any]) -> bool:
    """Tell whether a row is as it was written; its digest is its last column."""
    return bool(row_digest(*row[:-1]) == row[-1])


def files_text(files: Iterable[tuple[int, str]]) -> str | None:
    """Return ``(n, sha256)`` in order as one text, None for none."""
    return ",".join(f"{n}:{sha256}" for n, sha256 in files) or None


def prepare(db: sqlite3.Connection, path: Path) -> None:
    """Give a new catalog its tables, bring one of version 2 to 4 up to date, in one transaction.

    Raises EngineError where another version wrote it.
    """
    found = _version(db)
    if found == VERSION:
        return
    if found not in _CHANGES:
        raise EngineError(
            f"{path} has version {found}, but this program reads {VERSION};"
            " use the program that wrote it, or another --data"
        )
    with transaction(db):
        # Another process may have been faster.
        if _version(db) == found:
            _CHANGES[found](db)
            db.execute(f"PRAGMA user_version = {VERSION}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _create(db: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";\n"):
        db.execute(statement)


def _add_digests(db: sqlite3.Connection) -> None:
    """Version 2 had no digests: what is there now is taken for what was written."""
    db.create_function("row_digest", -1, row_digest, deterministic=True)
    for table in ("articles", "files", "ocr_pages", "applied"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN digest BLOB NOT NULL DEFAULT x''")
        db.execute(f"UPDATE {table} SET digest = row_digest({DIGESTED[table]})")
    _create(db)


_CHANGES: dict[int, Callable[[sqlite3.Connection], None]] = {
    0: _create,
    2: _add_digests,
    3: _create,
    4: _create,
}
"""From a version to ours; version 3 lacked tables, and what is under zstd since 5 was under zlib, which is read as well."""
