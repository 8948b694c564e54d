"""What cells show: a number in its format, and beside it the number itself where that looks otherwise. PURE."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from indexer.extract.formats.sheets.number_format import GENERAL, as_shown, is_date, raw_number


class Shown:
    """The numbers of one workbook as they are shown."""

    def __init__(self, formats: Sequence[str], since_1904: bool) -> None:
        """``formats`` are the codes of its styles; days count from 1900, or ``since_1904``."""
        self._formats = formats
        self._since_1904 = since_1904
        self._is_date = functools.cache(is_date)

    def number(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows of the number that is written as ``text``; a text that is none as it is.

        Behind it in brackets stands the number as it is kept, which others search for: ``12,5% (0.125)``.
        """
        try:
            value = float(text)
        except ValueError:
            return text.strip()
        code = self._formats[style] if 0 <= style < len(self._formats) else GENERAL
        return self.shown(value, code)

    def shown(self, value: float, code: str) -> str:
        """Return the same of a number and the code of its format."""
        raw = raw_number(value)
        shown = as_shown(value, code, self._since_1904)
        if not shown or shown == raw or self._is_date(code):
            return shown
        if shown.endswith("%"):
            # Rounded, it is looked for as 12,5% as well.
            exact = raw_number(value * 100).replace(".", ",") + "%"
            raw = raw if shown == exact else f"{exact} {raw}"
        return f"{shown} ({raw})"


def column_of(ref: str) -> int:
    """Return the number, from 1, of the column of a cell called ``AB12``."""
    column = 0
    for letter in ref[:4].upper():
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column
