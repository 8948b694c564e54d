"""Numbers and dates in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime

from indexer.model import Language

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number_in_words(value: int, language: Language) -> str:
    """Return ``value`` with a thousands separator: ``86.416``, in English ``86,416``."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def day_in_words(day: date, language: Language) -> str:
    """Return ``day`` as ``22/11/2024``, in English as ``22 Nov 2024``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day:%d/%m/%Y}"


def moment_in_words(moment: datetime, language: Language) -> str:
    """Return ``moment`` in its own offset as ``15:20, 22/11/2024``, in English as ``22 Nov 2024, 15:20``."""
    day, clock = day_in_words(moment.date(), language), f"{moment:%H:%M}"
    return f"{day}, {clock}" if language == "en" else f"{clock}, {day}"
