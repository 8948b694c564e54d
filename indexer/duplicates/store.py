"""Which article belongs to which text, in SQLite beside the catalog; used by the one writer of a data directory.

Made of the catalog alone, so it may be deleted: the next writer makes it anew. What it holds of an article hangs on
the number of the article's last change, so what is stale is known by a number that the catalog no longer has.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.catalog.derived import DerivedStore, derived_errors
from indexer.duplicates.comparison import Text, same_headline, same_text
from indexer.duplicates.shingles import SHARED
from indexer.engine.fields import ANY_TEXT, SAME_TEXT
from indexer.engine.protocol import Entry
from indexer.stored.article import unpack

FILE_NAME = "duplicates.sqlite3"
VERSION = 1
_MOST_HOLDERS = 50
"""Articles looked at for one shingle: what more share it is a template, or so many copies that some will do."""
_COMPARED = 4
"""Candidates that are compared, those with the most shingles in common."""
_REMEMBERED = 100
"""Candidates kept in memory, some 50 kB each."""
_HOLDERS = (
    f"SELECT * FROM (SELECT seq FROM prints WHERE print = ? AND seq != ? ORDER BY seq LIMIT {_MOST_HOLDERS})"
)
SCHEMA = """
-- The shingles of articles, by an older name: another one would have all articles put once more.
CREATE TABLE prints (print INTEGER, seq INTEGER, PRIMARY KEY (print, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE texts (article TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE applied (seq INTEGER) STRICT;
INSERT INTO applied VALUES (0);
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs: ``text`` is None where it is the only one of its text."""

    text: str | None = None
    others: tuple[str, ...] = ()
    """Ids of articles that belong to the text only since then, so that what is indexed of them is out of date."""


class DuplicateStore(DerivedStore):
    """A text that several articles carry is called by the change number that its first one had.

    Changes become durable with :meth:`commit`.
    """

    def __init__(self, data: Path, catalog: Catalog) -> None:
        super().__init__(data / FILE_NAME, SCHEMA, VERSION)
        self._catalog = catalog
        self._candidates: dict[int, Text] = {}

    def place(self, seq: int, entry: Entry, shingles: Sequence[int]) -> Placed:
        """Find the text that the article of ``entry`` carries since change ``seq`` of the catalog, which has it already."""
        id = entry.id
        with self._writing():
            if seq <= self._applied:
                # A replay: whoever replays may have missed what became of the first one, too.
                text = self._text(id)
                first = self._catalog.numbered(int(text)) if text else None
                return Placed(text, (unpack(first).id,) if first else ())
            original = self._original(seq, entry, shingles)
            self._db.executemany(
                "INSERT OR IGNORE INTO prints VALUES (?, ?)", [(one, seq) for one in shingles]
            )
            if original is None:
                self._db.execute("DELETE FROM texts WHERE article = ?", (id,))
                return Placed()
            first_seq, first_id = original
            text = self._text(first_id)
            others = () if text else (first_id,)
            text = text or str(first_seq)
            self._db.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", [(first_id, text), (id, text)])
            return Placed(text, others)

    def text_of(self, id: str) -> str | None:
        """Return the text that the article ``id`` carries with others, None where it is the only one."""
        with derived_errors(self._path):
            return self._text(id)

    def forget(self, ids: Iterable[str]) -> None:
        """Forget articles that are gone; their shingles go when somebody meets them."""
        with self._writing():
            self._db.executemany("DELETE FROM texts WHERE article = ?", [(id,) for id in ids])

    def _text(self, id: str) -> str | None:
        row = self._db.execute("SELECT text FROM texts WHERE article = ?", (id,)).fetchone()
        return row[0] if row else None

    def _original(self, seq: int, entry: Entry, shingles: Sequence[int]) -> tuple[int, str] | None:
        """Return the change number and the id of another article with the same text."""
        held = " UNION ALL ".join([_HOLDERS] * len(shingles))
        shared = Counter(
            [
                other
                for (other,) in (
                    self._db.execute(held, [x for one in shingles for x in (one, seq)]) if shingles else ()
                )
            ]
        )
        compared = 0
        text: Text | None = None
        for other, n in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if n < SHARED or compared == _COMPARED:
                break
            earlier = self._catalog.numbered(other)
            if earlier is None:
                # Changed or removed since; its shingles go as they are met.
                self._db.executemany(
                    "DELETE FROM prints WHERE print = ? AND seq = ?", [(one, other) for one in shingles]
                )
                continue
            text = text or Text(unpack(entry.stored), entry.title.text, entry.body.text)
            candidate = self._text_of_change(other, earlier)
            if n == SHARED and not same_headline(candidate, text):
                # Most of these have a story or a paragraph in common, and reading them takes the time.
                continue
            compared += 1
            if candidate.article.id != entry.id and same_text(candidate, text):
                return other, candidate.article.id
        return None

    def _text_of_change(self, seq: int, stored: bytes) -> Text:
        """Copies and templates come in swarms: the last candidates are remembered."""
        text = self._candidates.pop(seq, None) or Text(unpack(stored))
        self._candidates[seq] = text
        if len(self._candidates) > _REMEMBERED:
            del self._candidates[next(iter(self._candidates))]
        return text


def with_text(entry: Entry, text: str | None) -> Entry:
    """Return ``entry`` with the text that it carries together with others, None where it is the only one."""
    if text is None:
        return entry
    return dataclasses.replace(entry, keywords={**entry.keywords, SAME_TEXT: (text, ANY_TEXT)})
