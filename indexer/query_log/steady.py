"""Searches that recur day after day."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from indexer.disk import durable
from indexer.query_log.store import QueryLog

FILE_NAME = "popular.json"
"""File with the texts of one day, for machines that do not have the writer's log."""
MOST = 60
"""Maximum number of texts in it."""

DAYS = 30
"""Number of days before today over which searches are counted."""
LEAST_DAYS = 5
"""Minimum number of days on which a text was searched for: a single evening of one person is not enough."""
LEAST_MINUTES = 10
"""Minimum number of minutes in which it was searched for; several searches in one minute, as by reloading, count once."""
_SHORTEST, _LONGEST = 3, 60
"""Minimum and maximum length of a listed text in characters."""
_SECONDS_A_DAY = 86_400


def steady_searches(data: Path, today: date, zone: tzinfo, most: int) -> list[str]:
    """Return texts that were searched for without filters on at least ``LEAST_DAYS`` days before ``today``, in at least
    ``LEAST_MINUTES`` minutes, with results; most frequent first. Today's searches are excluded, so that the list stays the same
    all day.

    The log does not know who searched: days and minutes stand in for people, who cannot be counted.
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


def write_steady(data: Path, today: date, zone: tzinfo) -> None:
    """Write the texts of ``today`` to the file, unless it has them; raises StorageError."""
    if read_steady(data, today) is None:
        told = {"day": str(today), "texts": steady_searches(data, today, zone, MOST)}
        with durable.storage_errors(data / FILE_NAME, "written"):
            durable.write(data / FILE_NAME, json.dumps(told, ensure_ascii=False).encode())


def read_steady(data: Path, today: date) -> list[str] | None:
    """Return the texts in the file; None if it has not those of ``today``."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((data / FILE_NAME).read_bytes())
        if told["day"] == str(today):
            return [str(text) for text in told["texts"]]
    return None
