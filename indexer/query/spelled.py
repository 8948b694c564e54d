"""Spellings of dates and percentages, for highlighting and for display."""

from __future__ import annotations

from indexer.in_words import number_in_words
from indexer.vietnamese.quantities import LARGEST_ROMAN, roman


def date_spellings(term: str) -> tuple[str, ...]:
    """Return the usual spellings of a term of :mod:`indexer.vietnamese.quantities`; only days, months and percentages have any."""
    if term[0] == "p":
        return (f"{term[1:]} phần trăm",)
    if term[0] == "d":
        *year, month, day = term[1:].split("-")
        days, months = {day, str(int(day))}, {month, str(int(month))}
        tails = [f" {year[0]}"] if year else [""]
        named = [f" năm {year[0]}"] if year else [""]
        return tuple(
            spelling
            for one in sorted(days)
            for other in sorted(months)
            for spelling in (f"{one} {other}{tails[0]}", f"{one} tháng {other}{named[0]}")
        )
    if term[0] == "m":
        year_of, month = term[1:].split("-")
        return tuple(
            spelling
            for one in sorted({month, str(int(month))})
            for spelling in (f"{one} {year_of}", f"tháng {one} năm {year_of}")
        )
    return ()


def shown(term: str) -> str:
    """Return a quantity for display: ``ngày 05/03/2024``, ``quý 3/2024``, ``3,5%``, ``3.200``, ``XIII``."""
    kind, value = term[0], term[1:]
    if kind == "p":
        return f"{value}%"
    if kind == "d":
        return "ngày " + "/".join(reversed(value.split("-")))
    if kind == "m":
        return "tháng " + "/".join(reversed(value.split("-")))
    if kind == "q":
        return "quý " + "/".join(reversed(value.split("-")))
    return roman(int(value)) if int(value) <= LARGEST_ROMAN else number_in_words(int(value), "vi")
