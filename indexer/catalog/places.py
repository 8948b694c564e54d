"""The sources of articles: the one each came from last (its place), and others; and the results of their runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from indexer.catalog.database import CatalogDatabase, in_parts
from indexer.catalog.format import DIGESTED, is_whole, row_digest


class Places:
    """What is known about the sources of articles. An article is removed when the last source that has it drops it."""

    def __init__(self, database: CatalogDatabase) -> None:
        self._database = database

    def of(self, place: str) -> list[str]:
        """Return the ids of all articles that ``place`` has, in order."""
        query = (
            "SELECT id FROM articles WHERE removed = 0 AND place = ?1"
            " UNION SELECT article FROM also_held WHERE place = ?1 ORDER BY 1"
        )
        with self._database.reading() as db:
            return [row[0] for row in db.execute(query, (place,))]

    def add(self, place: str, ids: Sequence[str]) -> None:
        """Record that ``place`` also has these articles, which came from other sources."""
        with self._database.writing() as db:
            for id in ids:
                hold(db, place, id)

    def release(self, place: str, ids: Iterable[str]) -> list[str]:
        """Record that ``place`` no longer has these articles; return those that no other source has, which are to be removed."""
        alone = []
        with self._database.writing() as db:
            for id in ids:
                if db.execute("DELETE FROM also_held WHERE article = ? AND place = ?", (id, place)).rowcount:
                    continue
                other = db.execute("SELECT min(place) FROM also_held WHERE article = ?", (id,)).fetchone()[0]
                if other is None:
                    alone.append(id)
                else:
                    db.execute("DELETE FROM also_held WHERE article = ? AND place = ?", (id, other))
                    _move(db, id, other)
        return alone

    def elsewhere(self, ids: Sequence[str], places: Collection[str]) -> set[str]:
        """Return those of ``ids`` that a source other than ``places`` has."""
        found: set[str] = set()
        with self._database.reading() as db:
            for part, marks in in_parts(ids):
                for query in (
                    f"SELECT id, place FROM articles WHERE removed = 0 AND id IN ({marks})",
                    f"SELECT article, place FROM also_held WHERE article IN ({marks})",
                ):
                    found.update(id for id, place in db.execute(query, part) if place not in places)
        return found

    def all(self) -> list[str]:
        """Return the sources that articles came from last."""
        with self._database.reading() as db:
            return [row[0] for row in db.execute("SELECT DISTINCT place FROM articles WHERE removed = 0")]

    def rename(self, before: Collection[str], now: str) -> int:
        """Transfer to ``now`` what the places ``before`` have; return the number of articles that came from them."""
        with self._database.writing() as db:
            number = 0
            for place in before:
                ids = [row[0] for row in db.execute("SELECT id FROM articles WHERE place = ?", (place,))]
                held = [
                    row[0] for row in db.execute("SELECT article FROM also_held WHERE place = ?", (place,))
                ]
                db.execute("DELETE FROM also_held WHERE place = ?", (place,))
                for path, id in db.execute(
                    "SELECT path, article FROM moved WHERE place = ?", (place,)
                ).fetchall():
                    row = (now, path, id, row_digest(now, path, id))
                    db.execute("INSERT OR REPLACE INTO moved VALUES (?, ?, ?, ?)", row)
                db.execute("DELETE FROM moved WHERE place = ?", (place,))
                for id in ids:
                    _move(db, id, now)
                    db.execute("DELETE FROM also_held WHERE article = ? AND place = ?", (id, now))
                for id in held:
                    hold(db, now, id)
                number += len(ids)
            return number

    def carriers(self, place: str, sha256: str) -> list[str]:
        """Return the ids of the articles from ``place`` whose first file has this digest, in order."""
        query = (
            "SELECT id FROM articles JOIN article_files ON article = id"
            " WHERE sha256 = ? AND n = 0 AND place = ? AND removed = 0 ORDER BY id"
        )
        with self._database.reading() as db:
            return [row[0] for row in db.execute(query, (sha256, place))]

    def moved(self, place: str, path: str) -> str | None:
        """Return the id of the article whose file is now at ``path`` of a source; None if unknown."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT place, path, article, digest FROM moved WHERE place = ? AND path = ?", (place, path)
            ).fetchone()
        return str(row[2]) if row and is_whole(row) else None

    def set_moved(self, place: str, path: str, id: str) -> None:
        """Record that the file of the article ``id`` is now at ``path``."""
        with self._database.writing() as db:
            row = (place, path, id, row_digest(place, path, id))
            db.execute("INSERT OR REPLACE INTO moved VALUES (?, ?, ?, ?)", row)

    def run(self, source: str) -> str | None:
        """Return the result recorded by :meth:`set_run` for a source; None if there is none or it is unreliable."""
        with self._database.reading() as db:
            row = db.execute("SELECT source, result, digest FROM runs WHERE source = ?", (source,)).fetchone()
        return str(row[1]) if row and is_whole(row) else None

    def set_run(self, source: str, result: str) -> None:
        """Record the result of a source's last run, as JSON."""
        with self._database.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (source, result, row_digest(source, result))
            )

    def forget_damaged(self) -> None:
        """Forget damaged records; the next run of the source restores them."""
        with self._database.writing() as db:
            for table, keys in (
                ("also_held", "article = ? AND place = ?"),
                ("moved", "place = ? AND path = ?"),
                ("runs", "source = ? AND result = ?"),
            ):
                for row in db.execute(f"SELECT {DIGESTED[table]}, digest FROM {table}").fetchall():
                    if not is_whole(row):
                        db.execute(f"DELETE FROM {table} WHERE {keys}", row[:2])


def take(db: sqlite3.Connection, place: str, id: str) -> None:
    """Record, before the article is stored as one from ``place``, that its earlier source still has it."""
    row = db.execute("SELECT place FROM articles WHERE id = ? AND removed = 0", (id,)).fetchone()
    if row and row[0] != place:
        db.execute("DELETE FROM also_held WHERE article = ? AND place = ?", (id, place))
        _insert(db, row[0], id)


def hold(db: sqlite3.Connection, place: str, id: str) -> None:
    """Record that ``place`` has an article, unless it came from there."""
    row = db.execute("SELECT place FROM articles WHERE id = ? AND removed = 0", (id,)).fetchone()
    if row and row[0] != place:
        _insert(db, place, id)


def forget(db: sqlite3.Connection, id: str) -> None:
    """Forget the sources of a removed article."""
    db.execute("DELETE FROM also_held WHERE article = ?", (id,))
    db.execute("DELETE FROM moved WHERE article = ?", (id,))


def _insert(db: sqlite3.Connection, place: str, id: str) -> None:
    db.execute("INSERT OR REPLACE INTO also_held VALUES (?, ?, ?)", (id, place, row_digest(id, place)))


def _move(db: sqlite3.Connection, id: str, place: str) -> None:
    """Record that an article came from ``place``; everything else about it stays, including damage."""
    query = f"SELECT {DIGESTED['articles']}, digest FROM articles WHERE id = ?"
    row = db.execute(query, (id,)).fetchone()
    if row and is_whole(row):
        values = [*row[:2], place, *row[3:-1]]
        db.execute("UPDATE articles SET place = ?, digest = ? WHERE id = ?", (place, row_digest(*values), id))
