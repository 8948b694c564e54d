"""Stored needs of saved queries, so that most queries are ruled out without being parsed again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping

from indexer.alerts.needs import Needs
from indexer.alerts.store.schema import AlertDatabase

_DAYS = 7
"""Days for which they are valid: new articles explain abbreviations and bear numbers that a query may also mean."""


class KeptNeeds:
    """Needs by query, as derived under ``stamp``, which changes with everything, other than the index, that affects parsing."""

    def __init__(self, database: AlertDatabase, stamp: str, day: int) -> None:
        self._database = database
        self._stamp = stamp
        self._day = day

    def known(self) -> dict[str, Needs]:
        """Return those that are still valid."""
        with self._database.reading() as db:
            rows = (
                db.execute("SELECT query, day, needs FROM needs WHERE stamp = ?", (self._stamp,))
                if db
                else ()
            )
            return {
                query: _needs(needs) for query, day, needs in rows if 0 <= self._day - day < _lasts(query)
            }

    def keep(self, read: Mapping[str, Needs]) -> None:
        """Store what was ``read`` today, and forget queries that are no longer in use."""
        rows = [
            (query, self._stamp, self._day, json.dumps([sorted(need) for need in needs], ensure_ascii=False))
            for query, needs in read.items()
        ]
        with self._database.writing() as db:
            db.executemany("INSERT OR REPLACE INTO needs VALUES (?, ?, ?, ?)", rows)
            db.execute("DELETE FROM needs WHERE query NOT IN (SELECT query FROM alerts)")


def _lasts(query: str) -> int:
    """Return for how many days the needs of ``query`` are valid, spread so that not all expire on one day."""
    return _DAYS + zlib.crc32(query.encode()) % _DAYS


def _needs(text: str) -> Needs:
    return frozenset(map(frozenset, json.loads(text)))
