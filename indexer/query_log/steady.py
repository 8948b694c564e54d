"""Which searches come again and again, day after day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from indexer.query_log.store import QueryLog

DAYS = 30
"""Before today, over which searches are counted."""
LEAST_DAYS = 5
"""On which a text was searched for: nobody's one evening makes it steady."""
LEAST_MINUTES = 10
"""In which it was searched for, however often in one of them: reloading a page counts once."""
_SHORTEST, _LONGEST = 3, 60
"""Characters of a text that can be listed."""
_SECONDS_A_DAY = 86_400


def steady_searches(data: Path, today: date, zone: tzinfo, most: int) -> list[str]:
    """Return texts that were searched for without filters on at least ``LEAST_DAYS`` days before ``today``, in at least
    ``LEAST_MINUTES`` minutes, and found something; the most frequent first. Today's are left out, so that the list
    stays the same all day.

    The log does not know who asked: days and minutes stand for the persons that can't be counted.
    """
    midnight = datetime.combine(today, time(), zone)
    offset = int((midnight.utcoffset() or timedelta()).total_seconds())
    until = int(midnight.timestamp())
    rows = QueryLog(data).rows(
        "SELECT text FROM searches"
        " WHERE at >= ? AND at < ? AND total > 0 AND NOT filtered AND length(text) BETWEEN ? AND ?"
        " GROUP BY folded(text)"
        " HAVING count(DISTINCT at) >= ? AND count(DISTINCT (at + ?) / ?) >= ?"
        " ORDER BY count(DISTINCT at) DESC, text LIMIT ?",
        until - DAYS * _SECONDS_A_DAY,
        until,
        _SHORTEST,
        _LONGEST,
        LEAST_MINUTES,
        offset,
        _SECONDS_A_DAY,
        LEAST_DAYS,
        most,
    )
    return [row[0] for row in rows]
