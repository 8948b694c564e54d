"""What cells show: a number in its format, and beside it the number itself where that looks otherwise. PURE."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from indexer.extract.formats.sheets.number_format import GENERAL, around_texts, as_shown, is_date, raw_number


class Shown:
    """The numbers of one workbook as they are shown."""

    def __init__(self, formats: Sequence[str], since_1904: bool) -> None:
        """``formats`` are the codes of its styles; days count from 1900, or ``since_1904``."""
        self._formats = formats
        self._since_1904 = since_1904
        self._is_date = functools.cache(is_date)
        self._around_texts = [around_texts(code) for code in formats]

    def text(self, text: str, style: int) -> str:
        """Return what a cell of ``style`` shows of a text: nothing where its format shows no texts."""
        around = self._around_texts[style] if 0 <= style < len(self._around_texts) else None
        if around is not None:
            text = "".join(text if one == "@" else one for one in around)
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
        code = self._formats[style] if 0 <= style < len(self._formats) else GENERAL
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
