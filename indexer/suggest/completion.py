"""Completions of a prefix: numbers, phrases and titles, read from what the writer stores."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from indexer.catalog.derived import derived_errors
from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import ConnectionPerThread
from indexer.suggest.numbers import numbers_begun
from indexer.vietnamese.letters import fold, nfc
from indexer.vietnamese.terms import SYLLABLE, terms_of

FILE_NAME = "suggestions.sqlite3"
LEAST_ARTICLES = 2
"""Minimum number of articles with a phrase in their titles for it to be offered, and to have a row."""
_MOST_TITLES = 3
_LONGEST_KEY = 80
_FEW_LETTERS, _LEAST_OF_FEW = 3, 10
"""Used as in the indexes of the schema: so many phrases begin with so few letters that only those of at least this many articles
are read."""

Kind = Literal["number", "phrase", "title"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion; only titles have a ``url``."""

    text: str
    kind: Kind
    count: int
    """Number of articles with it."""
    url: str | None = None


class SuggestionReader:
    """Completes prefixes; safe to use from several threads, each seeing the latest commit."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME
        self._connections = ConnectionPerThread(self._path, _connect)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return up to ``limit`` completions of ``prefix``: numbers, then phrases by frequency, then titles."""
        key = key_of(prefix)
        if not key.strip() or not self._path.is_file():
            return []
        with derived_errors(self._path):
            begun = (
                numbers_begun(self._connections.current().execute, prefix, limit)
                if any(map(str.isdigit, key))
                else []
            )
            numbers = [Suggestion(text, "number", articles) for text, articles in begun]
            titles = self._titles(key, min(_MOST_TITLES, limit))
            found = [
                *numbers,
                *self._phrases(key, limit - min(len(titles), limit // 2) - len(numbers)),
                *titles,
            ]
        return found[:limit]

    def with_initials(self, letters: str, limit: int) -> list[str]:
        """Return the title phrases whose words have the initials ``letters``, most frequent first.

        It reads all phrases with the first letter, so it is for reports rather than requests.
        """
        wanted = fold(letters)
        if not wanted or not self._path.is_file():
            return []
        with derived_errors(self._path):
            rows = self._connections.current().execute(
                "SELECT key, text FROM phrases WHERE key >= ? AND key < ? ORDER BY articles DESC",
                (wanted[0], f"{wanted[0]}\U0010ffff"),
            )
            found = (text for key, text in rows if "".join(word[0] for word in key.split()) == wanted)
            return list(islice(found, limit))

    def _phrases(self, key: str, limit: int) -> list[Suggestion]:
        if limit <= 0:
            return []
        rows: list[tuple[str, str, int]] = []
        wanted = 3 * limit
        execute = self._connections.current().execute
        if len(key) <= _FEW_LETTERS:
            rows = execute(
                f"SELECT key, text, articles FROM phrases WHERE substr(key, 1, {len(key)}) = ?"
                f" AND articles >= {_LEAST_OF_FEW} ORDER BY articles DESC LIMIT ?",
                (key, wanted),
            ).fetchall()
        if len(rows) < wanted:  # more letters, or so few articles that reading all phrases is quick
            rows = execute(
                "SELECT key, text, articles FROM phrases WHERE key >= ? AND key < ? ORDER BY articles DESC LIMIT ?",
                (key, f"{key}\U0010ffff", wanted),
            ).fetchall()
        best: dict[str, Suggestion] = {}
        for found, text, articles in rows:
            if found.strip() != key.strip():
                best.setdefault(found, Suggestion(text, "phrase", articles))
        return list(best.values())[:limit]

    def _titles(self, key: str, limit: int) -> list[Suggestion]:
        if len(key) < len("abc"):
            return []
        # The index gives the first keys at once; grouping all matching titles would sort them: 20 ms with 345,000.
        rows = self._connections.current().execute(
            "SELECT title, min(slug), count(*) FROM titles JOIN articles USING (slug) WHERE key IN"
            " (SELECT DISTINCT key FROM titles WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)"
            " GROUP BY key, title ORDER BY key, title LIMIT ?3",
            (key, f"{key}\U0010ffff", limit),
        )
        return [Suggestion(title, "title", count, f"/articles/{slug}") for title, slug, count in rows]


def _connect(path: Path) -> sqlite3.Connection:
    with opening(path.parent):
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        db.execute("SELECT 1 FROM applied")  # opens its log, too
    return db


def key_of(text: str) -> str:
    """Return the lookup key of a text: its folded terms with single blanks; a trailing blank stays."""
    key = " ".join([terms_of(token)[1] for token in SYLLABLE.findall(nfc(text))])
    return f"{key} " if key and text[-1:].isspace() else key


def title_key(title: str) -> str:
    """Return the key of a title, cut at a length beyond which nobody types."""
    return key_of(title)[:_LONGEST_KEY]
