"""The legal status of every document borne by an article, known at each commit; in SQLite beside the catalog.

Statements about a document are in other articles, so a change to one may change the status of others, which are then put again.
Staff-only articles contribute nothing to what everyone sees. The store is derived from the catalog alone, so it may be deleted.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from indexer.catalog.derived import DerivedStore, derived_errors
from indexer.directives.document_status import Known, of_one_document
from indexer.directives.evidence import Said, issued, names_of, own_number, said_by
from indexer.directives.force import Force
from indexer.engine.fields import STATUS
from indexer.engine.protocol import Entry
from indexer.indexing.status_rows import SAID, issued_of, issued_row, said_of, said_row
from indexer.stored.article import StoredArticle, unpack

FILE_NAME = "statuses.sqlite3"
VERSION = 5
SCHEMA = """
CREATE TABLE names (article TEXT, name TEXT, PRIMARY KEY (name, article)) STRICT, WITHOUT ROWID;
CREATE TABLE said (article TEXT, staff INTEGER, key TEXT, relation TEXT, part INTEGER, sentence TEXT, by TEXT, day TEXT,
    since TEXT, until TEXT, undone INTEGER, year TEXT, place TEXT, sources TEXT, type TEXT) STRICT;
CREATE TABLE statuses (
    article TEXT PRIMARY KEY, staff INTEGER, key TEXT, since TEXT, until TEXT, sentence TEXT, year TEXT, place TEXT,
    sources TEXT, type TEXT, status TEXT, looked TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE applied (seq INTEGER) STRICT;
CREATE INDEX names_of ON names (article);
CREATE INDEX borne ON statuses (key);
CREATE INDEX said_of ON said (key);
CREATE INDEX done_by ON said (by);
CREATE INDEX said_by ON said (article);
INSERT INTO applied VALUES (0);
"""
_PUT_SAID = f"INSERT INTO said (staff, {SAID}) VALUES ({', '.join('?' * (len(SAID.split(',')) + 1))})"
_GET_SAID = f"SELECT {SAID} FROM said WHERE staff <= ? AND key IN (SELECT value FROM json_each(?)) ORDER BY article, rowid"
_HOLDS = """SELECT 1 WHERE EXISTS (SELECT 1 FROM said WHERE article = ?1)
    OR EXISTS (SELECT 1 FROM statuses WHERE article = ?1) OR EXISTS (SELECT 1 FROM names WHERE article = ?1)"""
_DUE = """SELECT article FROM statuses WHERE (since > looked AND since <= ?1) OR (until > looked AND until <= ?1)
UNION SELECT statuses.article FROM said JOIN names ON name = said.key JOIN statuses ON statuses.article = names.article
    WHERE (said.since > looked AND said.since <= ?1) OR (said.until >= looked AND said.until < ?1)"""


class StatusStore(DerivedStore):
    """Changes become durable with :meth:`commit`. ``today`` is the date on which it is opened."""

    def __init__(self, data: Path, today: date) -> None:
        super().__init__(data / FILE_NAME, SCHEMA, VERSION)
        self._today = today.isoformat()
        self._dirty: set[str] = set()

    def place(self, entry: Entry) -> str | None:
        """Process what the article in ``entry`` states; return the status of the document it is, as known so far."""
        with self._writing():
            self._forget(entry.id)
            status = None
            if entry.keywords["number"] or entry.keywords["cites"]:  # most news are not even looked into
                self._take_in(unpack(entry.stored))
                status = self._read(entry.id)
            self._dirty.discard(entry.id)
            return status

    def outdated(self) -> list[str]:
        """Return the ids of articles whose status differs from the one they were put with, without duplicates."""
        with self._writing():
            # What begins or ends on a date changes without any statement.
            due = self._db.execute(_DUE, (self._today,))
            self._dirty.update(article for (article,) in due.fetchall())
            found = []
            for article in sorted(self._dirty):
                before = self._status(article)
                if self._read(article) != before:
                    found.append(article)
            self._dirty.clear()
            return found

    def status_of(self, id: str) -> str | None:
        """Return the status of the document that the article ``id`` is; None if it is not a document with one."""
        with derived_errors(self._path):
            return self._status(id)

    def forget(self, ids: Iterable[str]) -> None:
        """Forget removed articles, and what they stated."""
        with self._writing():
            for id in ids:
                self._forget(id)
                self._dirty.discard(id)

    def rollback(self) -> None:
        """Discard everything since the last commit."""
        self._dirty.clear()
        super().rollback()

    def _forget(self, id: str) -> None:
        if self._db.execute(_HOLDS, (id,)).fetchone() is None:
            return
        self._mark({key for (key,) in self._db.execute("SELECT key FROM said WHERE article = ?", (id,))})
        self._mark_namesakes(id)
        for table in ("said", "names", "statuses"):
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", (id,))

    def _take_in(self, article: StoredArticle) -> None:
        number, staff = own_number(article), article.audience != "public"
        if number is not None:
            self._db.execute(
                "INSERT INTO statuses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '')",
                (
                    article.id,
                    staff,
                    number.key,
                    *(article.force or ("", "", "")),
                    *issued_row(issued(article)),
                ),
            )
            rows = [(article.id, name) for name in names_of(article, number)]
            self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", rows)
            self._mark_namesakes(article.id)
        said = list(said_by(article))
        self._db.executemany(_PUT_SAID, ((staff, *said_row(one)) for one in said))
        self._mark({one.key for one in said})

    def _mark(self, keys: Iterable[str]) -> None:
        """Mark the documents with these keys, and those that they changed: effects of a document that ended are undone."""
        asked = json.dumps(sorted(keys))
        marked = self._db.execute(
            "SELECT article FROM names WHERE name IN (SELECT value FROM json_each(?1)) UNION SELECT names.article"
            " FROM said JOIN names ON name = said.key WHERE by IN (SELECT value FROM json_each(?1))",
            (asked,),
        )
        self._dirty.update(article for (article,) in marked)

    def _mark_namesakes(self, id: str) -> None:
        """Mark other documents with the number, and laws with the name: an older law is never assumed to be in force."""
        for name in self._names(id):
            law, _, year = name.partition("@")
            first, last = (f"{law}@", f"{law}@9999") if year else (name, name)
            alike = self._db.execute("SELECT article FROM names WHERE name BETWEEN ? AND ?", (first, last))
            self._dirty.update(article for (article,) in alike.fetchall())

    def _names(self, id: str) -> list[str]:
        return [name for (name,) in self._db.execute("SELECT name FROM names WHERE article = ?", (id,))]

    def _has_successor(self, name: str, staff: int) -> bool:
        """Return whether a later law with the same name is available."""
        law, _, year = name.partition("@")
        later = "SELECT 1 FROM names JOIN statuses USING (article) WHERE name > ? AND name <= ? AND staff <= ? LIMIT 1"
        return bool(year) and self._db.execute(later, (name, f"{law}@9999", staff)).fetchone() is not None

    def _status(self, id: str) -> str | None:
        row = self._db.execute("SELECT status FROM statuses WHERE article = ?", (id,)).fetchone()
        return row[0] if row else None

    def _read(self, id: str) -> str | None:
        """Compute and store the status of the document that the article is."""
        row = self._db.execute("SELECT key, staff FROM statuses WHERE article = ?", (id,)).fetchone()
        if row is None:
            return None
        key, staff = row
        known = self._known(key, staff, id)
        status = known.status(
            self._said(known.names, staff), self._today, lambda by: self._is_over(by, staff)
        ).status
        self._db.execute(
            "UPDATE statuses SET status = ?, looked = ? WHERE article = ?", (status, self._today, id)
        )
        return status

    def _known(self, key: str, staff: int, id: str | None = None) -> Known:
        """Return the document that the article ``id`` is, otherwise what is known about one with that key."""
        rows = self._db.execute(
            "SELECT article, since, until, sentence, year, place, sources, type FROM statuses"
            " WHERE key = ? AND staff <= ? ORDER BY article",
            (key, staff),
        ).fetchall()
        told = [issued_of(row[4:]) for row in rows]
        group = next(
            (
                [rows[n] for n in group]
                for group in of_one_document(key, told)
                if id is None or any(rows[n][0] == id for n in group)
            ),
            [],
        )
        names = {key, *(name for row in group for name in self._names(row[0]))}
        return Known(
            key,
            frozenset(names),
            tuple(issued_of(row[4:]) for row in group),
            tuple((Force(*row[1:4]), row[0]) for row in group if row[3]),
            frozenset(row[0] for row in group),
            any(self._has_successor(name, staff) for name in names),
        )

    def _said(self, names: Iterable[str], staff: int) -> list[Said]:
        return [said_of(row) for row in self._db.execute(_GET_SAID, (staff, json.dumps(sorted(names))))]

    def _is_over(self, key: str, staff: int) -> bool:
        known = self._known(key, staff)
        return known.has_ended(self._said(known.names, staff), self._today)


def with_status(entry: Entry, status: str | None) -> Entry:
    """Return ``entry`` with the legal status of the document it is; None if it is not a document with one."""
    if status is None:
        return entry
    return dataclasses.replace(entry, keywords={**entry.keywords, STATUS: (status,)})
