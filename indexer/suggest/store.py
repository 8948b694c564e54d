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
from indexer.stored.article import slug_of, unpack
from indexer.suggest.completion import FILE_NAME, LEAST_ARTICLES, title_key
from indexer.suggest.numbers import number_key
from indexer.suggest.offers import Change, NotedChanges, offer_of, phrase_lines
from indexer.suggest.once import SCHEMA as ONCE
from indexer.suggest.once import Once

APPLIED = "suggestions"
"""Name of this reader in the catalog, which keeps removals until they are known here."""
VERSION = 2
_CHUNK = 10_000
_MANY = 500
"""Maximum number of ids in one statement."""
SCHEMA = f"""
CREATE TABLE articles (slug TEXT PRIMARY KEY, title TEXT, numbers TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE titles (key TEXT, slug TEXT, PRIMARY KEY (key, slug)) STRICT, WITHOUT ROWID;
-- Those of two articles or more.
CREATE TABLE phrases (key TEXT, text TEXT, articles INTEGER, PRIMARY KEY (key, text)) STRICT, WITHOUT ROWID;
-- The most frequent phrases that begin with one, two and three letters.
CREATE INDEX phrases_1 ON phrases (substr(key, 1, 1), articles DESC) WHERE articles >= 10;
CREATE INDEX phrases_2 ON phrases (substr(key, 1, 2), articles DESC) WHERE articles >= 10;
CREATE INDEX phrases_3 ON phrases (substr(key, 1, 3), articles DESC) WHERE articles >= 10;
CREATE TABLE numbers (key TEXT, text TEXT, articles INTEGER, PRIMARY KEY (key, text)) STRICT, WITHOUT ROWID;
CREATE TABLE applied (seq INTEGER) STRICT;
INSERT INTO applied VALUES (0);
{ONCE}
"""


class SuggestionWriter:
    """Follows the catalog; used by the single writer of a data directory."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._db = open_derived(self._path, SCHEMA, VERSION)
        self._once = Once(self._db)

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
        counts: Counter[str] = Counter()
        numbers: Counter[tuple[str, str]] = Counter()
        with transaction(self._db):
            for title, borne in self._forget([change.id for change in changes]):
                counts.subtract(phrase_lines(title))
                numbers.subtract((number_key(number), number) for number in borne)
            rows, keys = [], []
            for offer in (change.offer for change in changes):
                if offer is not None:
                    counts.update(offer.phrases.split("\n") if offer.phrases else ())
                    numbers.update(
                        (number_key(number), number) for number in json.loads(offer.numbers or "[]")
                    )
                    rows.append((offer.slug, offer.title, offer.numbers))
                    keys.append((offer.key, offer.slug))
            self._db.executemany("INSERT INTO articles VALUES (?, ?, ?)", sorted(rows))
            self._db.executemany("INSERT INTO titles VALUES (?, ?)", sorted(keys))
            self._count_phrases(counts)
            self._count_numbers(numbers)
            self._db.execute("UPDATE applied SET seq = ?", (changes[-1].seq,))

    def _forget(self, ids: list[str]) -> list[tuple[str, list[str]]]:
        """Remove articles; return the titles and numbers of those that existed."""
        gone: list[tuple[str, list[str]]] = []
        slugs = [slug_of(id) for id in ids]
        for start in range(0, len(slugs), _MANY):
            some = slugs[start : start + _MANY]
            where = f"WHERE slug IN ({', '.join('?' * len(some))})"
            rows = self._db.execute(f"SELECT slug, title, numbers FROM articles {where}", some).fetchall()
            if rows:
                self._db.execute(f"DELETE FROM articles {where}", some)
                keys = [(title_key(title), slug) for slug, title, _ in rows]
                self._db.executemany("DELETE FROM titles WHERE key = ? AND slug = ?", keys)
                gone += [(title, json.loads(borne or "[]")) for _, title, borne in rows]
        return gone

    def _count_phrases(self, counted: Counter[str]) -> None:
        """Add to the article counts of phrases, each a line of :attr:`Offer.phrases`; phrases that are suggested have rows, others
        hashes."""
        changed = {line: n for line, n in counted.items() if n}
        once = self._once.holds(changed)
        rows: list[tuple[str, str, int]] = []
        dropped: list[tuple[str, str]] = []
        out, into = [], []
        for line in sorted(changed):
            key, _, text = line.partition("\t")
            before = 1 if line in once else self._rowed(key, text)
            articles = before + changed[line]
            if before == 1:
                out.append(line)
            elif articles == 1:
                into.append(line)
            if articles >= LEAST_ARTICLES:
                rows.append((key, text, articles))
            elif before >= LEAST_ARTICLES:
                dropped.append((key, text))
        self._db.executemany("INSERT OR REPLACE INTO phrases VALUES (?, ?, ?)", rows)
        self._db.executemany("DELETE FROM phrases WHERE key = ? AND text = ?", dropped)
        self._once.change(out, into)

    def _rowed(self, key: str, text: str) -> int:
        found = self._db.execute("SELECT articles FROM phrases WHERE key = ? AND text = ?", (key, text))
        row = found.fetchone()
        return row[0] if row else 0

    def _count_numbers(self, counted: Counter[tuple[str, str]]) -> None:
        self._db.executemany(
            "INSERT INTO numbers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            [(key, text, n) for (key, text), n in sorted(counted.items()) if n],
        )
        if any(n < 0 for n in counted.values()):
            self._db.execute("DELETE FROM numbers WHERE articles <= 0")
