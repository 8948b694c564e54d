"""The period in which a document is in force, according to its own text: "Nghị định này có hiệu lực từ ngày …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.directives.citations.sentences import sentence_around
from indexer.directives.codes import WORDS

_ITSELF = rf"(?:{'|'.join(sorted((*WORDS, 'văn bản'), key=len, reverse=True))})\s+này"
DAY = r"ngày\s+(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))(?!\d)"
_SINCE = re.compile(
    rf"{_ITSELF}\s+(?:bắt\s+đầu\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+(?:(?P<signed>ngày\s+(?:ký|ban\s+hành))|{DAY})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"{_ITSELF}\s+(?:hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+từ|từ|sau)\s+"
    rf"|có\s+hiệu\s+lực\s+(?:[^.;\n]{{0,80}}?)đến\s+(?P<through>hết\s+)?){DAY}",
    re.IGNORECASE,
)
_OF_PIECES = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|chương|mục|quy\s+định)(?!\w)[^.;\n]{0,60}(?:của|tại)\s*$", re.IGNORECASE
)
"""Preceding words which show that only some articles take effect."""
_LONGEST = 400
_SAID = re.compile(r"này\s+(?:bắt\s+đầu\s+)?(?:có|hết)\s+hiệu\s+lực", re.IGNORECASE)
_BEFORE, _BEHIND = 30, 250
"""Number of characters around these words that a pattern needs: the type before them, the dates after them."""


@dataclass(frozen=True, slots=True)
class Force:
    """What a text says about its own force; dates are ISO. ``since`` is empty if it is the unknown date of signing."""

    since: str
    until: str
    """The first day on which it is no longer in force; empty if not stated."""
    sentence: str


def own_force(text: str, issued: str | None) -> Force | None:
    """Return what NFC ``text`` says about its own force; None if nothing. ``issued`` is its ISO date of issue."""
    since, until = _first(_SINCE, text), _first(_UNTIL, text)
    said = until or since
    if said is None:
        return None
    begins = "" if since is None else (issued or "") if since["signed"] else iso_day(since.groups()[1:7])
    ends = _day_after(iso_day(until.groups()[1:7]), until["through"] is not None) if until else ""
    if not begins and not ends and not (since and since["signed"]):
        return None
    return Force(begins, ends, sentence_around(text, said.start(), said.end())[:_LONGEST])


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first match about the whole text; searched for only around the words that all matches contain."""
    for said in _SAID.finditer(text):
        match = pattern.search(text, max(0, said.start() - _BEFORE), said.end() + _BEHIND)
        if match and match.start() < said.start() < match.end() and not _of_pieces(text, match):
            return match
    return None


def _of_pieces(text: str, match: re.Match[str]) -> bool:
    return _OF_PIECES.search(text, max(0, match.start() - 90), match.start()) is not None


def iso_day(groups: tuple[str | None, ...]) -> str:
    """Return a date in ISO format, empty if it does not exist."""
    day, month, year = (int(group) for group in groups if group)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _day_after(day: str, through: bool) -> str:
    if not day or not through:
        return day
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()
