"""Peer: SQLite FTS5 with its tokenizer that removes diacritics."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import month


def build(folder: Path, records: Iterable[dict[str, Any]]) -> None:
    """Index ``records`` into ``folder``."""
    folder.mkdir(parents=True)
    database = sqlite3.connect(folder / "fts.sqlite3")
    database.executescript(
        "PRAGMA journal_mode = WAL;"
        "CREATE VIRTUAL TABLE articles USING fts5(title, body, source UNINDEXED, category UNINDEXED,"
        " month UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');"
    )
    with database:
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
            (
                (r["title"], f"{r['summary']}\n{r['body']}", r["source"], r["category"], month(r))
                for r in records
            ),
        )
    database.execute("INSERT INTO articles (articles) VALUES ('optimize')")
    database.commit()
    database.close()


class Searcher:
    """All words in title or body, ten hits with three facets."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.sqlite3")

    def search(self, text: str) -> int:
        """Return the number of matches."""
        match = " ".join('"' + word.replace('"', '""') + '"' for word in text.split())
        self._database.execute(
            "SELECT title, body, source FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10", (match,)
        ).fetchall()
        for name in ("source", "category", "month"):
            counts = self._database.execute(
                f"SELECT {name}, count(*) FROM articles WHERE articles MATCH ? GROUP BY {name}", (match,)
            ).fetchall()
        return sum(count for _, count in counts)
