"""PURE: how often an alert is sent, and when next."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Literal, get_args

Rhythm = Literal["daily", "weekly", "now"]
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
FOR_PEOPLE: tuple[Rhythm, ...] = ("daily", "weekly")
"""``now``, with each run, is for programs."""
HOUR = 6
"""Of the morning: what was published until the evening before is read with the first coffee."""


def next_due(rhythm: Rhythm, now: int, zone: tzinfo) -> int:
    """Return the next moment to send at after ``now``, in seconds since 1970: six in the morning, of a Monday if weekly."""
    if rhythm == "now":
        return now
    local = datetime.fromtimestamp(now, zone)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    if due <= local:
        due += timedelta(days=1)
    if rhythm == "weekly":
        due += timedelta(days=-due.weekday() % 7)
    return int(due.timestamp())
