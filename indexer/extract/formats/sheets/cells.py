"""What cells show: a number in its format, and beside it the number itself where that looks otherwise. PURE."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from datetime import datetime

from indexer.extract.formats.sheets.number_format import GENERAL, around_texts, as_shown, is_date, raw_number

_REMEMBERED = 10_000
"""Numbers whose looks are kept: the same ones come again and again."""
_LARGE = 1e15
_LITTLE_LONGER = 2
"""Digits: a third has one more, 0.1 + 0.2 has fourteen."""


class Shown:
    """The texts and numbers of one workbook as they are shown."""

    def __init__(self, formats: Sequence[str], since_1904: bool) -> None:
        """``formats`` are the codes of its styles; days count from 1900, or ``since_1904``."""
        self._formats = formats
        self._since_1904 = since_1904
        around = {code: around_texts(code) for code in set(formats)}
        self._around = {
            style: found for style, code in enumerate(formats) if (found := around[code]) is not None
        }
        self._plain = {style for style, code in enumerate(formats) if code == GENERAL}
        self._shown = functools.lru_cache(_REMEMBERED)(self._in_format)

    def text(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows of a text: nothing where its format shows no texts."""
        if style in self._around:
            text = "".join(text if one == "@" else one for one in self._around[style])
        return text.strip()

    def written(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows of the number that is written as ``text``; a text that is none as it is."""
        try:
            value = float(text)
        except ValueError:
            return text.strip()
        return self.number(value, style)

    def number(self, value: float, style: int) -> str:
        """Return what a cell of ``style`` shows of a number.

        Behind it in brackets stands the number as it is kept, which others search for: ``12,5% (0.125)``.
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
            # Rounded, it is looked for as 12,5% as well.
            exact = raw_number(value * 100).replace(".", ",") + "%"
            return (
                f"{shown} ({_kept(value, raw)})"
                if shown == exact
                else f"{shown} ({exact} {_kept(value, raw)})"
            )
        return f"{shown} ({_kept(value, raw)})"


def _kept(value: float, raw: str) -> str:
    """Return a number as a file keeps it; where that is far longer than ``raw``, for a binary fraction, both."""
    exact = repr(value)
    if value.is_integer() or exact == raw:
        return raw
    return exact if len(exact) <= len(raw) + _LITTLE_LONGER else f"{raw} {exact}"


def column_of(ref: str) -> int:
    """Return the number, from 1, of the column of a cell called ``AB12``."""
    return _column(ref.rstrip("0123456789"))


def place(ref: str) -> tuple[int, int]:
    """Return row and column, from 1, of the cell called ``ref``; 0 for what it does not tell."""
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
    """Return what a cell shows of a day, or a time of it, that is ``written`` by ISO 8601; anything else as it is."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{at:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
