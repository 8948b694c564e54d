"""The dates from which and until which a change applies, as stated in its sentence: "… hết hiệu lực từ ngày 01/7/2025"."""

from __future__ import annotations

import re
from datetime import date

from indexer.directives.force import DAY, iso_day
from indexer.directives.number import year_of

_END = r"hết hiệu lực|bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực|không còn hiệu lực|thay thế"
_WORDS = {
    "repeals": _END, "replaces": _END, "expired": _END, "amends": "sửa đổi|bổ sung|điều chỉnh",
    "suspends": "ngưng|đình chỉ|dừng", "postpones": "lùi|hoãn",
}  # fmt: skip
_BEHIND = {
    relation: re.compile(rf"(?<!\w)(?:{words})(?P<between>[^.;]{{0,120}}?)(?<!\w)(?:kể\s+)?từ\s+{DAY}", re.IGNORECASE)
    for relation, words in _WORDS.items()
}  # fmt: skip
_BEFORE = {
    relation: re.compile(rf"(?<!\w)từ\s+{DAY}\)?(?P<between>[\s,;]{{0,3}}(?:và|đồng thời|sẽ|thì|:)?\s?)(?:{words})", re.IGNORECASE)
    for relation, words in _WORDS.items()
}  # fmt: skip
_SUBJECT = re.compile(r"(?<!\w)(?:về|quy định|hướng dẫn|ban hành|trước|đối với)(?!\w)", re.IGNORECASE)
"""Words that open the name of a document; dates within a name belong to its subject."""
_UNTIL = re.compile(rf"(?<!\w)(?:đến|tới|sang)(?:\s+hết)?\s+{DAY}", re.IGNORECASE)
_UNTIL_THAT_YEAR = re.compile(
    r"(?<!\w)(?:đến|tới)(?:\s+hết)?\s+ngày\s+(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d|\s?[/.-]\s?\d)", re.IGNORECASE
)


def days_from(
    sentence: str, relation: str, by: str | None, changed: str, issued: str | None = None
) -> str | None:
    """Return the ISO date from which a sentence says that the document ``changed`` is affected; None if it does not say.

    ``by`` is the key of the changing document: the date must not be before its year, before the year of the changed document,
    or before ``issued``, its ISO date of issue.
    """
    if relation not in _WORDS:
        return None
    earliest = max(str(year_of(key) or "") for key in (by or "", changed))
    earliest = max(earliest, issued or "")
    for pattern in (_BEHIND[relation], _BEFORE[relation]):
        for found in pattern.finditer(sentence):
            day = iso_day(found.groups()[1:7] if pattern is _BEHIND[relation] else found.groups()[:6])
            if day and day >= earliest and not _SUBJECT.search(found["between"]):
                return day
    return None


def day_until(sentence: str, published: str | None = None) -> str | None:
    """Return the ISO date until which a sentence says that something applies: "tính đến hết ngày 31/12/2023", "… đến ngày 15/4".

    A date without a year is in the year in which the source was ``published``.
    """
    if found := _UNTIL.search(sentence):
        return iso_day(found.groups()[:6]) or None
    found = _UNTIL_THAT_YEAR.search(sentence)
    if found is None or not published:
        return None
    try:
        return date(int(published[:4]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None
