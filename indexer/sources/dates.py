"""Dates as records write them: ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

YEARS = range(1700, 2200)
"""Years taken for real. Beyond them a date is a slip (``0001-01-01`` is many exports' "none"),
and it would head every list sorted by date."""

_REDUCED = re.compile(r"(\d{4})(?:-(\d{2}))?")


def moment_of(text: str, zone: tzinfo) -> datetime:
    """Return the moment that ISO 8601 ``text`` names, aware.

    A time without offset is local to ``zone``, a day is its midnight; ISO's reduced forms
    ``2024`` and ``2024-11`` are their first day. Raises ValueError saying what is wrong.
    """
    value = text.strip()
    reduced = _REDUCED.fullmatch(value)
    try:
        if reduced:
            moment = datetime(int(reduced[1]), int(reduced[2] or 1), 1)
        else:
            moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"{text[:40]!r} is no date; write it as 2024-11-22 or 2024-11-22T10:30:00+07:00"
        ) from None
    if moment.year not in YEARS:
        raise ValueError(f"the year of {text[:40]!r} is not within {YEARS.start} to {YEARS.stop - 1}")
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)
