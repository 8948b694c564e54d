"""Rows at the top of a page that describe a document: ``Số hiệu: 17/2026/TT-BYT``, ``Ngày ban hành: 26/06/2026``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.directives.citations.numbered import find_numbered
from indexer.directives.letterhead import is_letterhead
from indexer.directives.number import DocumentNumber, parse_number
from indexer.vietnamese.letters import fold

_TOP = 4000
"""Number of characters in which to look for the rows."""
_LONGEST_ROW = 300
_LONGEST_LINE = 1000
"""Maximum length of a row in characters, including padding."""
_SENTENCE = 60
"""Length in characters from which a row that ends with a full stop is a sentence."""
_NUMBER = re.compile(
    r"(?:so(?:,| va| ?/)? ?(?:ky )?hieu(?: van ban)?|ky hieu(?: van ban)?|so van ban|so(?=\s*:))\s*(?:[:|\t]\s*|$)"
)
_DAY = re.compile(r"(?:ngay (?:ban hanh|ky)(?: van ban)?)\s*(?:[:|\t]\s*|$)")
_ISSUER = re.compile(r"(?:co quan|don vi|noi) ban hanh\s*(?:[:|\t]\s*|$)")
_TYPE = re.compile(r"(?:loai|hinh thuc) van ban\s*(?:[:|\t]\s*|$)")
_TELLING = re.compile(r"hiệu|^\W{0,8}Số\s*:|văn bản", re.IGNORECASE)
"""What a row with a document number contains."""
_DATE = re.compile(
    r"\W*(?:ngay\s)?(\d{1,2})(?:\s?[/.-]\s?|\sthang\s)(\d{1,2})(?:\s?[/.-]\s?|\snam\s)(\d{4})(?!\d)|\W*(\d{4})-(\d\d)-(\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """The values of the rows; None if there are none, and for the number if the rows name several."""

    number: DocumentNumber | None = None
    day: date | None = None
    """The date of issue."""
    type: str | None = None
    issuer: str | None = None


def read_labels(body: str) -> Labels:
    """Return the values of the rows at the top of NFC ``body``, before its first sentence."""
    rows = list(_rows(body[:_TOP]))
    if not any(map(_TELLING.search, rows)):
        return Labels()
    numbers = {number.key: number for value in _values(rows, _NUMBER) if (number := _number(value))}
    if len(numbers) != 1:
        return Labels()
    return Labels(
        next(iter(numbers.values())),
        next((day for value in _values(rows, _DAY) if (day := _day(value))), None),
        next(iter(_values(rows, _TYPE)), None),
        next(iter(_values(rows, _ISSUER)), None),
    )


def _rows(top: str) -> Iterator[str]:
    for line in top.split("\n"):
        if len(line) > _LONGEST_LINE:
            return
        row = " ".join(line.split()).strip("|-•* ")
        if len(row) > _LONGEST_ROW or (
            len(row) > _SENTENCE and row.rstrip('"”’) ').endswith((".", "?", "!", "…"))
        ):
            return
        if row and not is_letterhead(row):
            yield row


def _values(rows: list[str], label: re.Pattern[str]) -> Iterator[str]:
    """Yield the text after a label, or in the row below it."""
    for n, row in enumerate(rows):
        folded = fold(row)
        if len(folded) == len(row) and (found := label.match(folded)):
            value = row[found.end() :].strip("| ") or (rows[n + 1] if n + 1 < len(rows) else "")
            if value and value != "…":
                yield value


def _number(value: str) -> DocumentNumber | None:
    """Read the value of a row, which may include a date: ``17/2026/TT-BYT ngày 26/06/2026``."""
    if whole := parse_number(value):
        return whole
    cited = next(find_numbered(f"số {value}"), None)
    rest = value[cited.end - len("số ") :] if cited and cited.start == len("số ") else "-"
    return parse_number(cited.text) if cited and re.fullmatch(r"\s*(?:,?\s*ngày .*)?", rest) else None


def _day(value: str) -> date | None:
    found = _DATE.match(fold(value))
    if found is None:
        return None
    day, month, year = (found[3], found[2], found[1])[::-1] if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
