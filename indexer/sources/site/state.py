"""What is remembered of crawled sites, in SQLite beside the catalog.

The source writes it, the process that fetches reads it. It may be deleted: then every page is fetched once more. What
would keep a page from being fetched again (its ``ETag``, digest and the like) is written only when its article is in
the catalog, so a run that is killed loses none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from indexer.disk.locks import opening
from indexer.disk.sqlite.connections import transaction
from indexer.disk.sqlite.errors import sqlite_errors
from indexer.sources.site.state_file import FILE_NAME, opened_for_reading, opened_for_writing
from indexer.sources.site.visit import Became, FileMemory, Memory, Visit

_DAY = 86_400.0
_RESUMABLE = 7 * _DAY
"""Seconds after which a run that was stopped is not gone on with: too much may have changed."""
_MEMORY = "key, address, article, etag, modified, digest, links, documents, same_as"


class SiteState:
    """The pages of one source."""

    def __init__(self, data: Path, source: str, writes: bool) -> None:
        """Open the file in ``data``, which is made where it ``writes``; raises StorageError, DamagedError."""
        self._path = data / FILE_NAME
        self._source = source
        with self._errors(), opening(data):
            self._db = opened_for_writing(self._path) if writes else opened_for_reading(self._path)
        self._waiting: dict[str, Visit] = {}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def memory(self, key: str) -> tuple[Memory, float] | None:
        """Return what is remembered of a page, and when it was visited."""
        with self._errors():
            row = self._db.execute(
                f"SELECT {_MEMORY}, visited FROM pages WHERE source = ? AND key = ?", (self._source, key)
            ).fetchone()
        if row is None:
            return None
        key, address, article, etag, modified, digest, links, documents, same, visited = row
        known = Memory(
            key, address, article, etag, modified, digest, _unpacked(links), _unpacked(documents), same
        )
        return known, visited

    def file(self, address: str) -> FileMemory | None:
        """Return what is remembered of an attachment."""
        with self._errors():
            row = self._db.execute(
                "SELECT address, etag, modified, sha256 FROM files WHERE source = ? AND address = ?",
                (self._source, address),
            ).fetchone()
        return FileMemory(*row) if row else None

    def articles(self) -> Iterator[tuple[str, str]]:
        """Yield key and address of every page that is an article."""
        with self._errors():
            yield from self._db.execute(
                "SELECT key, address FROM pages WHERE source = ? AND article IS NOT NULL", (self._source,)
            )

    def take_over(self, before: str) -> None:
        """Remember what the source ``before`` remembered, which has this name now."""
        if before != self._source:
            with self._errors(), transaction(self._db):
                for table in ("pages", "files", "runs"):
                    self._db.execute(
                        f"UPDATE OR IGNORE {table} SET source = ? WHERE source = ?", (self._source, before)
                    )

    def begin(self, now: float, said: str = "") -> float:
        """Begin a run, or go on with the one that was stopped; return when it began.

        ``said`` is what holds of all articles: where that has changed, each is read anew.
        """
        with self._errors(), transaction(self._db):
            row = self._db.execute(
                "SELECT started, ended, said FROM runs WHERE source = ?", (self._source,)
            ).fetchone()
            same = row and row[2] == said
            if same and row[1] is None and 0 <= now - row[0] < _RESUMABLE:
                return float(row[0])
            if row and not same:
                self._db.execute(
                    "UPDATE pages SET etag = '', modified = '', digest = x'' WHERE source = ?",
                    (self._source,),
                )
            self._db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, NULL, ?)", (self._source, now, said))
            return now

    def end(self, now: float) -> None:
        """Note that the run is whole."""
        with self._errors(), transaction(self._db):
            self._db.execute("UPDATE runs SET ended = ? WHERE source = ?", (now, self._source))

    def expect(self, ids: Iterable[str], addresses: Mapping[str, str]) -> None:
        """Make it agree with the catalog, which has these ``ids``; ``addresses`` of their pages are by id.

        A page whose article is not there is fetched anew; one that is not remembered is looked for again.
        """
        known = set(ids)
        with self._errors(), transaction(self._db):
            rows = self._db.execute(
                "SELECT key, article FROM pages WHERE source = ? AND article IS NOT NULL", (self._source,)
            ).fetchall()
            for key, article in rows:
                if article not in known:
                    self._forget(key)
            remembered = {article for _, article in rows}
            self._db.executemany(
                "INSERT OR IGNORE INTO pages (source, key, address, article, links, documents, visited)"
                " VALUES (?, ?, ?, ?, ?, ?, 0)",
                (
                    (self._source, id, address, id, _packed(()), _packed(()))
                    for id, address in addresses.items()
                    if id not in remembered
                ),
            )

    def note(self, visit: Visit, now: float) -> None:
        """Remember what became of a page; of an article only that it was seen, until it is :meth:`accepted`."""
        with self._errors(), transaction(self._db):
            if visit.became is Became.GONE and visit.memory:
                self._db.execute(
                    "UPDATE pages SET gone_since = coalesce(gone_since, ?), gone_last = ?, visited = ?"
                    " WHERE source = ? AND key = ?",
                    (now, now, now, self._source, visit.memory.key),
                )
            elif visit.memory and visit.became is Became.ARTICLE and visit.article:
                self._waiting[visit.article.id] = visit
            elif visit.memory:
                self._keep(visit, now)

    def accepted(self, id: str, now: float) -> Visit | None:
        """Note that the catalog has the article as it was last visited; return that visit."""
        visit = self._waiting.pop(id, None)
        if visit:
            with self._errors(), transaction(self._db):
                self._keep(visit, now)
        return visit

    def gone(self) -> list[str]:
        """Return the ids of articles that were found gone twice, at least a day apart, and not there in between."""
        with self._errors():
            return [
                id
                for (id,) in self._db.execute(
                    "SELECT article FROM pages WHERE source = ? AND article IS NOT NULL"
                    " GROUP BY article HAVING min(coalesce(gone_last - gone_since, 0)) >= ? ORDER BY article",
                    (self._source, _DAY),
                )
            ]

    def removed(self, ids: Iterable[str]) -> None:
        """Forget pages whose articles were removed."""
        with self._errors(), transaction(self._db):
            self._db.executemany(
                "DELETE FROM pages WHERE source = ? AND article = ?", ((self._source, id) for id in ids)
            )

    def _keep(self, visit: Visit, now: float) -> None:
        one = visit.memory
        assert one is not None
        self._db.execute(
            f"INSERT OR REPLACE INTO pages (source, {_MEMORY}, visited) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._source, one.key, one.address, one.article, one.etag, one.modified, one.digest, _packed(one.links),
                _packed(one.documents), one.same_as, now,
            ),
        )  # fmt: skip
        self._db.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            ((self._source, f.address, f.etag, f.modified, f.sha256) for f in visit.files),
        )

    def _forget(self, key: str) -> None:
        self._db.execute(
            "UPDATE pages SET article = NULL, etag = '', modified = '', digest = x'', visited = 0,"
            " gone_since = NULL, gone_last = NULL WHERE source = ? AND key = ?",
            (self._source, key),
        )

    def _errors(self) -> AbstractContextManager[None]:
        return sqlite_errors(
            self._path, "read or written", ", or delete this file; the site is then fetched again"
        )


def _packed(texts: Iterable[str]) -> bytes:
    return zlib.compress(json.dumps(list(texts), ensure_ascii=False).encode(), 1)


def _unpacked(data: bytes) -> tuple[str, ...]:
    return tuple(json.loads(zlib.decompress(data)))
