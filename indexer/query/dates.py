"""Dates in requests and queries: ``2024``, ``2024-06``, ``2024-06-30``, ``30/6/2024``, ``6/2024``."""

from __future__ import annotations

import calendar
import re
from datetime import date

from indexer.model import UNDATED
from indexer.query import tree

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")


def period(text: str) -> tuple[date, date] | None:
    """Return the first and last day of the year, month or day named by ``text``, or None.

    >>> period("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if match := _ISO.fullmatch(text.strip()):
        year, month, day = match.groups()
    elif match := _VIETNAMESE.fullmatch(text.strip()):
        day, month, year = match.groups()
    else:
        return None
    try:
        if day:
            one = date(int(year), int(month), int(day))
            return one, one
        if month:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except (ValueError, IndexError):  # month 13; calendar raises IllegalMonthError
        return None


def read_period(text: str, field: str) -> tree.Node | None:
    """Return the node for ``date:``, ``from:`` or ``to:`` with ``text``, None if it is not a date."""
    if text.strip().lower() == UNDATED and field == "date":
        return tree.NoDate()
    days = period(text)
    if days is None:
        return None
    return tree.Dates(days[0] if field != "to" else None, days[1] if field != "from" else None)


def read_range(start: str | None, end: str | None) -> tree.Node | None:
    """Return the node for ``date:[start TO end]``; an end that is not a date is left open."""
    first = period(start) if start and start != "*" else None
    last = period(end) if end and end != "*" else None
    if first is None and last is None:
        return None
    return tree.Dates(first[0] if first else None, last[1] if last else None)
