"""Queries that find something of which nobody opens anything."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from indexer.query_log.store import QueryLog

_SECONDS_A_DAY = 86_400
_LEAST = 3
"""Searches: of fewer it may be chance that nobody opened anything."""


class Unopened(NamedTuple):
    """Queries whose results were never opened, the most frequent first; ``clicks`` is how many results were opened at all."""

    clicks: int
    """Where it is 0, browsers told of none, and the list says nothing."""
    queries: tuple[tuple[str, int, int], ...]
    """Text, times asked, articles found the last time."""


def unopened(data: Path, days: int, limit: int, now: float | None = None) -> Unopened:
    """Return the first ``limit`` queries of the last ``days`` that were asked three times and more."""
    log = QueryLog(data)
    since = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
    rows = log.rows("SELECT count(*) FROM clicks WHERE at >= ?", since)
    queries = log.rows(
        # Beside max(), SQLite takes other columns from the row of the maximum.
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
