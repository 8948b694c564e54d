"""Peer: SQLite FTS5, with its tokenizer that removes diacritics, and with both forms of every word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.protocol import FACETS, HITS, Document, Page, Searcher, folded

_UNINDEXED = "id UNINDEXED, source UNINDEXED, category UNINDEXED, month UNINDEXED"


class Fts5:
    """One table of titles and bodies."""

    def __init__(self, both_forms: bool) -> None:
        self._both = both_forms
        self.title = "SQLite FTS5, both forms" if both_forms else "SQLite FTS5"
        self.setup = (
            "`unicode61 remove_diacritics 0`, a third column with the words of both without accents"
            if both_forms
            else "`unicode61 remove_diacritics 2`, which leaves `đ` as it is"
        )

    def check(self) -> None:
        """Do nothing: it comes with Python."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` in one transaction, then merge."""
        folder.mkdir(parents=True)
        database = sqlite3.connect(folder / "fts.sqlite3")
        columns, remove = ("title, body, folded", 0) if self._both else ("title, body", 2)
        database.executescript(
            "PRAGMA journal_mode = WAL;"
            f"CREATE VIRTUAL TABLE articles USING fts5({columns}, {_UNINDEXED},"
            f" tokenize = 'unicode61 remove_diacritics {remove}');"
        )
        with database:
            database.executemany(
                f"INSERT INTO articles VALUES ({', '.join('?' * (columns.count(',') + 5))})",
                map(self._row, documents),
            )
        database.execute("INSERT INTO articles (articles) VALUES ('optimize')")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def _row(self, one: Document) -> tuple[str, ...]:
        texts = (
            (one.title, one.text, folded(f"{one.title}\n{one.text}")) if self._both else (one.title, one.text)
        )
        return (*texts, one.id, one.source, one.category, one.month)

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Searcher]:
        """Open the file in this process."""
        database = sqlite3.connect(folder / "fts.sqlite3")
        yield _Searcher(database)
        database.close()


class _Searcher:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def page(self, text: str) -> Page:
        """One query for hits and snippets, and one for each facet."""
        match = " ".join(map(_quoted, text.split()))
        hits = self._database.execute(
            "SELECT id, title, source, snippet(articles, 1, '<mark>', '</mark>', '…', 30)"
            " FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
            (match, HITS),
        ).fetchall()
        total = values = 0
        for name in FACETS:
            counts = self._database.execute(
                f"SELECT {name}, count(*) FROM articles WHERE articles MATCH ? GROUP BY {name}", (match,)
            ).fetchall()
            total, values = sum(count for _, count in counts), values + len(counts)
        return Page(total, tuple(hit[0] for hit in hits), values, len(hits))

    def matching(self, text: str) -> frozenset[str]:
        """All rows that hold all words."""
        rows = self._database.execute(
            "SELECT id FROM articles WHERE articles MATCH ?", (" ".join(map(_quoted, text.split())),)
        )
        return frozenset(id for (id,) in rows)

    def ranked(self, text: str, depth: int) -> list[str]:
        """Best rows of any word, by BM25."""
        match = " OR ".join(map(_quoted, dict.fromkeys(text.split())))
        rows = self._database.execute(
            "SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?", (match, depth)
        )
        return [id for (id,) in rows]

    def shown(self, text: str) -> list[str]:
        """Best rows of any word."""
        return self.ranked(text, HITS)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
