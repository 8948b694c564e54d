"""The journal: who changed what and when, with what stood there before. Lines are only ever added."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from indexer.catalog.format import row_digest
from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import reading, transaction
from indexer.disk.sqlite.damage import damage_of_file, differing_tables, is_unused
from indexer.disk.sqlite.errors import sqlite_errors

FILE_NAME = "changes.sqlite3"
Kind = Literal["pins", "lexicon", "query", "backup"]
"""``query``: what was done about a query that finds nothing."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Via = Literal["desk", "api", "command", "outside"]
"""``outside``: a file was edited by hand, which is noticed at the next change."""
_BUSY_SECONDS = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS changes (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    via TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS changes_of ON changes (kind, subject, n);
CREATE TRIGGER IF NOT EXISTS changes_stay BEFORE UPDATE ON changes
    BEGIN SELECT raise(ABORT, 'lines of the journal are only added'); END;
CREATE TRIGGER IF NOT EXISTS changes_remain BEFORE DELETE ON changes
    BEGIN SELECT raise(ABORT, 'lines of the journal are only added'); END;
"""
_ROW = "n, at, who, via, kind, subject, before, after"


@dataclass(frozen=True, slots=True)
class Change:
    """One line."""

    n: int
    at: int
    """Seconds since 1970."""
    who: str
    """The name of a key, of a user of this machine, or what the trusted proxy calls someone; empty for nobody known."""
    via: Via
    kind: Kind
    subject: str
    """The query; empty for the lexicon, which is one text."""
    before: str
    after: str


Note = Callable[[str, Via, Kind, str, str, str], None]
"""who, via, kind, subject, before, after."""


class Journal:
    """The file of a data directory; every call opens it anew, since changes are minutes apart. Raises StorageError."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME

    @contextmanager
    def changing(self) -> Iterator[Note]:
        """Keep all others from changing anything through the block, which notes what it changes; nothing where it raises."""
        with self._errors(), opening(self._path.parent):
            db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                db.executescript(_SCHEMA)
                with transaction(db):
                    yield lambda *values: _insert(db, *values)
            finally:
                db.close()

    def page(self, before: int | None, limit: int, kind: Kind | None = None) -> list[Change]:
        """Return the ``limit`` newest lines with a number below ``before``, of one ``kind`` or of all."""
        where = "n < ?" + (" AND kind = ?" if kind else "")
        values = (1 << 62 if before is None else before, *((kind,) if kind else ()))
        return self._rows(f"WHERE {where} ORDER BY n DESC LIMIT ?", *values, limit)

    def change(self, n: int) -> Change | None:
        """Return the line ``n``, None where there is none."""
        return next(iter(self._rows("WHERE n = ?", n)), None)

    def last(self, kind: Kind, subject: str) -> Change | None:
        """Return the last change of one thing."""
        return next(iter(self.history(kind, subject, 1)), None)

    def history(self, kind: Kind, subject: str, limit: int) -> list[Change]:
        """Return the last changes of one thing, the newest first."""
        return self._rows("WHERE kind = ? AND subject = ? ORDER BY n DESC LIMIT ?", kind, subject, limit)

    def latest(self, kind: Kind) -> Mapping[str, Change]:
        """Return the last change of each thing of a ``kind`` by its subject."""
        newest = "WHERE n IN (SELECT max(n) FROM changes WHERE kind = ? GROUP BY subject)"
        return {change.subject: change for change in self._rows(newest, kind)}

    def damage(self) -> Iterator[str]:
        """Yield what is not as it was written; raises StorageError where it can't be read to its end."""
        with self._errors(), reading(self._path, with_log=True) as db:
            yield from damage_of_file(db, self._path)
            if is_unused(db):
                return
            yield from differing_tables(db, _SCHEMA)
            expected = 1
            for *row, digest in db.execute(f"SELECT {_ROW}, digest FROM changes ORDER BY n"):
                if row[0] != expected:
                    yield f"lines {expected} to {row[0] - 1} are missing"
                if row_digest(*row[1:]) != digest:
                    yield f"line {row[0]} is damaged"
                expected = row[0] + 1

    def _rows(self, condition: str, *values: object) -> list[Change]:
        if not self._path.is_file():
            return []
        with self._errors(), reading(self._path) as db:
            if is_unused(db):
                return []
            return [_change(row) for row in db.execute(f"SELECT {_ROW} FROM changes {condition}", values)]

    def _errors(self) -> AbstractContextManager[None]:
        return sqlite_errors(
            self._path, "read or written", "; if it is damaged (run `tracuu verify`), restore it"
        )


def _insert(db: sqlite3.Connection, who: str, via: Via, kind: Kind, subject: str, *texts: str) -> None:
    before, after = (zlib.compress(text.encode()) for text in texts)
    row = (int(time.time()), who, via, kind, subject, before, after)
    db.execute(
        "INSERT INTO changes (at, who, via, kind, subject, before, after, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, row_digest(*row)),
    )


def _change(row: tuple[Any, ...]) -> Change:
    n, at, who, via, kind, subject, *texts = row
    before, after = (zlib.decompress(text).decode() for text in texts)
    return Change(n, at, who, via, kind, subject, before, after)
