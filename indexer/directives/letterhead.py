"""Splits the top of a document into the pieces of its head, resolving columns, cells and rules.

Decree 30/2020/NĐ-CP, appendix I, defines the parts of a document and their order; Guidance 36-HD/VPTW those of the Party.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from indexer.directives.citations.numbered import find_numbered
from indexer.directives.codes import WORDS
from indexer.directives.number import DocumentNumber, parse_letter, parse_number
from indexer.vietnamese.letters import CAPITALS, fold, mend_look_alikes

LONGEST = 3000
"""Number of characters in which to look for the head: the longest among the laws has some 700."""
_YEARS = range(1945, 2100)


class Kind(enum.Enum):
    """The kind of a piece."""

    NATION = "national name, motto, or the name of the Party"
    NUMBER = "number"
    DAY = "place and day"
    ABOUT = "subject of a letter: V/v"
    CAPITALS = "capitals"
    ASIDE = "number of the page, degree of urgency, session"
    TEXT = "other text"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a head; the last fields depend on its kind and are None if still to be filled in."""

    kind: Kind
    text: str
    gap: bool = False
    """Whether an empty line precedes it."""
    ruled: bool = False
    """Whether a rule precedes it."""
    number: DocumentNumber | None = None
    place: str | None = None
    day: date | None = None


NATION = re.compile(
    r"(?<!NƯỚC )(?:C[ỘO]NG\s{1,3}H(?:ÒA|OÀ|OA)\s{1,3}X[ÃA]\s{1,3}H[ỘO]I\s{1,3}CH[ỦU]\s{1,3}NGH[ĨI]A\s{1,3}VI[ỆE]T\s{1,3}NAM"
    r"|(?i:[ĐD][ỘO]C\s{0,3}L[ẬA]P\s{0,3}[-–—.]{1,2}\s{0,3}T[ỰU]\s{0,3}DO\s{0,3}[-–—.]{1,2}\s{0,3}H[ẠA]NH\s{0,3}PH[ÚU]C)"
    r"|[ĐD][ẢA]NG\s{1,3}C[ỘO]NG\s{1,3}S[ẢA]N\s{1,3}VI[ỆE]T\s{1,3}NAM)(?!\w)"
)
"""In capitals, these names separate the columns of a line; in small letters, they occur in any sentence."""
_NATION_LETTERS = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc")
_SHORTEST_NATION, _LONGEST_NATION, _ALIKE = 16, 42, 0.85
"""Minimum and maximum number of letters, and the share of them that must match."""
_RULE = re.compile(r"(?:[-_=*~–—.…─═]\s?){3,}|(?<!\S)\*(?!\S)")
EDGES = re.compile(r"[\t|\v]|\s{3,}")
_TYPE = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_NUMBERED = re.compile(rf"(?:(?:{_TYPE})\s{{1,3}})?số(?:\s{{0,3}}[:.]|(?=\s{{0,3}}[0-9]))\s*", re.IGNORECASE)
_BEHIND_CAPITALS = re.compile(rf"(?<=[{CAPITALS}]{{2}} )(?=S(?:ố|Ố)\s{{0,3}}:)")
_SEEN_TWICE = re.compile(r"(?<=\d/[QN]Đ)Đ(?=-)|(?<=\d /[QN]Đ)Đ(?=-)")
"""Tesseract reads "QĐ" as "QĐÐ" in one of fifteen decisions."""
_FIGURES_SEEN = re.compile(r"(?=[^/]{0,6}[0-9])[0-9OolI|!\]]{1,6}(?=\s?/\s?[A-ZĐ0-9])")
_SEEN_AS_FIGURES = str.maketrans("OolI|!]", "0011111")
"""Characters that Tesseract reads in place of figures: ``Số: 43]/QĐ-UBND``."""
_UNREADABLE = re.compile(r"\S{1,12}\s?/\s?\S{1,30}")
_LEFT_OPEN = re.compile(r"[\s.…_]*[/-]\s*[A-ZĐ]\S*\s*")
_ASSEMBLY_TERM = re.compile(r"(?<=QH) (?=[0-9]{1,2}(?![\w/]))")
_LEVEL = r"(?:Thành phố|Tỉnh|Huyện|Quận|Thị xã|Thị trấn|Xã|Phường|Đặc khu)\s"
_DAY = re.compile(
    rf"(?:(?P<place>(?:{_LEVEL})?(?:TP\.?\s?)?[{CAPITALS}][\w'-]{{0,12}}(?:\s[{CAPITALS}][\w'-]{{0,12}}){{0,5}})\s{{0,3}}[,.]?\s{{0,3}})?"
    r"(?<![\w])[Nn]gày\s{0,3}(?:(?P<day>\d{1,2})|[^\s\d]{1,4}(?=\s))?[\s.…_]{0,20}(?:[/-]|tháng)\s{0,3}(?P<month>\d{1,2})?[\s.…_]{0,20}(?:[/-]|năm)\s{0,3}"
    r"(?P<year>\d{4})?[\s.…_\d]{0,20}$"
)
_ROOM = re.compile(
    r"(?<=ngày|háng)[ \u00a0\t.…_]{1,60}(?=tháng|năm|\d)|(?<=năm)[ \u00a0\t.…_]{1,60}(?=\d)", re.IGNORECASE
)
_ROOM_IN_NUMBER = re.compile(r"(?<=[Ss]ố:)[ \u00a0.…_]{2,60}(?=[/\d])|(?<=\d)[ \u00a0]{2,60}(?=/[A-ZĐ])")
"""Space for handwriting in a number; it does not separate columns."""
_ABOUT = re.compile(r"(?:v\s?/\s?v|về việc)\b\s*:?\s*", re.IGNORECASE)
_ASIDE = re.compile(
    r"\W*(?:\d{1,3}|trang \d{1,3}|dự thảo.{0,30}|hỏa tốc|hoả tốc|thượng khẩn|khẩn|mật|tối mật|tuyệt mật|bản sao|mẫu số.{0,30}"
    r"|công báo.{0,60}|kh(?:óa|oá) ?[ivx\d]+,? kỳ họp thứ.{0,40}|\(từ ngày.{0,80})\W*",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"^\W*\d{1,3}\W*$|số|trang \d|kỳ họp|ngày|cộng h|độc l|khẩn|mật|dự thảo|bản sao|mẫu|công báo",
    re.IGNORECASE,
)
"""One of these is in every line of a letterhead that is not in capitals."""

_TYPE_NAMES = {fold(word): word for word in WORDS}
_TYPE_WORD = re.compile(rf"({'|'.join(sorted(_TYPE_NAMES, key=len, reverse=True))})(?![^\W_])")
AGENCY = re.compile(
    r"(?:uy ban|ubnd|hdnd|chinh phu|thu tuong|quoc hoi|chu tich|bo truong|bo|so|cuc|tong cuc|ban|van phong|toa an|vien|truong"
    r"|dai hoc|hoc vien|dang bo|dang uy|tinh uy|thanh uy|huyen uy|quan uy|trung tam|cong an|lien doan|phong|chi cuc|thanh tra"
    r"|hoi (?:dong|nong|lien|cuu|chu|luat|khuyen|nha)|kiem toan|ngan hang|tap doan|tong cong ty|cong ty|giam doc|chanh an"
    r"|vien truong|thong doc|uy vien|bao hiem|kho bac|benh vien|doan|mat tran|bi thu)(?![^\W_])"
)
"""The first words of issuers, folded, and of those who sign on their behalf."""


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces at the top of NFC ``text``, in order."""
    top = _SEEN_TWICE.sub("", _ROOM_IN_NUMBER.sub(" ", _ROOM.sub(" ", mend_look_alikes(text[:LONGEST]))))
    top = NATION.sub(lambda found: f"\v{' '.join(found[0].split())}\v", top)
    gap = ruled = False
    for line in top.split("\n"):
        if not line.strip():
            gap = True
        for part in EDGES.split(_BEHIND_CAPITALS.sub("\v", _RULE.sub("\v*\v", line))):
            if part == "*":
                ruled = True
            elif part.strip():
                for piece in _read(" ".join(part.split())):
                    yield replace(piece, gap=gap, ruled=ruled)
                    gap = ruled = False


def is_letterhead(line: str) -> bool:
    """Return whether ``line`` has only what precedes a document's name: issuer, motto, number, place and date."""
    if not (_in_capitals(line) or _TELLING.search(line)):
        return False  # most titles, without being taken to pieces
    found = list(pieces(line))
    national = any(piece.kind is Kind.NATION for piece in found)
    return bool(found) and all(_is_above_name(piece, national) for piece in found)


def _is_above_name(piece: Piece, national: bool) -> bool:
    """Return whether ``piece`` precedes a document's name; ``national``: beside the national name or the motto."""
    if piece.kind is Kind.CAPITALS:
        return not type_of(piece.text) and (national or AGENCY.match(fold(piece.text)) is not None)
    if piece.kind is Kind.NUMBER:
        return not piece.text[:1].isdigit()
    return piece.kind in (Kind.NATION, Kind.DAY, Kind.ASIDE)


def type_of(text: str) -> str | None:
    """Return the document type at the start of ``text``, one of :data:`~indexer.directives.codes.WORDS`."""
    found = _TYPE_WORD.match(fold(text))
    return _TYPE_NAMES[found[1]] if found else None


def _read(part: str) -> Iterator[Piece]:
    """Yield the pieces in one cell of a line: a number and the place beside it are two pieces."""
    if NATION.fullmatch(part) or NATION.fullmatch(part.upper()) or _is_seen_as_nation(part):
        yield Piece(Kind.NATION, part)
    elif label := _NUMBERED.match(part):
        yield from _numbered(part, label)
    elif dated := _DAY.search(part):
        before = part[: dated.start()].strip()
        if any(map(str.isalnum, before)):
            yield from _plain(before)
        yield Piece(Kind.DAY, dated[0], place=dated["place"], day=_day(dated))
    else:
        yield from _plain(part)


def _is_seen_as_nation(part: str) -> bool:
    """Return whether ``part`` is the national name or the motto with some letters misread by a scanner."""
    if not _SHORTEST_NATION <= len(part) <= _LONGEST_NATION:
        return False
    letters = "".join(filter(str.isalpha, fold(part)))
    return any(
        SequenceMatcher(None, letters, one, autojunk=False).ratio() >= _ALIKE for one in _NATION_LETTERS
    )


def _plain(part: str) -> Iterator[Piece]:
    if about := _ABOUT.match(part):
        yield Piece(Kind.ABOUT, part[about.end() :])
    elif _ASIDE.fullmatch(part):
        yield Piece(Kind.ASIDE, part)
    else:
        yield Piece(Kind.CAPITALS if _in_capitals(part) else Kind.TEXT, part)


def _numbered(part: str, label: re.Match[str]) -> Iterator[Piece]:
    number, rest = _number(part[label.end() :])
    if number is None and not label[0].rstrip().endswith((":", ".")):
        yield from _plain(part)
        return
    yield Piece(Kind.NUMBER, part[: len(part) - len(rest)], number=number)
    if rest := rest.strip(" ,;"):
        yield from _read(rest)


def _number(text: str) -> tuple[DocumentNumber | None, str]:
    """Return the number at the start of ``text``, and the text after it."""
    if blank := _LEFT_OPEN.match(text):
        return None, text[blank.end() :]
    text = _ASSEMBLY_TERM.sub("", text)
    text = _FIGURES_SEEN.sub(lambda figures: figures[0].translate(_SEEN_AS_FIGURES), text, count=1)
    cited = next(find_numbered(f"số {text}"), None)
    if cited is not None and cited.start == len("số "):
        return parse_number(cited.text) or parse_letter(cited.text), text[cited.end - len("số ") :]
    first, _, rest = text.partition(" ")
    number = parse_number(first) or parse_letter(first)
    if number is None and (unreadable := _UNREADABLE.match(text)):
        rest = text[unreadable.end() :]
    return number, rest


def _day(match: re.Match[str]) -> date | None:
    try:
        day = date(*(int(match[part] or 0) for part in ("year", "month", "day")))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _in_capitals(text: str) -> bool:
    """Return whether ``text`` is in capitals, except for a scanner's mistakes."""
    large = sum(map(str.isupper, text))
    return large > 0 and sum(map(str.islower, text)) * 12 <= large
