"""PURE: how often an alert is sent, and when next."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Literal, get_args

Rhythm = Literal["daily", "weekly", "now"]
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
FOR_PEOPLE: tuple[Rhythm, ...] = ("daily", "weekly")
"""``now``, which means with every run, is for programs."""
HOUR = 6
"""Hour of the morning: news up to the evening before arrive in time for the first coffee."""


def next_due(rhythm: Rhythm, now: int, zone: tzinfo) -> int:
    """Return the next time to send after ``now``, in seconds since 1970: at six in the morning, on Mondays if weekly."""
    if rhythm == "now":
        return now
    local = datetime.fromtimestamp(now, zone)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    if due <= local:
        due += timedelta(days=1)
    if rhythm == "weekly":
        due += timedelta(days=-due.weekday() % 7)
    return int(due.timestamp())
