"""Dates as sources write them: ISO 8601 in records, day/month/year on Vietnamese pages."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from indexer.vietnamese.letters import fold

_YEARS = range(1700, 2200)
"""Years taken for real. Beyond them a date is a slip (``0001-01-01`` is many exports' "none"),
and it would head every list sorted by date."""

_REDUCED = re.compile(r"(\d{4})(?:-(\d{2}))?")
_PAGE_DAY = re.compile(
    r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)"
    r"|(?i:ngày)\s+(\d{1,2})\s+(?i:tháng)\s+(\d{1,2})\s+(?i:năm)\s+(\d{4})(?!\d)"
)
_DAY_WORDS = re.compile(r"\bthu (?:hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b|\b(?:ngay|luc|gmt ?\+? ?7)\b")
_PAGE_TIME = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])\s?[:hg]\s?([0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?([AaPp])\.?[Mm])?"
)


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
    if moment.year not in _YEARS:
        raise ValueError(f"the year of {text[:40]!r} is not within {_YEARS.start} to {_YEARS.stop - 1}")
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def page_day(text: str) -> date | None:
    """Return the first day that ``text`` writes: ``22/11/2024`` or ``ngày 5 tháng 3 năm 2024``."""
    for match in _PAGE_DAY.finditer(text):
        day, month, year = (
            int(n) for n in (match[1] or match[5], match[3] or match[6], match[4] or match[7])
        )
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found.year in _YEARS:
            return found
    return None


def page_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the day that ``text`` writes, at the time beside it (else midnight), in ``zone``."""
    day = page_day(text)
    if day is None:
        return None
    clock = _PAGE_TIME.search(_PAGE_DAY.sub(" ", text))
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    hour = int(clock[1])
    if clock[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[3] in "Pp" else 0)
    return datetime(day.year, day.month, day.day, hour, int(clock[2]), tzinfo=zone)


def is_only_day(text: str) -> bool:
    """Whether ``text`` is a day, perhaps with weekday and time or in brackets, and nothing else."""
    rest = _DAY_WORDS.sub("", fold(_PAGE_TIME.sub("", _PAGE_DAY.sub("", text, count=1), count=1)))
    return page_day(text) is not None and not any(c.isalnum() for c in rest)
