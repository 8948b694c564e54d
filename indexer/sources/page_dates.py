"""Dates in the style of Vietnamese pages: ``Thứ hai, 4 Tháng 3 2024 08:00``, ``04-03-2024

Lượt xem: 15``. PURE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from indexer.sources.dates import YEARS
from indexer.vietnamese.letters import fold

LONGEST = 200
"""Maximum length, in characters, of a line with the publication date, including author and counters."""
_MONTHS = (
    "mot gieng", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi_mot", "muoi_hai chap",
)  # fmt: skip
_ENGLISH = "january february march april may june july august september october november december".split()
_NAMES = {name.replace("_", " "): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES |= {name: n for n, whole in enumerate(_ENGLISH, 1) for name in (whole, whole[:3])} | {"sept": 9}
_VIETNAMESE_MONTH = "|".join(
    sorted((name.replace("_", " ") for names in _MONTHS for name in names.split()), reverse=True)
)
_ENGLISH_MONTH = "|".join(f"{name}|{name[:3]}" for name in _ENGLISH) + "|sept"
_DAY = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2}) ?(?P<s1>[/.-]) ?(?P<m1>\d{1,2}) ?(?P=s1) ?(?P<y1>\d{4})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4})(?P<s2>[/.-])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})(?!\d)(?:t(?=\d\d:))?"
    r"|(?<!\d)(?P<d3>\d{1,2}) ?,? ?(?:thang|thg|th)\.? ?"
    rf"(?P<m3>\d{{1,2}}|(?:{_VIETNAMESE_MONTH})\b) ?(?:,|/|-|\bnam\b)? ?(?:nam )?(?P<y3>\d{{4}})(?!\d)"
    rf"|\b(?:thang|thg|th)\.? ?(?P<m4>\d{{1,2}}|(?:{_VIETNAMESE_MONTH})\b) (?P<d4>\d{{1,2}}), ?(?P<y4>\d{{4}})(?!\d)"
    rf"|(?<!\d)(?P<d5>\d{{1,2}})(?:st|nd|rd|th)? (?P<m5>{_ENGLISH_MONTH})\b\.?,? (?P<y5>\d{{4}})(?!\d)"
    rf"|\b(?P<m6>{_ENGLISH_MONTH})\b\.? (?P<d6>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y6>\d{{4}})(?!\d)"
)
_SHORT_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{2})(?![\d/.-]|:)")
_TIME = re.compile(
    r"(?<![\d/.:-])(?P<h>[01]?\d|2[0-3]) ?(?::|h(?![a-z])|g(?![a-z])|gio\b) ?(?P<m>[0-5]\d)?(?: ?phut)?"
    r"(?::(?P<s>[0-5]\d)(?:\.\d{1,9})?)?(?![\d/])"
    r"(?: ?(?P<half>[ap]\.? ?m\b\.?|sa\b|ch\b|sang\b|chieu\b|toi\b))?"
)
_ZONE = re.compile(
    r"[(\[]?\b(?:gmt|utc)\b ?(?:(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d))?[)\]]?"
    r"|(?<=\d) ?(?:z\b|(?P<sign2>[+-])(?P<hours2>\d{2}):?(?P<minutes2>[0-5]\d)(?!\d))"
)
_WEEKDAY = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|t\.(?:hai|ba|tu|nam|sau|bay)|hom (?:nay|qua)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b"
)
_UPDATED = re.compile(
    r"\b(?:(?:ngay|lan|da|thoi gian|moi) )?(?:cap nhat|sua doi|chinh sua)(?: (?:lan|cuoi|cung|gan nhat|moi nhat|luc|ngay|vao)){0,4}"
    r"(?![a-z])|\b(?:last )?(?:updated|modified)(?: on| at)?\b"
)
_PUBLISHED = re.compile(
    r"\b(?:(?:ngay|thoi gian|da|duoc|thoi diem) )?(?:dang|xuat ban|tao|viet|gui|phat hanh)"
    r"(?: (?:tin|bai|tai|luc|ngay|vao)){0,3}\b"
    r"|\bthoi gian\b|\b(?:date )?(?:published|posted|created)(?: on| at)?\b|\b(?:publish )?date\b"
)
_COUNT = re.compile(
    r"\b(?:(?:so|tong) )?(?:(?:luot|nguoi|da|so lan) )?(?:xem|doc|truy cap|tai ve|tai|binh luan|phan hoi|thich|views?|hits?|comments?)"
    r"(?: (?:bai|tin|trang))?(?: ?: ?[\d.,]*\d|[ (]\d[\d.,]*\)?|(?= ?\|))|\d[\d.,]* ?(?:(?:luot|nguoi|da) ?)?"
    r"(?:xem|doc|truy cap|tai|binh luan|phan hoi|views?|hits?|comments?|luot)\b"
)
_AUTHOR = re.compile(
    r"(?:(?:duoc )?(?:dang|viet|gui|soan|tao) )?(?:boi|by|tac gia"
    r"|nguoi (?:dang|viet|gui|tao|dua)(?: (?:tin|bai))?(?: viet)?|bien tap(?: vien)?"
    r"|nguon(?: tin)?"
    r"|theo|author|(?:written|post(?:ed)?) by|chuyen muc|danh muc|category"
    r"|bbt|ban bien tap|quan tri(?: vien)?|admin(?:istrator)?|super user)\b[ :]{0,3}[^:]{0,80}"
)
_BY = re.compile(r"(?:(?:duoc )?(?:dang|viet|gui) boi|nguoi (?:dang|gui|tao|dua)|(?:posted|written) by)\b")
_SOURCE = re.compile(r"(?<!\w)[Nn]guồn(?: tin)?\s*:\s*([^|•·;]{2,80}?)\s*(?:$|[|•·;]| - )")
_SMALL = re.compile(
    r"\ba ?[-+](?!\w)|\bco chu\b|\b\d{1,3} phut doc\b|\b(?:ngay|luc|vao|hoi|gio|phut|on|at|in)\b"
)
_DIVIDERS = re.compile(r"[|•·–—;]| - |, |\n")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that shows only when an article was published, as aware datetimes."""

    published: datetime | None = None
    updated: datetime | None = None
    vague: bool = False
    """Whether its only label is "Thời gian", which may belong to an event, too."""


def page_day(text: str) -> date | None:
    """Return the first date written in ``text``: ``22/11/2024``, ``ngày 5 tháng 3 năm 2024``, ``4 Tháng Ba, 2024``."""
    return next((day for _, day in _days(fold(text))), None)


def any_day(text: str) -> date | None:
    """Return :func:`page_day`, or a date with a two-digit year; use it only where there must be a date."""
    return next((day for _, day in _days(fold(text), short=True)), None)


def page_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the date in ``text`` with the time beside it (otherwise midnight), in the stated time zone, otherwise in ``zone``."""
    folded = fold(text[:LONGEST])
    day = next((day for _, day in _days(folded)), None)
    return _at(day, _DAY.sub(" ", folded), zone) if day else None


def date_line(text: str, zone: tzinfo) -> DateLine | None:
    """Return the datetimes of a line that is a date, with or without weekday, time, author and counters; otherwise None."""
    if len(text) > LONGEST or not any(c.isdigit() for c in text):
        return None
    folded = " ".join(fold(text).split())
    published = updated = None
    pieces = _pieces(folded)
    for piece in pieces:
        found = next(_days(piece, short=True), None)
        if found is None or not _is_bare(piece, found[0]):
            return None
        place, day = found
        moment = _at(day, f"{piece[: place.start()]} {piece[place.end() :]}", zone)
        if _UPDATED.search(piece):
            updated = updated or moment
        else:
            published = published or moment
    vague = "thoi gian" in folded and "dang" not in folded and updated is None
    return DateLine(published, updated, vague)


def is_only_day(text: str) -> bool:
    """Return whether ``text`` is only a date, possibly with weekday, time, author or counters."""
    return date_line(text, UTC) is not None


def source_beside(text: str) -> str:
    """Return the source named in a line with a date: "5/11/2025 - Nguồn: Báo Lam Giang"; empty if there is none."""
    return match[1].strip() if date_line(text, UTC) and (match := _SOURCE.search(text)) else ""


def is_byline(text: str) -> bool:
    """Return whether ``text`` only names who published an article, or how often it was read."""
    folded = " ".join(fold(text).split())
    if len(folded) > LONGEST or not (_BY.match(folded) or _COUNT.search(folded)):
        return False
    rest = _COUNT.sub(" | ", folded)
    parts = [part.strip(" :()[],.-") for part in _DIVIDERS.split(rest)]
    return all(not part or (_BY.match(part) and _AUTHOR.fullmatch(part)) for part in parts)


def _pieces(folded: str) -> list[str]:
    """Split a line with two times before the label of the second one."""
    days = list(_days(folded))
    if len(days) < 2:
        return [folded]
    first = days[0][0].end()
    words = min(
        (found.start() for kind in (_UPDATED, _PUBLISHED) for found in kind.finditer(folded, first)),
        default=None,
    )
    return [folded] if words is None else [folded[:words], folded[words:]]


def _is_bare(piece: str, place: re.Match[str]) -> bool:
    """Return whether the date at ``place`` is surrounded only by time, author and counters."""
    rest = f"{piece[: place.start()]} | {piece[place.end() :]}"
    for known in (_ZONE, _TIME, _COUNT):
        rest = known.sub(" | ", rest)
    for part in _DIVIDERS.split(rest):
        part = part.strip(" :()[],.-")
        if not part or _AUTHOR.fullmatch(part):
            continue
        for known in (_UPDATED, _PUBLISHED, _WEEKDAY, _SMALL):
            part = known.sub(" ", part)
        part = part.strip(" :()[],.-")
        if any(c.isalnum() for c in part) and not _AUTHOR.fullmatch(part):
            return False
    return True


def _days(folded: str, short: bool = False) -> Iterator[tuple[re.Match[str], date]]:
    for match in _DAY.finditer(folded):
        n = match.lastgroup[1] if match.lastgroup else ""
        if day := _date(match[f"y{n}"], match[f"m{n}"], match[f"d{n}"]):
            yield match, day
    for match in _SHORT_DAY.finditer(folded) if short else ():
        if day := _date(f"20{match[4]}", match[3], match[1]):
            yield match, day


def _date(year: str, month: str, day: str) -> date | None:
    numbers = int(month) if month.isdigit() else _NAMES[month], int(day)
    # A combination that cannot be day and month may be month and day, as on English servers.
    for m, d in (numbers, numbers[::-1]):
        try:
            found = date(int(year), m, d)
        except ValueError:
            continue
        return found if found.year in YEARS else None
    return None


def _at(day: date, beside: str, zone: tzinfo) -> datetime:
    """Return ``day`` at the time stated in ``beside``, otherwise at midnight."""
    clock = _TIME.search(beside)
    if clock is None:
        return datetime.combine(day, time(), zone)
    hour = int(clock["h"])
    half = (clock["half"] or "")[:2].strip(". ")
    if half and 1 <= hour <= 12:
        late = half[0] in "pt" or half == "ch"
        hour = hour % 12 + (12 if late else 0)
    said = _ZONE.search(beside, clock.end("m") if clock["m"] else clock.end("h"))
    at = time(hour, int(clock["m"] or 0), int(clock["s"] or 0))
    return datetime.combine(day, at, (_offset(said) if said else None) or zone)


def _offset(said: re.Match[str]) -> tzinfo | None:
    sign, hours, minutes = (said[name] or said[f"{name}2"] for name in ("sign", "hours", "minutes"))
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset) if offset <= timedelta(hours=14) else None
