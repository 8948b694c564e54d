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

from indexer.catalog.damage import Damage, damage_of_catalog
from indexer.catalog.format import FILE_NAME, PAGE, files_text, prepare, row_digest
from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import SQLITE_ERRORS, reading_uri, transaction
from indexer.errors import DamagedError, EngineError, StorageError
from indexer.model import Extraction, FileState, OcrPage
from indexer.stored.extraction import (
    extraction_from_json,
    extraction_to_json,
    ocr_page_from_json,
    ocr_page_to_json,
)

__all__ = ["FILE_NAME", "SQLITE_VERSION", "Catalog", "Change", "Record"]
SQLITE_VERSION = sqlite3.sqlite_version_info
HALF_COPIED = "restoring"
"""The folder in a data directory that a restore makes a whole new one in, of no consequence before it is whole."""
_BUSY_SECONDS = 30.0
_MANY = 500
"""Parameters of one statement; SQLite allows at least 999."""
_CANT_WRITE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_STORAGE = {
    *_CANT_WRITE, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
}  # fmt: skip
"""Codes of what is wrong with the disk or the machine; the others say that the file is not what was written."""

_CHANGE = "SELECT seq, id, place, hash, removed, second, stored, extra, digest FROM articles"
_EXTRACTION = "SELECT sha256, extraction, digest FROM files"
_DAMAGED = Extraction("", FileState.FAILED, problems=("what was read of it is damaged in the catalog",))


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
    """What happened to an article last; ``record`` is None where it was removed, or is damaged."""

    seq: int
    id: str
    record: Record | None
    damaged: bool = False


class Catalog:
    """One connection; used by one thread of one process, several processes may hold one each.

    Every method raises StorageError where the disk is full, read-only or not permitted, and
    EngineError where the file is damaged. In a directory that can't be written reading works all the same.
    """

    def __init__(self, data: Path, create: bool = False) -> None:
        self._path = data / FILE_NAME
        with self._errors("opened"):
            if create:
                data.mkdir(parents=True, exist_ok=True)
            with opening(data):
                if not create and not self._path.is_file():
                    begun = (data / HALF_COPIED).is_dir()
                    raise EngineError(
                        f"{data} holds no catalog yet; "
                        + ("run the `tracuu restore` again that was stopped here, or " if begun else "")
                        + f"make one with: tracuu index PATH --data {data}"
                    )
                self._db = self._connected()
                prepare(self._db, self._path)

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            db.execute(f"PRAGMA page_size = {PAGE}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
        except sqlite3.OperationalError as error:
            db.close()
            if _code(error) not in _CANT_WRITE or not self._path.is_file():
                raise
            db = sqlite3.connect(reading_uri(self._path), uri=True, isolation_level=None)
        return db

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
        with self._errors("written"), transaction(self._db):
            seq = self._last()
            for record in records:
                seq += 1
                row = (
                    seq,
                    record.id,
                    record.place,
                    record.hash,
                    0,
                    record.second,
                    record.stored,
                    record.extra,
                )
                self._db.execute(
                    "INSERT OR REPLACE INTO articles (seq, id, place, hash, removed, second, stored, extra, digest)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, row_digest(*row, files_text(record.files))),
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
        with self._errors("written"), transaction(self._db):
            seq = self._last()
            for id in ids:
                row = self._db.execute(
                    "SELECT place, hash, second FROM articles WHERE id = ? AND removed = 0", (id,)
                ).fetchone()
                if row:
                    seq += 1
                    gone.append(id)
                    place, hash, second = row
                    digest = row_digest(seq, id, place, hash, 1, second, None, None, None)
                    self._db.execute("DELETE FROM article_files WHERE article = ?", (id,))
                    self._db.execute(
                        "UPDATE articles SET removed = 1, stored = NULL, extra = NULL, seq = ?, digest = ?"
                        " WHERE id = ?",
                        (seq, digest, id),
                    )
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
        """Return what was accepted of the article ``id``; raises DamagedError where it is not what was stored."""
        change = self.change(id)
        if change and change.damaged:
            raise DamagedError(
                f"{self._path}: what is stored of article {id!r} is damaged; run `tracuu verify`"
            )
        return change.record if change else None

    def change(self, id: str) -> Change | None:
        """Return what happened to the article ``id`` last; None where it was never accepted."""
        with self._errors("read"):
            row = self._db.execute(f"{_CHANGE} WHERE id = ?", (id,)).fetchone()
            return self._change(row) if row else None

    def count(self) -> int:
        """Return the number of articles."""
        with self._errors("read"):
            return int(self._db.execute("SELECT count(*) FROM articles WHERE removed = 0").fetchone()[0])

    # What an index holds ---------------------------------------------------------------------

    def applied(self, index: str) -> int:
        """Return the number of the last change that ``index`` holds; 0 for none, and where it can't be relied on."""
        with self._errors("read"):
            row = self._db.execute("SELECT seq, digest FROM applied WHERE engine = ?", (index,)).fetchone()
        return int(row[0]) if row and row[1] == row_digest(index, row[0]) else 0

    def readers(self) -> list[str]:
        """Return the names of all that follow the changes: indexes by their folders, and suggestions."""
        with self._errors("read"):
            return [row[0] for row in self._db.execute("SELECT engine FROM applied ORDER BY engine")]

    def set_applied(self, index: str, seq: int) -> None:
        """Remember that ``index`` holds all changes up to ``seq``.

        Removed articles that every known index has forgotten are forgotten here, too.
        """
        with self._errors("written"), transaction(self._db):
            self._set_applied(index, seq)
            self._db.execute(
                "DELETE FROM articles WHERE removed = 1 AND seq <= (SELECT min(seq) FROM applied)"
            )

    def lower_applied(self, indexes: Iterable[str], seq: int) -> None:
        """Let none of ``indexes`` hold more than the changes up to ``seq``: what lies beyond is put once more."""
        for index in indexes:
            if self.applied(index) > seq:
                with self._errors("written"), transaction(self._db):
                    self._set_applied(index, seq)

    def forget_reader(self, index: str) -> None:
        """Forget an index that is gone: nothing is kept for it any more."""
        with self._errors("written"), transaction(self._db):
            self._db.execute("DELETE FROM applied WHERE engine = ?", (index,))

    def _set_applied(self, index: str, seq: int) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO applied (engine, seq, digest) VALUES (?, ?, ?)",
            (index, seq, row_digest(index, seq)),
        )

    def waiting(self, index: str) -> int:
        """Return how many changes ``index`` does not hold yet."""
        with self._errors("read"):
            row = self._db.execute(
                "SELECT count(*) FROM articles WHERE seq > ?", (self.applied(index),)
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

    def _change(self, row: Sequence[Any]) -> Change:
        seq, id, place, digest, removed, second, stored, extra, written = row
        files = tuple(
            self._db.execute("SELECT n, sha256 FROM article_files WHERE article = ? ORDER BY n", (id,))
        )
        if row_digest(*row[:-1], files_text(files)) != written:
            return Change(seq, id, None, damaged=True)
        return Change(seq, id, None if removed else Record(id, place, digest, stored, second, extra, files))

    # Attachments -----------------------------------------------------------------------------

    def extraction(self, sha256: str) -> Extraction | None:
        """Return what was read from the file with this digest, None if it was not read yet.

        Raises DamagedError where it is not what was stored.
        """
        with self._errors("read"):
            row = self._db.execute(f"{_EXTRACTION} WHERE sha256 = ?", (sha256,)).fetchone()
        if row and not _is_whole(row):
            raise DamagedError(
                f"{self._path}: what was read of file {sha256} is damaged; run `tracuu reextract {sha256}`"
            )
        return extraction_from_json(_unpacked(row[1])) if row else None

    def extractions(self) -> Iterator[tuple[str, Extraction]]:
        """Yield the digest of every file that was read, and what was read; a damaged one as failed."""
        with self._errors("read"):
            for row in self._db.execute(_EXTRACTION).fetchall():
                whole = extraction_from_json(_unpacked(row[1])) if _is_whole(row) else _DAMAGED
                yield row[0], whole

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

    def carried_files(self) -> set[str]:
        """Return the digests of all files whose bytes some article carries."""
        with self._errors("read"):
            return {row[0] for row in self._db.execute("SELECT DISTINCT sha256 FROM article_files")}

    def keep_extraction(self, sha256: str, extraction: Extraction) -> None:
        """Store what was read from a file, so that it is read only once."""
        packed = _packed(extraction_to_json(extraction))
        with self._errors("written"), transaction(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO files (sha256, extraction, digest) VALUES (?, ?, ?)",
                (sha256, packed, row_digest(sha256, packed)),
            )
            self._db.execute("DELETE FROM ocr_pages WHERE sha256 = ?", (sha256,))

    def ocr_pages(self, sha256: str) -> dict[int, OcrPage]:
        """Return the pages of a file that OCR has read so far; a damaged one counts as not read."""
        with self._errors("read"):
            rows = self._db.execute(
                "SELECT sha256, page, result, digest FROM ocr_pages WHERE sha256 = ?", (sha256,)
            )
            return {row[1]: ocr_page_from_json(_unpacked(row[2])) for row in rows if _is_whole(row)}

    def keep_ocr_page(self, sha256: str, number: int, page: OcrPage) -> None:
        """Store one page, so that a run that is stopped goes on behind it."""
        packed = _packed(ocr_page_to_json(page))
        with self._errors("written"):
            self._db.execute(
                "INSERT OR REPLACE INTO ocr_pages (sha256, page, result, digest) VALUES (?, ?, ?, ?)",
                (sha256, number, packed, row_digest(sha256, number, packed)),
            )

    def forget_unused_files(self) -> list[str]:
        """Forget the texts of files that no article carries; return their digests."""
        unused = "sha256 NOT IN (SELECT sha256 FROM article_files)"
        with self._errors("written"), transaction(self._db):
            gone = [row[0] for row in self._db.execute(f"SELECT sha256 FROM files WHERE {unused}")]
            self._db.execute(f"DELETE FROM files WHERE {unused}")
        return gone

    # The whole -----------------------------------------------------------------------------------

    def forget_damaged(self) -> None:
        """Forget rows that are not as they were written and cost only time: how far indexes are, pages read by OCR."""
        with self._errors("written"), transaction(self._db):
            for engine, seq, digest in self._db.execute("SELECT engine, seq, digest FROM applied").fetchall():
                if row_digest(engine, seq) != digest:
                    self._db.execute("DELETE FROM applied WHERE engine = ?", (engine,))
            for row in self._db.execute("SELECT sha256, page, result, digest FROM ocr_pages").fetchall():
                if not _is_whole(row):
                    self._db.execute("DELETE FROM ocr_pages WHERE sha256 = ? AND page = ?", row[:2])

    def damage(self) -> Iterator[Damage]:
        """Yield what is not as it was written: of the file, its tables and every row."""
        with self._errors("read"):
            yield from damage_of_catalog(self._db, self._path)

    def _last(self) -> int:
        row = self._db.execute(
            "SELECT max((SELECT coalesce(max(seq), 0) FROM articles), (SELECT coalesce(max(seq), 0) FROM applied))"
        ).fetchone()
        return int(row[0])

    @contextmanager
    def _errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except SQLITE_ERRORS as error:
            if _code(error) in _STORAGE:
                raise StorageError(
                    f"{self._path} can't be {doing}: {error};"
                    " free space or mend permissions and run the command again, nothing accepted is lost"
                ) from error
            raise DamagedError(
                f"{self._path} is damaged ({error}); restore it from a backup, or delete the data directory"
                " and index the sources again"
            ) from error
        except OSError as error:
            raise StorageError(f"{self._path} can't be {doing}: {error.strerror or error}") from error


def _code(error: Exception) -> int:
    """Return the primary result code of SQLite, 0 where it came from Python's side."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_whole(row: Sequence[Any]) -> bool:
    """Tell whether a row is as it was written; its digest is its last column."""
    return bool(row_digest(*row[:-1]) == row[-1])


def _packed(values: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
