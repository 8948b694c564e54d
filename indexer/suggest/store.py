"""Titles, phrases and document numbers by prefix, in SQLite beside the catalog: the writing side.

It is derived from the catalog alone and may be deleted; the next writer recreates it. The number of the last change it contains
is stored in the same transaction as the data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.derived import derived_errors, open_derived
from indexer.disk.sqlite.connections import transaction
from indexer.stored.article import unpack
from indexer.suggest.completion import FILE_NAME
from indexer.suggest.numbers import number_key
from indexer.suggest.offers import Change, NotedChanges, offer_of
from indexer.suggest.phrases import phrases

APPLIED = "suggestions"
"""Name of this reader in the catalog, which keeps removals until they are known here."""
VERSION = 1
_CHUNK = 10_000
_MANY = 500
"""Maximum number of ids in one statement."""
SCHEMA = """
CREATE TABLE articles (id TEXT PRIMARY KEY, key TEXT, title TEXT, slug TEXT, numbers TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX articles_by_key ON articles (key);
CREATE TABLE phrases (key TEXT, text TEXT, articles INTEGER, PRIMARY KEY (key, text)) STRICT, WITHOUT ROWID;
-- The most frequent phrases of one, two and three letters, and all that are offered by their beginning.
CREATE INDEX phrases_1 ON phrases (substr(key, 1, 1), articles DESC) WHERE articles >= 10;
CREATE INDEX phrases_2 ON phrases (substr(key, 1, 2), articles DESC) WHERE articles >= 5;
CREATE INDEX phrases_3 ON phrases (substr(key, 1, 3), articles DESC) WHERE articles >= 3;
CREATE INDEX phrases_offered ON phrases (key, articles, text) WHERE articles >= 2;
CREATE TABLE numbers (key TEXT, text TEXT, articles INTEGER, PRIMARY KEY (key, text)) STRICT, WITHOUT ROWID;
CREATE TABLE applied (seq INTEGER) STRICT;
INSERT INTO applied VALUES (0);
"""


class SuggestionWriter:
    """Follows the catalog; used by the single writer of a data directory."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._db = open_derived(self._path, SCHEMA, VERSION)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def catch_up(self, catalog: Catalog, until: int, noted: NotedChanges | None = None) -> None:
        """Process what the catalog has accepted up to change number ``until``, and confirm it to the catalog.

        Changes that were ``noted`` are not read from the catalog.
        """
        catalog.applied.set(APPLIED, max(self.take_in(catalog, until, noted), until))

    def take_in(self, catalog: Catalog, until: int, noted: NotedChanges | None = None) -> int:
        """Process what the catalog has accepted up to change number ``until``; return the last number processed."""
        with derived_errors(self._path):
            (seq,) = self._db.execute("SELECT seq FROM applied").fetchone()
            for changes in self._changes(catalog, seq, until, noted.after(seq) if noted else None):
                self._apply(changes)
                seq = changes[-1].seq
        return int(seq)

    def _changes(
        self, catalog: Catalog, seq: int, until: int, noted: list[Change] | None
    ) -> Iterator[list[Change]]:
        """Yield the changes after number ``seq`` up to ``until``, many at a time."""
        if noted is not None:
            yield from (noted[start : start + _CHUNK] for start in range(0, len(noted), _CHUNK))
            return
        while seq < until:
            changes = [
                Change(one.seq, one.id, offer_of(unpack(one.record.stored)) if one.record else None)
                for one in catalog.changes(seq, _CHUNK)
                if one.seq <= until
            ]
            if not changes:
                return
            yield changes
            seq = changes[-1].seq

    def _apply(self, changes: list[Change]) -> None:
        counts: Counter[tuple[str, str]] = Counter()
        numbers: Counter[tuple[str, str]] = Counter()
        with transaction(self._db):
            for title, borne in self._forget([change.id for change in changes]):
                counts.subtract(phrases(title).items())
                numbers.subtract((number_key(number), number) for number in borne)
            rows = []
            for id, offer in ((change.id, change.offer) for change in changes):
                if offer is not None:
                    counts.update(_pair(line) for line in offer.phrases.split("\n") if line)
                    numbers.update(
                        (number_key(number), number) for number in json.loads(offer.numbers or "[]")
                    )
                    rows.append((id, offer.key, offer.title, offer.slug, offer.numbers))
            self._db.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", sorted(rows))
            for table, counted in (("phrases", counts), ("numbers", numbers)):
                self._count(table, counted)
            self._db.execute("UPDATE applied SET seq = ?", (changes[-1].seq,))

    def _forget(self, ids: list[str]) -> list[tuple[str, list[str]]]:
        """Remove articles; return the titles and numbers of those that existed."""
        gone: list[tuple[str, list[str]]] = []
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            where = f"WHERE id IN ({', '.join('?' * len(some))})"
            rows = self._db.execute(f"SELECT title, numbers FROM articles {where}", some).fetchall()
            if rows:
                self._db.execute(f"DELETE FROM articles {where}", some)
                gone += [(title, json.loads(borne or "[]")) for title, borne in rows]
        return gone

    def _count(self, table: str, counted: Counter[tuple[str, str]]) -> None:
        self._db.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            [(key, text, n) for (key, text), n in sorted(counted.items()) if n],
        )
        if any(n < 0 for n in counted.values()):
            self._db.execute(f"DELETE FROM {table} WHERE articles <= 0")


def _pair(line: str) -> tuple[str, str]:
    key, _, text = line.partition("\t")
    return key, text
