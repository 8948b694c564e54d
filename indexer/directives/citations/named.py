"""Citations of laws by name: ``Luật Đất đai năm 2024``, ``Bộ luật Dân sự 2015``, ``BLHS``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from indexer.directives.citations.abroad import is_constitution_abroad, is_law_abroad
from indexer.directives.citations.days import day_after
from indexer.directives.citations.drafts import is_draft
from indexer.directives.citations.law_names import law_names
from indexer.directives.citations.mention import Citation
from indexer.vietnamese.letters import CAPITALS, fold

_KINDS = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh", "hiến pháp": "Hiến pháp"}
_SHORT = {
    "BLHS": "Bộ luật Hình sự",
    "BLDS": "Bộ luật Dân sự",
    "BLTTHS": "Bộ luật Tố tụng hình sự",
    "BLTTDS": "Bộ luật Tố tụng dân sự",
    "BLLĐ": "Bộ luật Lao động",
}
_MARKS = (("uật", 1), ("UẬT", 1), ("háp lệnh", 1), ("HÁP LỆNH", 1), ("iến pháp", 1), ("BL", 0))
"""Letters at the start of every law name, and their distance from it; searching for plain text is some ten times as fast as for
a pattern."""
_START = re.compile(
    r"(?P<kind>(?:(?<!\w)(?:[Bb]ộ |BỘ ))?(?:(?<![A-ZĐ])Luật|(?<!\w)(?:luật|LUẬT))|(?<!\w)(?:Pháp lệnh|PHÁP LỆNH|Hiến pháp))"
    r"(?=[\s,]|(?<=iến pháp)(?:[^\w-]|$))"
    r"|(?<!\w)(?P<short>BL(?:HS|DS|TTHS|TTDS|LĐ))(?!\w)"
)
_SYLLABLE = re.compile(
    r"(?:[ \t]\([A-ZĐ&]{2,7}\)(?=[ \t,]))?(?:[ \t\u00a0]*[,–&/-]?[ \t\u00a0]*\n?[ \t\u00a0]*)([^\W_]+)"
)
_YEAR = re.compile(
    r"(?P<sign>,?[ \u00a0]?(?:[ \u00a0]|\n)năm\s|,? | \(|, ban hành năm | \(năm )"
    r"(?P<year>19[4-9]\d|20[0-4]\d)(?![\w/.-]*\d|[/-][A-ZĐ])(?P<close>\))?"
)
_NUMBER = re.compile(
    r"\s*,?\s*\(?(?:[Ss]ố|Luật số|luật số)?\s*:?\s*\d{1,3}[a-z]?[/-](?:(?:19|20)\d\d[/-])?(?:QH|UBTVQH|HĐNN|PL|L/)"
)
_FACULTY = re.compile(
    r"(?<!\w)(?:đạo|khoa|bộ môn|ngành|đại học|trường|viện|tạp chí|công ty|pháp)\s+$", re.IGNORECASE
)
"""Words for the study or practice of law, and "pháp luật", precede no law name; "đạo luật" is used for laws of other countries."""
_JURIST = re.compile(r"\s(?:gia|sư)(?!\w)", re.IGNORECASE)
"""Jurists: "Hội Luật gia" does not contain "Luật Giá"."""
_CONSTITUTION = re.compile(
    r" (?:nước )?(?:(?:nước )?Cộng h(?:òa|oà) [Xx]ã hội [Cc]hủ nghĩa Việt Nam|CHXHCN Việt Nam|nước CHXHCN Việt Nam)"
)
_THIS = re.compile(r" này(?!\w)")
"""Words after the name by which a text calls itself."""
_UNLISTED = re.compile(
    rf" (?P<name>[{CAPITALS}]\w+(?:,? (?!năm\b|số\b|về\b|ngày\b|của\b|được\b|đã\b|có\b|là\b|và [A-ZĐ])\w+){{1,24}})"
    r"(?=[,;.:)”\"\n]|$| (?:năm|số|ngày|của) )"
)
"""The name of an unlisted ordinance; of a law only if a year follows."""
_LONGEST = 200
"""Maximum length of a name in characters."""
_ABBREVIATION = re.compile(r"\s?\([A-ZĐ&]{2,7}\)")
"""An abbreviation within the name itself: "Luật Hỗ trợ doanh nghiệp (DN) nhỏ và vừa"."""
_SHORTENED = {"dn": ("doanh", "nghiep")}
"""How newspapers abbreviate words of a name."""


@functools.cache
def _names() -> dict[str, Any]:
    """The names as a tree of folded syllables; an empty key marks the end of a name."""
    tree: dict[str, Any] = {}
    for name in law_names():
        for written in {name, name.replace(" và ", " ")}:  # "Luật Khoa học công nghệ"
            node = tree
            for syllable in re.findall(r"[^\W_]+", fold(written)):
                node = node.setdefault(syllable, {})
            node[""] = {}
    return tree


def law_key(name: str, year: int | None = None) -> str:
    """Return the key of a law, ``law:luat_dat_dai@2024``; only the syllables of ``name`` matter."""
    return "law:" + "_".join(re.findall(r"[^\W_]+", fold(name)))[:_LONGEST] + (f"@{year}" if year else "")


def find_named(text: str) -> Iterator[Citation]:
    """Yield the laws cited by name in NFC ``text``; a number after the name becomes the citation."""
    for match in filter(None, (_START.match(text, at) for at in sorted(_starts(text)))):
        lower = text[match.start()].islower()
        if match["short"]:
            end, name = match.end(), _SHORT[match["short"]]
            kind = "Bộ luật"
        else:
            kind = _KINDS[match["kind"].lower()]
            ends = law_name_end(text, match.end(), kind, not lower)
            if ends is None:
                continue
            end = ends
            name = _ABBREVIATION.sub("", text[match.start() : end]) if kind != "Hiến pháp" else kind
        if is_other_word(text[match.end() : end]):
            continue
        year, after = year_after(text, end)
        if lower and kind == "Luật" and year is None and not text[match.end() + 1].isupper():
            continue  # "vi phạm luật giao thông": no law in particular
        if _NUMBER.match(text, after) or is_draft(text, match.start()):
            continue
        if _FACULTY.search(text, max(0, match.start() - 20), match.start()) or _JURIST.match(
            text, match.end()
        ):
            continue
        if is_law_abroad(text, after) or is_law_abroad(text, end):
            continue
        if kind == "Hiến pháp" and _THIS.match(text, end):
            continue
        if kind == "Hiến pháp" and year is None and end == match.end() and is_constitution_abroad(text, end):
            continue
        day = day_after(text, after) or (day_after(text, end) if year is None else None)
        known = year or (int(day[:4]) if day else None)
        yield Citation(
            text=text[match.start() : after],
            start=match.start(),
            end=after,
            number=law_label(name) + (f" năm {known}" if known else ""),
            key=law_key(name, known),
            type=kind,
            issuer="Ủy ban Thường vụ Quốc hội" if kind == "Pháp lệnh" else "Quốc hội",
            date=day,
        )


@functools.cache
def _short_names() -> frozenset[str]:
    return frozenset(name.lower() for name in law_names() if " " not in name)


def is_other_word(name: str) -> bool:
    """Return whether a one-syllable name differs from that of a law by its accents: "các bộ luật được …" is not "Luật Dược"."""
    syllables = name.lower().split()
    return (
        len(syllables) == 1
        and fold(syllables[0]) in map(fold, _short_names())
        and syllables[0] not in _short_names()
    )


def _starts(text: str) -> Iterator[int]:
    """Yield the positions at which a law may be named."""
    for mark, behind in _MARKS:
        at = text.find(mark)
        while at != -1:
            start = max(0, at - behind)
            yield start - 3 if start >= 3 and text[start - 3 : start].lower() == "bộ " else start
            at = text.find(mark, at + 1)


def law_name_end(text: str, at: int, kind: str, upper: bool = True) -> int | None:
    """Return the end of the name that continues at ``at``, None if it is not a known law."""
    if kind == "Hiến pháp":
        long = _CONSTITUTION.match(text, at)
        return long.end() if long else at
    start, node, end = at, _names(), None
    limit = min(len(text), at + _LONGEST)
    while node and (syllable := _SYLLABLE.match(text, at, limit)):
        node = _next(node, fold(syllable[1]))
        at = syllable.end()
        if "" in node:
            end = at
    if end is not None:
        return end
    other = _UNLISTED.match(text, start, limit)
    if other and (
        kind == "Pháp lệnh" or (upper and _YEAR.match(text, other.end()) and len(other["name"].split()) <= 8)
    ):
        return other.end()
    return None


def _next(node: dict[str, Any], syllable: str) -> dict[str, Any]:
    for word in (syllable,) if syllable in node else _SHORTENED.get(syllable, ("",)):
        node = node.get(word, {})
    return node


def year_after(text: str, end: int) -> tuple[int | None, int]:
    """Return the year after a name, and the end of the citation including it."""
    match = _YEAR.match(text, end)
    if match is None or ("(" in match["sign"] and not match["close"]):
        return None, end
    return int(match["year"]), match.end() if "(" in match["sign"] else match.end("year")


def law_label(name: str) -> str:
    """Return a name for display: on one line, with an initial capital."""
    words = " ".join(name.split())
    return words[0].upper() + words[1:]


def law_kind(name: str) -> str:
    """Return the document type indicated by the first words of the name."""
    words = " ".join(name.split()[:2]).capitalize()
    return next(
        (kind for kind in ("Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp") if kind == words), "Luật"
    )


def law_issuer(name: str) -> str:
    """Return the body that adopts documents with such a name."""
    return "Ủy ban Thường vụ Quốc hội" if law_kind(name) == "Pháp lệnh" else "Quốc hội"
