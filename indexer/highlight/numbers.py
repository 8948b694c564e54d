"""Detects parts of a document number (``UBND`` and ``08/2024`` in ``08/2024/QĐ-UBND``) or of a date."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,6}[A-Za-z]?(?:[/-][0-9]{4})?[/-][A-ZĐƯ][^\s,;:()\[\]\"“”]*")
_BEFORE = re.compile(r"[^\s,;:()\[\]\"“”]{0,40}\Z")
"""Characters before a place that belong to the same written word."""
_FARTHEST = 40
"""Maximum distance in characters from the start of a number to a part of it."""
_TAIL = re.compile(r"(?<=[0-9],)[0-9]{1,2}(?![0-9])")
_JOINTS = ("/", "-", ".")
_DATE = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}(?!\w)")
_DAY_BEFORE = re.compile(r"(?<![\w/.-])(?:[0-9]{1,2}[-–])?[0-9]{1,2}[/.-]\Z")
_YEAR_BEHIND = re.compile(r"[/.-][0-9]{4}(?!\w)")


def is_in_number(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is part of a document number, but not all of it."""
    return _is_in(_NUMBER, text, start, end)


def is_tail(text: str, start: int) -> bool:
    """Tell whether the decimals of a number begin at ``start``: the ``5`` in ``1,5``."""
    return _TAIL.match(text, start) is not None


def is_day_or_month(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is the day or month of a date in figures: ``06`` in ``06/01/2022``."""
    return end - start <= 2 and text[start].isdigit() and _is_in(_DATE, text, start, end)


def _is_in(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    if text[end : end + 1] not in _JOINTS and text[start - 1 : start] not in _JOINTS:
        return False
    before = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    whole = pattern.match(text, before.start() if before else start)
    return whole is not None and end <= whole.end() and whole.span() != (start, end)


def whole_date(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the date in figures that contains ``text[start:end]``: ``01/8/2024`` for ``8/2024``."""
    day = _DAY_BEFORE.search(text, max(0, start - 6), start)
    year = _YEAR_BEHIND.match(text, end)
    return day.start() if day else start, year.end() if year else end
