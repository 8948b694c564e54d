"""Figures from the query log."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.query_log.store import QueryLog

_SECONDS_A_DAY = 86_400
_SLOW_MS = 100.0
"""Duration in milliseconds from which a search is listed as slow: ten times the usual."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, regardless of spelling: how often it was asked, and its last number of articles."""

    text: str
    times: int
    total: int


@dataclass(frozen=True, slots=True)
class Slow:
    """A query that was slow at least once."""

    text: str
    times: int
    slowest_ms: float


@dataclass(frozen=True, slots=True)
class Report:
    """What was searched in the last ``days``; ``clicks`` are pairs of position and number."""

    days: int
    searches: int
    without_results: int
    top: tuple[Asked, ...]
    zero: tuple[Asked, ...]
    slow: tuple[Slow, ...]
    clicks: tuple[tuple[int, int], ...]

    @property
    def zero_share(self) -> float:
        """The share of searches without results, from 0 to 1."""
        return self.without_results / self.searches if self.searches else 0.0


def report(data: Path, days: int, limit: int, now: float | None = None) -> Report:
    """Return the first ``limit`` entries of each list; searches with filters that found nothing are counted but not listed."""
    log = QueryLog(data)
    since = int((time.time() if now is None else now) - days * _SECONDS_A_DAY)
    # Beside max(), SQLite takes the other columns from the row with the maximum: the total of the last time.
    asked = "SELECT text, count(*), total, max(rowid) FROM searches WHERE at >= ? AND text <> ''"
    grouped = "GROUP BY folded(text) ORDER BY count(*) DESC, text LIMIT ?"
    zero = "AND total = 0 AND NOT filtered"
    slow = (
        "SELECT text, count(*), max(ms) FROM searches WHERE at >= ? AND ms >= ?"
        " GROUP BY folded(text) ORDER BY max(ms) DESC LIMIT ?"
    )
    clicks = "SELECT position, count(*) FROM clicks WHERE at >= ? GROUP BY position ORDER BY position LIMIT ?"
    counts = log.rows("SELECT count(*), coalesce(sum(total = 0), 0) FROM searches WHERE at >= ?", since)
    searches, without_results = counts[0] if counts else (0, 0)
    return Report(
        days,
        searches,
        without_results,
        top=tuple(map(_asked, log.rows(f"{asked} {grouped}", since, limit))),
        zero=tuple(map(_asked, log.rows(f"{asked} {zero} {grouped}", since, limit))),
        slow=tuple(Slow(*row) for row in log.rows(slow, since, _SLOW_MS, limit)),
        clicks=tuple((position, n) for position, n in log.rows(clicks, since, limit)),
    )


def frequent(data: Path, days: int, most: int) -> list[str]:
    """Return the queries with results, most frequent first."""
    since = int(time.time() - days * _SECONDS_A_DAY)
    rows = QueryLog(data).rows(
        "SELECT text FROM searches WHERE at >= ? AND total > 0 AND text <> ''"
        " GROUP BY folded(text) ORDER BY count(*) DESC LIMIT ?",
        since,
        most,
    )
    return [row[0] for row in rows]


def _asked(row: tuple[Any, ...]) -> Asked:
    return Asked(*row[:3])
