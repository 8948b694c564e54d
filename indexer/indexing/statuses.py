"""The legal status of every document that an article bears, known when a commit is made; in SQLite beside the catalog.

What is said of a document stands in other articles, so a change of one may change the status of others: these are put
anew. Made of the catalog alone, so it may be deleted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from indexer.catalog.derived import DerivedStore, derived_errors
from indexer.directives.citations import AFFIRMS
from indexer.directives.force import Force
from indexer.directives.legal_status import Change, Issued, is_same, legal_status
from indexer.engine.fields import STATUS
from indexer.engine.protocol import Entry
from indexer.indexing.status_evidence import borne, issued, names_of, said_by
from indexer.stored.article import StoredArticle, unpack

FILE_NAME = "statuses.sqlite3"
VERSION = 3
SCHEMA = """
CREATE TABLE names (article TEXT, name TEXT, PRIMARY KEY (name, article)) STRICT, WITHOUT ROWID;
CREATE TABLE said (article TEXT, key TEXT, relation TEXT, part INTEGER, sentence TEXT, by TEXT, day TEXT, year TEXT, place TEXT,
    sources TEXT, type TEXT) STRICT;
CREATE TABLE statuses (
    article TEXT PRIMARY KEY, key TEXT, since TEXT, until TEXT, sentence TEXT, year TEXT, place TEXT, sources TEXT,
    type TEXT, status TEXT, looked TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE applied (seq INTEGER) STRICT;
CREATE INDEX names_of ON names (article);
CREATE INDEX said_of ON said (key);
CREATE INDEX said_by ON said (article);
INSERT INTO applied VALUES (0);
"""


class StatusStore(DerivedStore):
    """Changes become durable with :meth:`commit`. ``today`` is the civil day on which it is opened."""

    def __init__(self, data: Path, today: date) -> None:
        super().__init__(data / FILE_NAME, SCHEMA, VERSION)
        self._today = today.isoformat()
        self._dirty: set[str] = set()

    def place(self, entry: Entry) -> str | None:
        """Take in what the article of ``entry`` tells; return the status of the document that it is, as known by now."""
        with self._writing():
            self._forget(entry.id)
            status = None
            if entry.keywords["number"] or entry.keywords["cites"]:  # most news are not even looked into
                self._take_in(unpack(entry.stored))
                status = self._read(entry.id)
            self._dirty.discard(entry.id)
            return status

    def outdated(self) -> list[str]:
        """Return the ids of articles whose status is another than the one they were put with; each once."""
        with self._writing():
            # What begins or ends on a day changes without a word.
            due = self._db.execute(
                "SELECT article FROM statuses WHERE (since > looked AND since <= ?1) OR (until > looked AND until <= ?1)",
                (self._today,),
            )
            self._dirty.update(article for (article,) in due.fetchall())
            found = []
            for article in sorted(self._dirty):
                before = self._status(article)
                if self._read(article) != before:
                    found.append(article)
            self._dirty.clear()
            return found

    def status_of(self, id: str) -> str | None:
        """Return the status of the document that the article ``id`` is; None where it is none that has one."""
        with derived_errors(self._path):
            return self._status(id)

    def forget(self, ids: Iterable[str]) -> None:
        """Forget articles that are gone, and what they told."""
        with self._writing():
            for id in ids:
                self._forget(id)
                self._dirty.discard(id)

    def rollback(self) -> None:
        """Drop what was taken in since the last commit."""
        self._dirty.clear()
        super().rollback()

    def _forget(self, id: str) -> None:
        for (key,) in self._db.execute("SELECT key FROM said WHERE article = ?", (id,)).fetchall():
            self._mark(key)
        self._mark_namesakes(id)
        for table in ("said", "names", "statuses"):
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", (id,))

    def _mark(self, key: str) -> None:
        named = self._db.execute("SELECT article FROM names WHERE name = ?", (key,))
        self._dirty.update(article for (article,) in named.fetchall())

    def _mark_namesakes(self, id: str) -> None:
        """Mark the laws of the name of the law that the article is: of an older one none is believed that it holds."""
        for name in self._names(id):
            law, _, year = name.partition("@")
            if year:
                alike = self._db.execute(
                    "SELECT article FROM names WHERE name BETWEEN ? AND ?", (f"{law}@", f"{law}@9999")
                )
                self._dirty.update(article for (article,) in alike.fetchall())

    def _names(self, id: str) -> list[str]:
        return [name for (name,) in self._db.execute("SELECT name FROM names WHERE article = ?", (id,))]

    def _has_successor(self, name: str) -> bool:
        """Whether a later law of the same name is held."""
        law, _, year = name.partition("@")
        later = "SELECT 1 FROM names WHERE name > ? AND name <= ? LIMIT 1"
        return bool(year) and self._db.execute(later, (name, f"{law}@9999")).fetchone() is not None

    def _take_in(self, article: StoredArticle) -> None:
        number = borne(article)
        if number is not None:
            since, until, sentence = article.force or ("", "", "")
            self._db.execute(
                "INSERT INTO statuses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '')",
                (article.id, number.key, since, until, sentence, *_row(issued(article))),
            )
            rows = [(article.id, name) for name in names_of(article, number)]
            self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", rows)
            self._mark_namesakes(article.id)
        rows_said = [
            (
                *(article.id, one.key, change.relation, change.part, change.sentence, change.by, change.day),
                *_row(one.issued),
            )
            for one in said_by(article)
            for change in (one.change,)
        ]
        self._db.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows_said)
        for row in rows_said:
            self._mark(row[1])

    def _status(self, id: str) -> str | None:
        row = self._db.execute("SELECT status FROM statuses WHERE article = ?", (id,)).fetchone()
        return row[0] if row else None

    def _read(self, id: str) -> str | None:
        """Work out the status of the document that the article is, and keep it."""
        row = self._db.execute(
            "SELECT key, since, until, sentence, year, place, sources, type FROM statuses WHERE article = ?",
            (id,),
        ).fetchone()
        if row is None:
            return None
        key, since, until, sentence, *told = row
        document = _issued(*told)
        succeeded = any(map(self._has_successor, self._names(id)))
        said = self._db.execute(
            "SELECT relation, part, said.sentence, said.article, by, day, said.key, year, place, sources, type"
            " FROM said JOIN names ON name = said.key WHERE names.article = ? ORDER BY said.article",
            (id,),
        )
        changes = [
            Change(relation, bool(part), text, source, by, day)
            for relation, part, text, source, by, day, name, *mentioned in said
            if (source == id or is_same(name, document, _issued(*mentioned)))
            and not (relation == AFFIRMS and succeeded)
        ]
        force = [(Force(since, until, sentence), id)] if sentence else []
        status = legal_status(key, changes, force, self._today).status
        self._db.execute(
            "UPDATE statuses SET status = ?, looked = ? WHERE article = ?", (status, self._today, id)
        )
        return status


def _row(issued: Issued) -> tuple[str, str, str, str]:
    return issued.year, issued.place, "\n".join(sorted(issued.sources)), issued.type


def _issued(year: str, place: str, sources: str, type: str) -> Issued:
    return Issued(year, place, frozenset(filter(None, sources.split("\n"))), type)


def with_status(entry: Entry, status: str | None) -> Entry:
    """Return ``entry`` with the legal status of the document that it is; None where it is none that has one."""
    if status is None:
        return entry
    return dataclasses.replace(entry, keywords={**entry.keywords, STATUS: (status,)})
