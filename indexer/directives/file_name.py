"""Document numbers in file names: ``74-UBND-KH.signed.pdf``, ``05_2024_QD_UBND_01022024.pdf``.

File names use blanks, ``_``, ``-`` and dots interchangeably, leave out accents, and continue after the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.directives.cleaning import clean
from indexer.directives.codes import CODE, TYPES, WORDS, issuer_code, type_code
from indexer.directives.number import LONGEST, DocumentNumber, parse_number
from indexer.directives.roles import roles_of
from indexer.vietnamese.letters import fold
from indexer.vietnamese.spelling import is_syllable

_TOKEN = re.compile(r"[^\s_./+,;()\[\]–—-]+")
_NUMBER = re.compile(r"0*[1-9]\d{0,5}[a-zA-Z]?")
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([-_.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d")
_CODE = re.compile(CODE)
_MOST_CODES = 15
"""Maximum number of codes in a joint circular; one of 2025 has 13 issuers."""
_NO_CODE = re.compile(
    r"SIGNED\d?|FINAL|SCAN\w*|COPY|DRAFT|REV\d*|V\d+|P\d+|PDF|DOCX?|XLSX?|FILE|WORD|OCR|OK|[\d.]+"
)
"""Parts of file names that follow numbers and are not codes."""
_TYPE_WORDS = {tuple(fold(word).split()): word for word in WORDS}
_CITING = frozenset(
    tuple(words.split())
    for words in (
        "sua doi", "bo sung", "thay the", "bai bo", "huy bo", "huong dan", "thi hanh", "thuc hien", "trien khai", "theo",
        "kem theo", "kem", "gop y", "du thao", "so voi", "chi tiet", "tai", "cua", "noi dung", "quan triet", "so sanh", "hoi dap",
        "dinh chinh", "dieu chinh", "can cu", "ap dung", "tuyen truyen", "pho bien", "tra loi", "tap huan", "gioi thieu",
    )
)  # fmt: skip
"""Words that mark a following number as that of another document."""


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """What a file name tells about its document; ``kh-753-khao-sat`` has a type and a number, but no issuer."""

    number: str
    """With its letter, without leading zeros."""
    type: str | None
    whole: DocumentNumber | None = None
    """The complete number, if the name has it."""

    def may_be(self, other: DocumentNumber) -> bool:
        """Return whether ``other`` may be the complete form of this number, with year and issuer."""
        fields = other.key.split("|")
        if fields[0] != self.number.upper():
            return False
        if self.whole is None:
            return other.type is None or fold(other.type) == fold(self.type or other.type)
        return all(told in ("", full) for told, full in zip(self.whole.key.split("|"), fields, strict=True))


def named_number(name: str) -> NamedNumber | None:
    """Return the first number in a file name, None if there is none or it is that of another document.

    >>> named_number("74-UBND-KH.signed.pdf").whole.number
    '74/KH-UBND'
    """
    if (whole := parse_number(name)) and not _goes_on(whole):
        return NamedNumber(_own(whole), whole.type, whole)
    tokens = list(_TOKEN.finditer(name[:LONGEST]))
    words = [fold(token[0]) for token in tokens]
    for at, token in enumerate(tokens):
        if _NUMBER.fullmatch(token[0]) is None or _in_date(name, tokens, at) or _is_issue(name, tokens, at):
            continue
        found = _whole(name, tokens, at) or _between(tokens, at)
        if found is not None:
            return None if _is_cited(words[:at]) else found
    return _partial(words)


def _own(number: DocumentNumber) -> str:
    return number.key.partition("|")[0]


def _goes_on(number: DocumentNumber) -> bool:
    """Return whether the last code of ``number`` is a word that continues the name: ``3611-QĐ-BYT-them``."""
    department = number.key.rpartition("|")[2]
    return any(not _is_code(code, sure=False) for code in department.split("-") if code)


def _whole(name: str, tokens: Sequence[re.Match[str]], at: int) -> NamedNumber | None:
    """Return the number that begins with token ``at``: digits, optionally a year, and codes."""
    first = at + 1
    if first < len(tokens) and _YEAR.fullmatch(tokens[first][0]):
        first += 1
    last = first
    while last < len(tokens) and last - first < _MOST_CODES and _is_code(tokens[last][0], sure=last == first):
        last += 1
    for end in range(last, first, -1):
        if number := parse_number(_joined(name, tokens[at:end])):
            return NamedNumber(_own(number), number.type, number)
    return None


def _joined(name: str, tokens: Sequence[re.Match[str]]) -> str:
    parts = [tokens[0][0]]
    for before, token in pairwise(tokens):
        parts += ["/" if "/" in name[before.end() : token.start()] else "-", token[0]]
    return "".join(parts)


def _is_code(token: str, sure: bool) -> bool:
    """Return whether ``token`` is a known code or, unless ``sure``, may be that of a department."""
    code = clean(token)
    if not _CODE.fullmatch(code) or _NO_CODE.fullmatch(code):
        return False
    if type_code(code) or issuer_code(code) or (len(code) > 3 and roles_of(f"/{code}") is not None):
        return True
    return (
        not is_syllable(code)
        and (not sure or token.isupper())
        and (token.isupper() or not re.search("[aeioy]", fold(token)))
    )


def _between(tokens: Sequence[re.Match[str]], at: int) -> NamedNumber | None:
    """Return a number with the type before it and the issuer after it: ``KH_74_UBND``."""
    kind = type_code(clean(tokens[at - 1][0])) if at else None
    if kind is None or _YEAR.fullmatch(tokens[at][0]):
        return None
    first = at + 2 if at + 1 < len(tokens) and _YEAR.fullmatch(tokens[at + 1][0]) else at + 1
    if first >= len(tokens) or issuer_code(clean(tokens[first][0])) is None:
        return None
    year = f"/{tokens[at + 1][0]}" if first == at + 2 else ""
    number = parse_number(f"{tokens[at][0]}{year}/{kind}-{tokens[first][0]}")
    return NamedNumber(_own(number), number.type, number) if number else None


def _in_date(name: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Return whether token ``at`` is the month or year of a date: ``15-03-2024_QD-UBND-12``."""
    return any(
        start >= 0
        and _DATE.fullmatch(name[tokens[start].start() : tokens[min(start + 2, len(tokens) - 1)].end()])
        for start in (at - 1, at - 2)
    )


def _is_issue(name: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Return whether token ``at`` is one of two issues of a gazette: ``2010_612 + 613-1945_QĐ-TTg.pdf``."""
    gaps = [name[tokens[i].end() : tokens[i + 1].start()] for i in (at - 1, at) if 0 <= i < len(tokens) - 1]
    return any("+" in gap for gap in gaps)


def _is_cited(before: Sequence[str]) -> bool:
    """Return whether the words before a number mark it as that of another document."""
    words = [word for word in before if word not in ("so", "ngay") and not word.isdigit()]
    kind = next(
        (
            size
            for size in (3, 2, 1)
            if tuple(words[len(words) - size :]) in _TYPE_WORDS and size <= len(words)
        ),
        0,
    )
    rest = words[: len(words) - kind]
    return any(tuple(rest[i : i + size]) in _CITING for i in range(len(rest)) for size in (1, 2))


def _partial(words: Sequence[str]) -> NamedNumber | None:
    """Return what a name that begins with type and number tells: ``kh-753-khao-sat``, ``Quyet_dinh_436``."""
    start = 0
    while start < len(words) and re.fullmatch(r"(?=.*\d)[0-9a-f]{6,}|\d+", words[start]):
        start += 1
    for size in (4, 3, 2, 1):
        word = _TYPE_WORDS.get(tuple(words[start : start + size]))
        code = type_code(words[start].upper()) if size == 1 and start < len(words) else None
        at = start + size + (words[start + size : start + size + 1] == ["so"])
        if (
            (word or code)
            and at < len(words)
            and _NUMBER.fullmatch(words[at])
            and not _YEAR.fullmatch(words[at])
        ):
            return NamedNumber(words[at].lstrip("0"), code or _CODES.get(word or ""))
    return None


_CODES = {name: code for code, name in reversed(list(TYPES.items()))}
"""The first code of each type; laws have none."""
