"""What cells show: a number in its format, followed by the number itself if that looks different. PURE."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from datetime import datetime

from indexer.extract.formats.sheets.number_format import GENERAL, around_texts, as_shown, is_date, raw_number

_REMEMBERED = 10_000
"""The most formatted numbers kept: the same ones occur again and again."""
_LARGE = 1e15
_LITTLE_LONGER = 2
"""In digits: a third has one more, 0.1 + 0.2 has fourteen."""


class Shown:
    """The texts and numbers of one workbook as displayed."""

    def __init__(self, formats: Sequence[str], since_1904: bool) -> None:
        """``formats`` are the codes of its styles; dates count from 1900, or ``since_1904``."""
        self._formats = formats
        self._since_1904 = since_1904
        around = {code: around_texts(code) for code in set(formats)}
        self._around = {
            style: found for style, code in enumerate(formats) if (found := around[code]) is not None
        }
        self._plain = {style for style, code in enumerate(formats) if code == GENERAL}
        self._shown = functools.lru_cache(_REMEMBERED)(self._in_format)

    def text(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows for a text: nothing if its format hides texts."""
        if style in self._around:
            text = "".join(text if one == "@" else one for one in self._around[style])
        return text.strip()

    def written(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows for the number written as ``text``; anything else is returned unchanged."""
        try:
            value = float(text)
        except ValueError:
            return text.strip()
        return self.number(value, style)

    def number(self, value: float, style: int) -> str:
        """Return what a cell of ``style`` shows for a number.

        The stored number follows in brackets, since others search for it: ``12,5% (0.125)``.
        """
        if style in self._plain or not 0 <= style < len(self._formats):
            if value.is_integer() and -_LARGE < value < _LARGE:  # as most
                return str(int(value))
            raw = raw_number(value)
            return f"{raw.replace('.', ',')} ({_kept(value, raw)})" if "." in raw else raw
        return self._shown(value, self._formats[style]) if math.isfinite(value) else ""

    def _in_format(self, value: float, code: str) -> str:
        raw = raw_number(value)
        shown = as_shown(value, code, self._since_1904)
        if not shown or shown == raw or is_date(code):
            return shown
        if shown.endswith("%"):
            # When rounded it can also be found as 12,5%.
            exact = raw_number(value * 100).replace(".", ",") + "%"
            return (
                f"{shown} ({_kept(value, raw)})"
                if shown == exact
                else f"{shown} ({exact} {_kept(value, raw)})"
            )
        return f"{shown} ({_kept(value, raw)})"


def _kept(value: float, raw: str) -> str:
    """Return a number as stored in the file; if that is far longer than ``raw`` because of binary fractions, both."""
    exact = repr(value)
    if value.is_integer() or exact == raw:
        return raw
    return exact if len(exact) <= len(raw) + _LITTLE_LONGER else f"{raw} {exact}"


def column_of(ref: str) -> int:
    """Return the number, from 1, of the column in a reference like ``AB12``."""
    return _column(ref.rstrip("0123456789"))


def place(ref: str) -> tuple[int, int]:
    """Return row and column, from 1, of the cell reference ``ref``; 0 for what it does not state."""
    letters = ref.rstrip("0123456789")
    digits = ref[len(letters) :][:9]
    return int(digits) if digits else 0, _column(letters)


@functools.lru_cache(1 << 14)
def _column(letters: str) -> int:
    column = 0
    for letter in letters[:4].upper():
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column


def moment(written: str) -> str:
    """Return what a cell shows for a date, or a time of day, ``written`` in ISO 8601; anything else is returned unchanged."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{at:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
