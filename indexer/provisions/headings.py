"""Lines that look like the heading of a provision. Their numbers decide whether they are one, in ``sequence.py``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.provisions.lines import Line
from indexer.provisions.numerals import ORDINAL, value_of
from indexer.provisions.provision import Kind
from indexer.vietnamese.letters import CAPITALS

_SIGN = r"\s?[.:\-–—]+\s*"
_NUMERAL = r"(?P<n>\d{1,3}|[IVXLC]{1,7}|[A-H])(?P<letter>[a-zđ]?)(?![^\W_])"
_STRUCTURE = re.compile(
    rf"(?P<kind>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC|Phụ lục|PHỤ LỤC)[^\S\n]{{1,3}}"
    rf"(?:(?:[Tt]hứ|THỨ)\s(?P<word>(?i:{ORDINAL}))(?!\w)|(?:số |SỐ )?{_NUMERAL})(?P<sign>{_SIGN})?(?P<rest>.*)",
)
_APPENDIX = re.compile(r"PHỤ LỤC$")
_ARTICLE = re.compile(
    r"(?P<word>[ĐÐ][iIìÌ][eêềếểEÊỀẾ][unUN])[^\S\n]{1,3}(?P<n>\d{1,4})(?P<letter>[a-zđ]{0,2}\d?)(?![^\W_])"
    rf"(?P<sign>{_SIGN})?(?P<rest>.*)"
)
"""``Điền 25.`` is a misprint in a law in force; its number has to fit all the more."""
_KINDS: dict[str, Kind] = {
    "phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection", "phụ lục": "appendix"
}  # fmt: skip
_DOCUMENT = re.compile(
    r"(?:Luật|Bộ luật|Nghị|Thông|Quyết|Pháp|Hiến|Quy|Điều|Lệnh|Chỉ thị|Công ước|Hiệp|Khoản|Nội quy)\b"
)
"""``Điều 5 Luật này``: a sentence, not a heading."""
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|\t|[.…_ ]{6,})\s*\d{1,4}$|\.{6,}$|…{3,}$")
"""The end of a line in a table of contents."""
_GOES_ON = re.compile(
    r"(?:\b(?:tại|theo|của|và|hoặc|với|các|từ|đến|này|khoản \d{1,3}[a-zđ]?|điểm [a-zđ]{1,2}|khoản|điểm|là|cho|về|ở|thuộc|trong))$",
    re.IGNORECASE,
)
_WRAPPED = 50
"""Length in characters; a shorter line was not broken for lack of space."""
_CAPITAL = re.compile(rf"[{CAPITALS}“\"(\d]")
_LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may be the heading of a provision."""

    line: int
    """Index of the line in the text, counted from 0."""
    kind: Kind
    label: str
    value: int
    letter: str
    rest: str
    """The text after the number."""
    weak: bool = False
    """It may be part of a sentence: it is a heading only if its number is the next one."""

    @property
    def number(self) -> str:
        """The number in Arabic figures, with its letter."""
        return f"{self.value or ''}{self.letter}"


def headings_of(lines: list[Line]) -> list[Heading]:
    """Return the lines outside quotations that may be headings; clauses are found within their article."""
    found = []
    for i, line in enumerate(lines):
        if line.quoted or line.text[0] not in "ĐÐPCTM":
            continue
        before = lines[i - 1] if i else None
        heading = _article(i, line, before) or _structure(i, line, before)
        if heading:
            found.append(heading)
    return found


def _is_spoken_of(before: Line | None, line: Line) -> bool:
    """Tell whether ``line`` ends like one in a table of contents, or continues the previous sentence."""
    if _LEADER.search(line.text, max(0, len(line.text) - 200)):
        return True
    return (
        before is not None
        and not line.apart
        and _GOES_ON.search(before.text, max(0, len(before.text) - 20)) is not None
    )


def _article(i: int, line: Line, before: Line | None) -> Heading | None:
    match = _ARTICLE.match(line.text)
    if not match or _is_spoken_of(before, line):
        return None
    rest, sign = match["rest"].strip(), match["sign"] or ""
    if rest and not sign.strip() and (rest[0].islower() or not rest[0].isalpha() or _DOCUMENT.match(rest)):
        return None
    weak = (
        match["word"] not in ("Điều", "ĐIỀU", "Ðiều", "ÐIỀU")
        or bool(rest and (not sign.strip() or rest[0].islower()))
        or _is_broken(before, line)
    )
    return Heading(
        i, "article", f"Điều {match['n']}{match['letter']}", int(match["n"]), match["letter"], rest, weak
    )


def _structure(i: int, line: Line, before: Line | None) -> Heading | None:
    if _is_spoken_of(before, line):
        return None
    if _APPENDIX.match(line.text):
        return Heading(i, "appendix", "Phụ lục", 0, "", "")
    match = _STRUCTURE.match(line.text)
    if not match:
        return None
    rest, sign = match["rest"].strip(), match["sign"]
    if rest and not (_CAPITAL.match(rest) if sign and sign.strip() else rest.isupper()):
        return None
    if len(rest) > _LONGEST_TITLE or rest[:1].isdigit() or _is_broken(before, line):
        return None
    kind = match["kind"].capitalize()
    written = f"thứ {match['word'].lower()}" if match["word"] else f"{match['n']}{match['letter'] or ''}"
    value = value_of(match["word"] or match["n"])
    return Heading(i, _KINDS[kind.lower()], f"{kind} {written}", value, match["letter"] or "", rest)


def _is_broken(before: Line | None, line: Line) -> bool:
    """Tell whether ``line`` may continue a sentence for which the previous line had no space."""
    if before is None or line.apart or before.text.isupper():
        return False
    return before.text[-1] == "," or (len(before.text) >= _WRAPPED and before.text[-1].isalnum())
