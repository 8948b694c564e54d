"""The catalog: every accepted article and attachment text, the truth that indexes are built from.

SQLite in WAL mode with ``synchronous=FULL``: once :meth:`Catalog.accept` returns, the articles
survive a power cut. Every change gets the next number of one sequence; an engine's *applied*
number says up to where its index holds the changes, so what lies beyond is replayed.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import EngineError, StorageError
from indexer.extract.report import (
    extraction_from_json,
    extraction_to_json,
    ocr_page_from_json,
    ocr_page_to_json,
)
from indexer.model import Extraction, OcrPage

FILE_NAME = "catalog.sqlite3"
VERSION = 2
_BUSY_SECONDS = 30.0
_PAGE = 16384
"""Bytes of a page: articles of some kB leave less of it unused than of the usual 4096."""
_MANY = 500
"""Parameters of one statement; SQLite allows at least 999."""

_CHANGE = "SELECT seq, id, place, hash, removed, second, stored, extra FROM articles"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    seq INTEGER PRIMARY KEY,       -- number of its last change
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,           -- the source it came from, for --prune
    hash BLOB NOT NULL,            -- digest of the content as the source gave it
    removed INTEGER NOT NULL DEFAULT 0,
    second INTEGER,                -- publication, seconds since 1970 UTC
    stored BLOB,                   -- indexer.stored; NULL once removed
    extra TEXT                     -- JSON of input keys that mean nothing here
) STRICT;
CREATE TABLE IF NOT EXISTS files (
    sha256 TEXT PRIMARY KEY,
    extraction BLOB NOT NULL       -- JSON under zlib
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ocr_pages (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    result BLOB NOT NULL,          -- JSON under zlib; kept only until all pages of the file are read
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
    engine TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One accepted article."""

    id: str
    place: str
    hash: bytes
    stored: bytes
    second: int | None = None
    extra: str | None = None
    files: tuple[tuple[int, str], ...] = ()
    """``(n, sha256)`` of the attachments whose bytes are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to an article last; ``record`` is None where it was removed."""

    seq: int
    id: str
    record: Record | None


class Catalog:
    """One connection; used by one thread of one process, several processes may hold one each.

    Every method raises StorageError where the disk is full, read-only or not permitted, and
    EngineError where the file is damaged.
    """

    def __init__(self, data: Path, create: bool = False) -> None:
        self._path = data / FILE_NAME
        with self._errors("opened"):
            if create:
                data.mkdir(parents=True, exist_ok=True)
            elif not self._path.is_file():
                raise EngineError(
                    f"{data} holds no catalog yet; make one with: tracuu index PATH --data {data}"
                )
            self._db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._db.execute(f"PRAGMA page_size = {_PAGE}")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, VERSION):
                raise EngineError(
                    f"{self._path} was written as version {found}, this program reads {VERSION};"
                    " use the program that wrote it, or index into another --data"
                )
            if found == 0:
                self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def known(self, ids: Sequence[str]) -> dict[str, tuple[bytes, str]]:
        """Return content hash and place of those of ``ids`` that are accepted and not removed."""
        found: dict[str, tuple[bytes, str]] = {}
        with self._errors("read"):
            for some in _chunks(ids):
                rows = self._db.execute(
                    f"SELECT id, hash, place FROM articles WHERE removed = 0 AND id IN ({_marks(some)})", some
                )
                found.update((id, (digest, place)) for id, digest, place in rows)
        return found

    def accept(self, records: Sequence[Record]) -> int:
        """Store ``records`` durably as one transaction; return the last number given."""
        with self._errors("written"), self._transaction():
            seq = self._last()
            for record in records:
                seq += 1
                self._db.execute(
                    "INSERT OR REPLACE INTO articles (id, place, hash, seq, removed, second, stored, extra)"
                    " VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
                    (record.id, record.place, record.hash, seq, record.second, record.stored, record.extra),
                )
                self._db.execute("DELETE FROM article_files WHERE article = ?", (record.id,))
                self._db.executemany(
                    "INSERT INTO article_files VALUES (?, ?, ?)",
                    [(record.id, n, sha256) for n, sha256 in record.files],
                )
            return seq

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Mark ``ids`` as removed, durably; return those that were there."""
        gone = []
        with self._errors("written"), self._transaction():
            seq = self._last()
            for id in ids:
                changed = self._db.execute(
                    "UPDATE articles SET removed = 1, stored = NULL, extra = NULL, seq = ?"
                    " WHERE id = ? AND removed = 0",
                    (seq + 1, id),
                ).rowcount
                if changed:
                    seq += 1
                    gone.append(id)
                    self._db.execute("DELETE FROM article_files WHERE article = ?", (id,))
        return gone

    def ids(self, place: str | None = None) -> Iterator[str]:
        """Yield the ids of all articles, or of those from ``place``."""
        where, values = ("AND place = ?", (place,)) if place is not None else ("", ())
        with self._errors("read"):
            query = f"SELECT id FROM articles WHERE removed = 0 {where} ORDER BY id"
            yield from (row[0] for row in self._db.execute(query, values).fetchall())

    def stored(self) -> Iterator[bytes]:
        """Yield the stored form of all articles."""
        with self._errors("read"):
            for row in self._db.execute("SELECT stored FROM articles WHERE removed = 0"):
                yield row[0]

    def numbered(self, seq: int) -> bytes | None:
        """Return the stored form of the article whose last change has this number; None where it changed again."""
        with self._errors("read"):
            row = self._db.execute(
                "SELECT stored FROM articles WHERE seq = ? AND removed = 0", (seq,)
            ).fetchone()
        return row[0] if row else None

    def record(self, id: str) -> Record | None:
        """Return what was accepted of the article ``id``."""
        with self._errors("read"):
            row = self._db.execute(f"{_CHANGE} WHERE id = ?", (id,)).fetchone()
            return self._change(row).record if row else None

    def count(self) -> int:
        """Return the number of articles."""
        with self._errors("read"):
            return int(self._db.execute("SELECT count(*) FROM articles WHERE removed = 0").fetchone()[0])

    # What an index holds ---------------------------------------------------------------------

    def applied(self, engine: str) -> int:
        """Return the number of the last change that the index of ``engine`` holds; 0 for none."""
        with self._errors("read"):
            row = self._db.execute("SELECT seq FROM applied WHERE engine = ?", (engine,)).fetchone()
        return int(row[0]) if row else 0

    def set_applied(self, engine: str, seq: int) -> None:
        """Remember that the index of ``engine`` holds all changes up to ``seq``.

        Removed articles that every known engine has forgotten are forgotten here, too.
        """
        with self._errors("written"), self._transaction():
            self._db.execute("INSERT OR REPLACE INTO applied VALUES (?, ?)", (engine, seq))
            self._db.execute(
                "DELETE FROM articles WHERE removed = 1 AND seq <= (SELECT min(seq) FROM applied)"
            )

    def waiting(self, engine: str) -> int:
        """Return how many changes the index of ``engine`` does not hold yet."""
        with self._errors("read"):
            row = self._db.execute(
                "SELECT count(*) FROM articles WHERE seq > coalesce((SELECT seq FROM applied WHERE engine = ?), 0)",
                (engine,),
            ).fetchone()
        return int(row[0])

    def last(self) -> int:
        """Return the number of the last change."""
        with self._errors("read"):
            return self._last()

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return up to ``limit`` changes later than number ``after``, in order."""
        with self._errors("read"):
            rows = self._db.execute(
                f"{_CHANGE} WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
            ).fetchall()
            return [self._change(row) for row in rows]

    def _change(self, row: tuple[int, str, str, bytes, int, int | None, bytes, str | None]) -> Change:
        seq, id, place, digest, removed, second, stored, extra = row
        if removed:
            return Change(seq, id, None)
        files = self._db.execute("SELECT n, sha256 FROM article_files WHERE article = ? ORDER BY n", (id,))
        return Change(seq, id, Record(id, place, digest, stored, second, extra, tuple(files.fetchall())))

    # Attachments -----------------------------------------------------------------------------

    def extraction(self, sha256: str) -> Extraction | None:
        """Return what was read from the file with this digest, None if it was not read yet."""
        with self._errors("read"):
            row = self._db.execute("SELECT extraction FROM files WHERE sha256 = ?", (sha256,)).fetchone()
        return extraction_from_json(_unpacked(row[0])) if row else None

    def extractions(self) -> Iterator[tuple[str, Extraction]]:
        """Yield the digest of every file that was read, and what was read."""
        with self._errors("read"):
            for sha256, packed in self._db.execute("SELECT sha256, extraction FROM files").fetchall():
                yield sha256, extraction_from_json(_unpacked(packed))

    def carriers(self, digests: Collection[str]) -> list[str]:
        """Return the ids of the articles that carry one of these files, in order."""
        found: set[str] = set()
        with self._errors("read"):
            for some in _chunks(sorted(digests)):
                rows = self._db.execute(
                    f"SELECT DISTINCT article FROM article_files WHERE sha256 IN ({_marks(some)})", some
                )
                found.update(row[0] for row in rows)
        return sorted(found)

    def keep_extraction(self, sha256: str, extraction: Extraction) -> None:
        """Store what was read from a file, so that it is read only once."""
        packed = _packed(extraction_to_json(extraction))
        with self._errors("written"), self._transaction():
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (sha256, packed))
            self._db.execute("DELETE FROM ocr_pages WHERE sha256 = ?", (sha256,))

    def ocr_pages(self, sha256: str) -> dict[int, OcrPage]:
        """Return the pages of a file that OCR has read so far."""
        with self._errors("read"):
            rows = self._db.execute("SELECT page, result FROM ocr_pages WHERE sha256 = ?", (sha256,))
            return {page: ocr_page_from_json(_unpacked(packed)) for page, packed in rows}

    def keep_ocr_page(self, sha256: str, number: int, page: OcrPage) -> None:
        """Store one page, so that a run that is stopped goes on behind it."""
        packed = _packed(ocr_page_to_json(page))
        with self._errors("written"):
            self._db.execute("INSERT OR REPLACE INTO ocr_pages VALUES (?, ?, ?)", (sha256, number, packed))

    def forget_unused_files(self) -> list[str]:
        """Forget the texts of files that no article carries; return their digests."""
        unused = "sha256 NOT IN (SELECT sha256 FROM article_files)"
        with self._errors("written"), self._transaction():
            gone = [row[0] for row in self._db.execute(f"SELECT sha256 FROM files WHERE {unused}")]
            self._db.execute(f"DELETE FROM files WHERE {unused}")
        return gone

    def _last(self) -> int:
        row = self._db.execute(
            "SELECT max((SELECT coalesce(max(seq), 0) FROM articles), (SELECT coalesce(max(seq), 0) FROM applied))"
        ).fetchone()
        return int(row[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"{self._path} can't be {doing}: {error};"
                " free space or mend permissions and run the command again, nothing accepted is lost"
            ) from error
        except sqlite3.DatabaseError as error:
            raise EngineError(
                f"{self._path} is damaged ({error}); restore it from a backup, or delete the data directory"
                " and index the sources again"
            ) from error
        except OSError as error:
            raise StorageError(f"{self._path} can't be {doing}: {error.strerror or error}") from error


def _packed(values: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
