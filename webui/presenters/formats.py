"""Formats of numbers, dates and sizes in the language of the request."""

from __future__ import annotations

from datetime import date, datetime

from indexer.in_words import day_in_words, moment_in_words, number_in_words
from indexer.model import UNDATED
from indexer.search.facets import date_label
from webui.context.language import current
from webui.context.translation import gettext


def number(value: int) -> str:
    """Return ``value`` with a thousands separator: ``86.416``, in English ``86,416``."""
    return number_in_words(value, current())


def day(value: str | None) -> str:
    """Return a date ``YYYY-MM-DD`` as ``dd/mm/yyyy``, in English as ``22 Nov 2024``; None gives the words for an unknown date."""
    if not value:
        return undated()
    if current() == "en":
        return day_in_words(date.fromisoformat(value), "en")
    return "/".join(reversed(value.split("-")))


def moment(value: str) -> str:
    """Return an ISO 8601 time in its own offset: ``15:20, 22/11/2024``, in English ``22 Nov 2024, 15:20``."""
    return moment_in_words(datetime.fromisoformat(value), current())


def since(first: date) -> str:
    """Return the start of a period in words."""
    return gettext("Từ ngày %(day)s", day=day(first.isoformat()))


def until(last: date) -> str:
    """Return the end of a period in words."""
    return gettext("Đến ngày %(day)s", day=day(last.isoformat()))


def undated() -> str:
    """Return the words for the date of an undated article."""
    return date_label(UNDATED, current())


def undated_document() -> str:
    """Return the words for an unknown year of a document."""
    return gettext("Không rõ năm")


def seconds(milliseconds: float) -> str:
    """Return a duration in seconds: ``0,004 giây``."""
    return gettext("%(number)s giây", number=_decimal(f"{max(milliseconds, 1) / 1000:.3f}"))


def file_size(size: int | None) -> str:
    """Return ``size`` in bytes, in the largest unit with a value above one; an empty string for None."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    power = 1 if size < 1024**2 else 2 if size < 1024**3 else 3
    amount, unit = size / 1024**power, ("KB", "MB", "GB")[power - 1]
    return _decimal(f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}")


def month(value: str) -> str:
    """Return a value of the date facet in words that stand alone, such as ``Năm 2024`` or ``Tháng 11/2024``."""
    whole = date_label(value, current())
    return gettext("Năm %(year)s", year=whole) if whole.isdigit() else whole


def _decimal(text: str) -> str:
    return text if current() == "en" else text.replace(".", ",")
