"""Which article belongs to which text, in SQLite beside the catalog; used by the single writer of a data directory.

It is derived from the catalog alone and may be deleted; the next writer recreates it. Its records refer to the number of an
article's last change, so outdated ones are recognised by a number that the catalog no longer has.
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
"""Maximum number of articles examined per shingle: more of them share a template, or are so many copies that some suffice."""
_COMPARED = 4
"""Maximum number of candidates compared, those with most common shingles first."""
_REMEMBERED = 100
"""Number of candidates cached in memory, some 50 kB each."""
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
    """The text of an article; ``text`` is None if no other article has it."""

    text: str | None = None
    others: tuple[str, ...] = ()
    """Ids of articles that belong to the text only since now, so that their index entries are outdated."""


class DuplicateStore(DerivedStore):
    """A text shared by several articles is identified by the change number that its first one had.

    Changes become durable with :meth:`commit`.
    """

    def __init__(self, data: Path, catalog: Catalog) -> None:
        super().__init__(data / FILE_NAME, SCHEMA, VERSION)
        self._catalog = catalog
        self._candidates: dict[int, Text] = {}

    def place(self, seq: int, entry: Entry, shingles: Sequence[int]) -> Placed:
        """Find the text of the article in ``entry``, whose change ``seq`` the catalog already has."""
        id = entry.id
        with self._writing():
            if seq <= self._applied:
                # A replay: the one that replays may also have missed what became of the first article.
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
        """Return the text that the article ``id`` shares with others, None if there are none."""
        with derived_errors(self._path):
            return self._text(id)

    def forget(self, ids: Iterable[str]) -> None:
        """Forget removed articles; their shingles are removed when next encountered."""
        with self._writing():
            self._db.executemany("DELETE FROM texts WHERE article = ?", [(id,) for id in ids])

    def _text(self, id: str) -> str | None:
        row = self._db.execute("SELECT text FROM texts WHERE article = ?", (id,)).fetchone()
        return row[0] if row else None

    def _original(self, seq: int, entry: Entry, shingles: Sequence[int]) -> tuple[int, str] | None:
        """Return change number and id of another article with the same text."""
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
                # Changed or removed since; its shingles are removed as they are encountered.
                self._db.executemany(
                    "DELETE FROM prints WHERE print = ? AND seq = ?", [(one, other) for one in shingles]
                )
                continue
            text = text or Text(unpack(entry.stored), entry.title.text, entry.body.text)
            candidate = self._text_of_change(other, earlier)
            if n == SHARED and not same_headline(candidate, text):
                # Most of these have a story or a paragraph in common, and reading them takes most of the time.
                continue
            compared += 1
            if candidate.article.id != entry.id and same_text(candidate, text):
                return other, candidate.article.id
        return None

    def _text_of_change(self, seq: int, stored: bytes) -> Text:
        """Cached, since copies and templates come in swarms."""
        text = self._candidates.pop(seq, None) or Text(unpack(stored))
        self._candidates[seq] = text
        if len(self._candidates) > _REMEMBERED:
            del self._candidates[next(iter(self._candidates))]
        return text


def with_text(entry: Entry, text: str | None) -> Entry:
    """Return ``entry`` with the text that it shares with others, None if there are none."""
    if text is None:
        return entry
    return dataclasses.replace(entry, keywords={**entry.keywords, SAME_TEXT: (text, ANY_TEXT)})
