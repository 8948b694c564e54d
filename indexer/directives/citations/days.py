"""The date of issue beside a citation: ``ngày 19/9/2019``, ``ban hành ngày 7 tháng 7 năm 2014``."""

from __future__ import annotations

import re
from datetime import date

_DAY = (
    r"ngày\s{1,2}(\d{1,2})"
    r"(?:\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?|\s{1,2}tháng\s{1,2}(\d{1,2})\s{1,2}năm\s{1,2})(\d{4})(?!\d)"
)
_AFTER = re.compile(
    r"(?: \(sửa đổi\))?[,(]?\s{0,2}(?:(?:được |do |của )[^.;,()\d]{0,60}?)?(?:(?:ban hành|ký|thông qua)\s)?"
    + _DAY,
    re.IGNORECASE,
)
_OPENING = re.compile(rf"(?<!\w){_DAY}\s?,(?![^,]*(?<!\w)ngày \d)", re.IGNORECASE)


def day_after(text: str, end: int) -> str | None:
    """Return the ISO date right after ``end``."""
    return _iso(_AFTER.match(text, end))


def day_opening(text: str, start: int, end: int) -> str | None:
    """Return the ISO date of the events told between ``start`` and ``end``: ``Ngày 24/5/2017, …``."""
    days = list(_OPENING.finditer(text, start, end))
    return _iso(days[-1]) if days else None


def _iso(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    day, month, spelled_month, year = match.groups()
    try:
        return date(int(year), int(month or spelled_month), int(day)).isoformat()
    except ValueError:
        return None
