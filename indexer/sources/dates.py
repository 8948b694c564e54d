"""Dates as records write them: ISO 8601, and what other programs write where it can mean one moment only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

YEARS = range(1700, 2200)
"""Years taken for real. Beyond them a date is a slip (``0001-01-01`` is many exports' "none"),
and it would head every list sorted by date."""

_REDUCED = re.compile(r"(\d{4})(?:-(\d{2}))?")
_ISO = re.compile(r"[1-9]\d{3}-")
_NONE = re.compile(r"0000-00-00(?:[ T]00:00(?::00(?:\.0+)?)?)?Z?")
"""How MySQL writes that there is no date."""
_DAY = r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
_TIME = r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s?(?P<half>SA|CH|AM|PM))?"
"""With "sáng" or "chiều" in short, as Windows writes times in Vietnamese: ``2:05:00 CH``."""
_DAY_FIRST = (
    re.compile(rf"{_DAY}(?:,?\s{{1,3}}(?:-\s)?{_TIME})?", re.IGNORECASE),
    re.compile(rf"{_TIME},?\s{{1,3}}(?:-\s)?{_DAY}", re.IGNORECASE),
)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s{1,3})?\d{1,2}\s{1,3}[A-Za-z]{3}\s{1,3}\d{4}\s{1,3}\d{1,2}:\d{2}(?::\d{2})?"
    r"\s{1,3}(?:[+-]\d{4}|GMT|UTC?|Z)(?:\s{1,3}\([^()]{1,20}\))?"
)
_EPOCH = range(10**8, 10**10)
"""Seconds since 1970 that are read as such, March 1973 to November 2286: less could be a year or a day in digits."""


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
        raise _no_date(text) from None
    return _real(moment, text, zone)


def read_moment(value: str | float, zone: tzinfo) -> tuple[datetime | None, str | None]:
    """Return the moment that ``value`` names in any known form, and what it was read as where that is not ISO 8601.

    Days come before months (``22/11/2024 10:00``), as in all of Vietnam; so ``11/22/2024`` is refused rather than turned
    round. Zeros for a date are none. Numbers, or their digits, are seconds since 1970, or a thousand times as many.
    Raises ValueError saying what is wrong.
    """
    text = str(value).strip()
    if isinstance(value, str) and _ISO.match(text):
        return moment_of(text, zone), None
    if _NONE.fullmatch(text):
        return None, f"{text!r} was ignored: it is not a date"
    moment = _day_first(text, zone) or _mail(text) or _epoch(value, text)
    if moment is None:
        if not isinstance(value, str):
            raise _no_date(text)
        return moment_of(value, zone), None
    moment = _real(moment, text, zone)
    return moment, f"{text[:60]!r} was read as {moment.isoformat()}"


def _day_first(text: str, zone: tzinfo) -> datetime | None:
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _DAY_FIRST)), None)
    if found is None:
        return None
    try:
        parts = {name: int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
        if found["half"] and parts["hour"] <= 12:
            parts["hour"] = parts["hour"] % 12 + (12 if found["half"].upper() in ("CH", "PM") else 0)
        return datetime(**parts, tzinfo=zone)
    except ValueError:
        raise _no_date(text) from None


def _mail(text: str) -> datetime | None:
    if not _RFC_822.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        raise _no_date(text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # "-0000", by RFC 5322


def _epoch(value: str | float, text: str) -> datetime | None:
    if isinstance(value, str) and not re.fullmatch(r"\d{9,13}", text):
        return None
    seconds = float(value)
    if int(seconds) not in _EPOCH:
        seconds /= 1000
        if int(seconds) not in _EPOCH or len(text) < 12:
            return None
    return datetime.fromtimestamp(seconds, UTC)


def _real(moment: datetime, text: str, zone: tzinfo) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"the year of {text[:40]!r} must be from {YEARS.start} to {YEARS.stop - 1}")
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def _no_date(text: str) -> ValueError:
    return ValueError(f"{text[:40]!r} must be a date such as 2024-11-22 or 2024-11-22T10:30:00+07:00")
