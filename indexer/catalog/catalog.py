"""The catalog: every accepted article and the text read from its files; indexes are built from it.

It is an SQLite database in WAL mode with ``synchronous=FULL``: once :meth:`Catalog.accept` returns, the articles survive a
power cut. Changes are numbered in one sequence; the *applied* number of an engine tells which of them are in its index, so the
rest can be replayed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.catalog.applied import Applied
from indexer.catalog.damage import Damage, damage_of_catalog
from indexer.catalog.database import CatalogDatabase, in_parts
from indexer.catalog.extractions import Extractions
from indexer.catalog.format import files_text, row_digest
from indexer.catalog.places import Places, forget, take
from indexer.errors import DamagedError

_CHANGE = "SELECT seq, id, place, hash, removed, second, stored, extra, digest FROM articles"


@dataclass(frozen=True, slots=True)
class Record:
    """An accepted article."""

    id: str
    place: str
    hash: bytes
    stored: bytes
    second: int | None = None
    extra: str | None = None
    files: tuple[tuple[int, str], ...] = ()
    """``(n, sha256)`` of the attachments whose bytes are stored."""


@dataclass(frozen=True, slots=True)
class Change:
    """The latest change to an article; ``record`` is None if it was removed or is damaged."""

    seq: int
    id: str
    record: Record | None
    damaged: bool = False


class Catalog:
    """A connection for one thread of one process; several processes may have one each.

    Every method raises StorageError if the disk is full, read-only or access is denied, and EngineError if the file is damaged.
    Reading works in read-only directories as well.
    """

    def __init__(self, data: Path, create: bool = False) -> None:
        """Open the catalog in ``data``; raises EngineError if there is none and it is not to be created."""
        self._database = CatalogDatabase(data, create)
        self.applied = Applied(self._database)
        self.extractions = Extractions(self._database)
        self.places = Places(self._database)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def known(self, ids: Sequence[str]) -> dict[str, tuple[bytes, str]]:
        """Return content hash and place of those of ``ids`` that are accepted and not removed."""
        found: dict[str, tuple[bytes, str]] = {}
        with self._database.reading() as db:
            for part, marks in in_parts(ids):
                rows = db.execute(
                    f"SELECT id, hash, place FROM articles WHERE removed = 0 AND id IN ({marks})", part
                )
                found.update((id, (digest, place)) for id, digest, place in rows)
        return found

    def accept(self, records: Sequence[Record]) -> int:
        """Store ``records`` durably in one transaction; return the last change number."""
        with self._database.writing() as db:
            seq = last_change(db)
            for record in records:
                seq += 1
                take(db, record.place, record.id)
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
                db.execute(
                    "INSERT OR REPLACE INTO articles (seq, id, place, hash, removed, second, stored, extra, digest)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, row_digest(*row, files_text(record.files))),
                )
                db.execute("DELETE FROM article_files WHERE article = ?", (record.id,))
                db.executemany(
                    "INSERT INTO article_files VALUES (?, ?, ?)",
                    [(record.id, n, sha256) for n, sha256 in record.files],
                )
            return seq

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Mark ``ids`` as removed, durably; return those that existed."""
        gone = []
        with self._database.writing() as db:
            seq = last_change(db)
            for id in ids:
                row = db.execute(
                    "SELECT place, hash, second FROM articles WHERE id = ? AND removed = 0", (id,)
                ).fetchone()
                if row:
                    seq += 1
                    gone.append(id)
                    place, hash, second = row
                    forget(db, id)
                    digest = row_digest(seq, id, place, hash, 1, second, None, None, None)
                    db.execute("DELETE FROM article_files WHERE article = ?", (id,))
                    db.execute(
                        "UPDATE articles SET removed = 1, stored = NULL, extra = NULL, seq = ?, digest = ?"
                        " WHERE id = ?",
                        (seq, digest, id),
                    )
        return gone

    def ids(self) -> Iterator[str]:
        """Yield the ids of all articles, in order."""
        with self._database.reading() as db:
            query = "SELECT id FROM articles WHERE removed = 0 ORDER BY id"
            yield from (row[0] for row in db.execute(query).fetchall())

    def stored(self) -> Iterator[bytes]:
        """Yield the stored form of all articles."""
        with self._database.reading() as db:
            for row in db.execute("SELECT stored FROM articles WHERE removed = 0"):
                yield row[0]

    def numbered(self, seq: int) -> bytes | None:
        """Return the stored form of the article whose latest change has this number; None if it has changed again."""
        with self._database.reading() as db:
            row = db.execute("SELECT stored FROM articles WHERE seq = ? AND removed = 0", (seq,)).fetchone()
        return row[0] if row else None

    def record(self, id: str) -> Record | None:
        """Return the accepted article ``id``; raises DamagedError if it differs from what was stored."""
        change = self.change(id)
        if change and change.damaged:
            raise DamagedError(
                f"{self._database.path}: the stored article {id!r} is damaged; run `tracuu verify`"
            )
        return change.record if change else None

    def change(self, id: str) -> Change | None:
        """Return the latest change to the article ``id``; None if it was never accepted."""
        with self._database.reading() as db:
            row = db.execute(f"{_CHANGE} WHERE id = ?", (id,)).fetchone()
            return _change(db, row) if row else None

    def count(self) -> int:
        """Return the number of articles."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM articles WHERE removed = 0").fetchone()[0])

    def last(self) -> int:
        """Return the number of the last change."""
        with self._database.reading() as db:
            return last_change(db)

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return up to ``limit`` changes after number ``after``, in order."""
        with self._database.reading() as db:
            rows = db.execute(f"{_CHANGE} WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)).fetchall()
            return [_change(db, row) for row in rows]

    def forget_damaged(self) -> None:
        """Forget damaged rows whose loss costs only time: positions of indexes, and pages read by OCR."""
        self.applied.forget_damaged()
        self.extractions.forget_damaged_pages()
        self.places.forget_damaged()

    def damage(self) -> Iterator[Damage]:
        """Yield all damage: of the file, its tables and every row."""
        with self._database.reading() as db:
            yield from damage_of_catalog(db, self._database.path)


def last_change(db: sqlite3.Connection) -> int:
    """Return the number of the last change in a catalog."""
    row = db.execute(
        "SELECT max((SELECT coalesce(max(seq), 0) FROM articles), (SELECT coalesce(max(seq), 0) FROM applied))"
    ).fetchone()
    return int(row[0])


def _change(db: sqlite3.Connection, row: Sequence[Any]) -> Change:
    seq, id, place, digest, removed, second, stored, extra, written = row
    files = tuple(db.execute("SELECT n, sha256 FROM article_files WHERE article = ? ORDER BY n", (id,)))
    if row_digest(*row[:-1], files_text(files)) != written:
        return Change(seq, id, None, damaged=True)
    return Change(seq, id, None if removed else Record(id, place, digest, stored, second, extra, files))
