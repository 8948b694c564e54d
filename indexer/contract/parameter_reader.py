"""Reads single parameters given to pages, API and command line.

All errors are reported together, so that nobody has to fix a request one error at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from indexer.contract.limits import LONGEST_QUERY, LONGEST_VALUE, MOST_VALUES
from indexer.errors import ParameterError
from indexer.model import UNDATED
from indexer.query.dates import period
from indexer.vietnamese.letters import nfc

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LONGEST_DECOMPOSITION = 4
"""Maximum number of code points into which one NFC character decomposes (Unicode, UAX 15)."""
_CHARACTERS = ("Cc", "Cs")
"""Control characters and lone surrogates: not text, and in the latter case not even UTF-8."""

_Choice = TypeVar("_Choice", bound=str)


class ParameterReader:
    """Reads parameters one by one and collects the errors.

    An invalid parameter becomes an entry in ``errors``, and is treated as if it were not given.
    """

    def __init__(self, params: Mapping[str, Sequence[str]]) -> None:
        self.params = params
        self.errors: dict[str, str] = {}

    def raise_errors(self) -> None:
        """Raise ParameterError if there were any errors."""
        if self.errors:
            raise ParameterError(self.errors)

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Report the parameters that are not in ``known``."""
        told = f"use {', '.join(sorted(known))}" if known else "this address takes none"
        for name in self.params:
            if name not in known:
                self.errors[_shown(name)] = f"is not a known parameter; {told}"

    def one(self, name: str) -> str:
        """Return the single value of a parameter; empty values count as not given."""
        given = {value for value in self.params.get(name, ()) if value.strip()}
        if len(given) > 1:
            self.errors[name] = "may be given only once"
            return ""
        return given.pop() if given else ""

    def query(self) -> str:
        """Return ``q`` in composed form (NFC)."""
        raw = self.one("q")
        # Composing long runs of combining marks is slow, and beyond this the result is known.
        too_long = len(raw) > LONGEST_QUERY * _LONGEST_DECOMPOSITION
        text = "" if too_long else nfc(_without_controls(raw)).strip()
        if too_long or len(text) > LONGEST_QUERY:
            self.errors["q"] = f"must have at most {LONGEST_QUERY} characters"
        return text

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a repeatable parameter, without duplicates."""
        given = [value for value in self.params.get(name, ()) if value.strip()]
        if len(given) > MOST_VALUES:
            self.errors[name] = f"is given {len(given)} times; at most {MOST_VALUES} values are allowed"
        elif any(len(value) > LONGEST_VALUE for value in given):
            self.errors[name] = f"has a value with more than {LONGEST_VALUE} characters"
        elif any(unicodedata.category(c) in _CHARACTERS for value in given for c in value):
            self.errors[name] = "has a value that contains control characters"
        else:
            return tuple(dict.fromkeys(nfc(value).strip() for value in given))
        return ()

    def names(self, name: str, known: Sequence[str]) -> frozenset[str] | None:
        """Return the given names, all in ``known``, separated by commas or repeated; None if there are none."""
        given = {part.strip() for value in self.params.get(name, ()) for part in value.split(",")} - {""}
        unknown = sorted(given - set(known))
        if unknown:
            self.errors[name] = f"{_shown(unknown[0])!r} must be one of {', '.join(known)}"
        return frozenset(given) or None

    def dates(self) -> tuple[str, ...]:
        """Return the values of ``date``: years, months, undated."""
        values = self.values("date")
        for value in values:
            if value != UNDATED and not (_DATE.fullmatch(value) and period(value)):
                self.errors["date"] = f"{_shown(value)!r} must be YYYY, YYYY-MM or {UNDATED}"
        return values

    def day(self, name: str, side: int) -> date | None:
        """Return the first (``side`` 0) or last (1) day of the period given by a parameter."""
        value = self.one(name).strip()
        days = period(value) if _DAY.fullmatch(value) else None
        if value and days is None:
            self.errors[name] = f"{_shown(value)!r} must be a date: YYYY, YYYY-MM or YYYY-MM-DD"
        return days[side] if days else None

    def choice(self, name: str, choices: tuple[_Choice, ...]) -> _Choice | None:
        """Return which of ``choices`` a parameter selects; None if it is not given."""
        value = self.one(name)
        for choice in choices:
            if value == choice:
                return choice
        if value:
            self.errors[name] = f"{_shown(value)!r} must be one of {', '.join(choices)}"
        return None

    def number(self, name: str, default: int, highest: int) -> int:
        """Return a parameter's whole number, from 1 to ``highest``."""
        value = self.one(name)
        if not value:
            return default
        if _NUMBER.fullmatch(value) and 1 <= int(value) <= highest:
            return int(value)
        self.errors[name] = f"{_shown(value)!r} must be a whole number from 1 to {highest:,}"
        return default


def _without_controls(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in _CHARACTERS else c for c in text)


def _shown(value: str) -> str:
    """Shorten a value for a message, and keep it printable."""
    return _without_controls(value[:40])
