"""Queries with results that nobody opens."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from indexer.query_log.store import QueryLog

_SECONDS_A_DAY = 86_400
_LEAST = 3
"""Minimum number of searches: with fewer, it may be by chance that nothing was opened."""


class Unopened(NamedTuple):
    """Queries whose results were never opened, most frequent first; ``clicks`` is the total number of opened results."""

    clicks: int
    """If it is 0, browsers reported nothing, and the list is meaningless."""
    queries: tuple[tuple[str, int, int], ...]
    """Text, number of searches, last number of articles."""


def unopened(data: Path, days: int, limit: int, now: float | None = None) -> Unopened:
    """Return the first ``limit`` queries of the last ``days`` that were asked at least three times."""
    log = QueryLog(data)
    since = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
    rows = log.rows("SELECT count(*) FROM clicks WHERE at >= ?", since)
    queries = log.rows(
        # Beside max(), SQLite takes the other columns from the row with the maximum.
        "SELECT text, count(*), total, max(rowid) FROM searches WHERE at >= ?1 AND text <> '' AND total > 0"
        " AND folded(text) NOT IN (SELECT folded(text) FROM clicks WHERE at >= ?1)"
        " GROUP BY folded(text) HAVING count(*) >= ?2 ORDER BY count(*) DESC, text LIMIT ?3",
        since,
        _LEAST,
        limit,
    )
    return Unopened(
        int(rows[0][0]) if rows else 0, tuple((text, times, total) for text, times, total, _ in queries)
    )
