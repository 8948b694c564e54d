"""From which day a document holds, and until when, as its own text says it: "Nghị định này có hiệu lực từ ngày …"."""

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
"""What stands before where some articles of it begin to hold, not all."""
_LONGEST = 400
_SAID = re.compile(r"này\s+(?:bắt\s+đầu\s+)?(?:có|hết)\s+hiệu\s+lực", re.IGNORECASE)
_BEFORE, _BEHIND = 30, 250
"""Characters around these words that a pattern needs: a type before, days and what stands between them behind."""


@dataclass(frozen=True, slots=True)
class Force:
    """What a text says of its own force; days are ISO, ``since`` empty where it is the day of signing and that is not known."""

    since: str
    until: str
    """The first day on which it holds no longer; empty where nothing is said."""
    sentence: str


def own_force(text: str, issued: str | None) -> Force | None:
    """Return what NFC ``text`` says of its own force; None where it says nothing. ``issued`` is its ISO day of issue."""
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
    """Return the first match that is of the whole text; looked for only around the words that all of them hold."""
    for said in _SAID.finditer(text):
        match = pattern.search(text, max(0, said.start() - _BEFORE), said.end() + _BEHIND)
        if match and match.start() < said.start() < match.end() and not _of_pieces(text, match):
            return match
    return None


def _of_pieces(text: str, match: re.Match[str]) -> bool:
    return _OF_PIECES.search(text, max(0, match.start() - 90), match.start()) is not None


def iso_day(groups: tuple[str | None, ...]) -> str:
    """Return a day as ISO, empty where there is no such day."""
    day, month, year = (int(group) for group in groups if group)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _day_after(day: str, through: bool) -> str:
    if not day or not through:
        return day
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()
