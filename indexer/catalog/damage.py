"""Checks the catalog for damage: its file, its tables, and the digest of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from indexer.catalog.format import DIGESTED, SCHEMA, row_digest
from indexer.disk.sqlite.damage import damage_of_file, differing_tables

Kind = Literal["file", "article", "text", "page", "reader", "run"]
_KINDS: dict[str, Kind] = {
    "articles": "article", "files": "text", "ocr_pages": "page", "applied": "reader",
    "also_held": "run", "moved": "run", "runs": "run",
}  # fmt: skip
_NAMES = {
    "articles": "id", "files": "sha256", "ocr_pages": "sha256", "applied": "engine",
    "also_held": "place", "moved": "place", "runs": "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged part of the catalog."""

    kind: Kind
    """The whole file; an article; the text of an attachment; a page read by OCR; the position of an index; a source."""
    name: str
    """The article's id, the attachment's SHA-256, the index or the source; for the file, what is wrong."""


def damage_of_catalog(db: sqlite3.Connection, path: Path) -> Iterator[Damage]:
    """Yield all damage; raises the SQLite error if it cannot continue."""
    for problem in damage_of_file(db, path):
        yield Damage("file", problem)
    for problem in differing_tables(db, SCHEMA):
        yield Damage("file", problem)
    for table, digested in DIGESTED.items():
        for named, written, *values in db.execute(f"SELECT {_NAMES[table]}, digest, {digested} FROM {table}"):
            if row_digest(*values) != written:
                yield Damage(_KINDS[table], str(named))
