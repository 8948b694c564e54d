"""Document numbers as people type them: ``chi thi 38 tw``, ``nghị định 30 năm 2020``, ``QD 1234 UBND``.

What is typed names fewer things than a number does, so it is read as a pattern that numbers match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.directives.codes import (
    ISSUERS,
    LETTER,
    TYPES,
    USUAL_ISSUERS,
    WORDS,
    is_assembly,
    issuer_code,
    type_code,
)
from indexer.directives.number import DocumentNumber, parse_number
from indexer.vietnamese.letters import fold

_TOKEN = re.compile(r"[0-9]+[^\W\d_]?(?![^\W_])|[^\W_]+")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,5}[a-z]?)")
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])[0-9]")
_OF_ASSEMBLY = {"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết", "Hiến pháp"}
_MOST_WORDS = 7
"""Syllables of the longest issuer that is looked for."""


def _spelled(names: dict[str, str]) -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for name, code in names.items():
        found.setdefault(tuple(_TOKEN.findall(fold(name))), set()).add(code)
    return {words: frozenset(codes) for words, codes in found.items()}


_TYPE_WORDS = {tuple(fold(word).split()): word for word in (*WORDS, "Thông tri")}
_ISSUER_WORDS = _spelled(
    {
        **{name: code for code, name in ISSUERS.items()},
        "Ban Bí thư": "TW", "Bộ Chính trị": "TW", "Trung ương": "TW", "Ban Chấp hành Trung ương": "TW", "Đảng": "TW",
        "Tỉnh ủy": "TU", "Thành ủy": "TU", "Huyện ủy": "HU", "Quận ủy": "QU", "Thủ tướng": "TTg", "Quốc hội": "QH",
        "Ủy ban nhân dân": "UBND", "Ủy ban": "UBND", "Bộ Lao động": "BLĐTBXH", "Bộ Giáo dục": "BGDĐT", "Bộ Nông nghiệp": "BNNPTNT",
        "Ngân hàng Nhà nước": "NHNN",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """What was typed of a number. ``types`` and ``issuers`` are codes, any of which it may have; empty: any.

    Codes are those with ``Đ`` where it was typed; typed without accents they are compared so.
    """

    number: str
    year: int | None = None
    types: frozenset[str] = frozenset()
    type_word: str | None = None
    """Vietnamese name of the type, where a name was typed."""
    issuers: frozenset[str] = frozenset()
    accented: bool = False

    @property
    def precise(self) -> bool:
        """Whether it says enough to stand for a document: a type, and an issuer or a year."""
        return bool(self.types or self.type_word) and bool(self.issuers or self.year)

    def matches(self, key: str) -> bool:
        """Tell whether the document with this strict key may be meant."""
        fields = key.split("|")
        if len(fields) != 6 or fields[0] != self.number:
            return False
        year, kind, lead = fields[1:4]
        if self.year and year and int(year) != self.year:
            return False
        return self._is_type(kind, lead) and self._is_issuer(lead)

    def _is_type(self, kind: str, lead: str) -> bool:
        if not self.types and not self.type_word:
            return True
        if not kind:
            return bool(lead) and is_assembly(lead) and (self.type_word or "Luật") in _OF_ASSEMBLY
        same = str.upper if self.accented else fold
        return same(kind) in {same(code) for code in self.types}

    def _is_issuer(self, lead: str) -> bool:
        if not self.issuers:
            return True
        same = fold(lead)
        return any(same == fold(code) or (code == "QH" and is_assembly(lead)) for code in self.issuers)

    def number_of(self) -> DocumentNumber | None:
        """Return the number that was most likely meant, where type and issuer are known; None else."""
        kinds = sorted(self.types, key=len)[: 1 if self.type_word else None]
        usual = USUAL_ISSUERS.get(kinds[0]) if len(kinds) == 1 and self.year else None
        issuers = sorted(self.issuers) or ([usual] if usual and usual != "QH" else [])
        if len(kinds) != 1 or len(issuers) != 1:
            return None
        year = f"/{self.year}" if self.year and (issuers[0] == "CP" or kinds[0] == "TT") else ""
        return parse_number(f"{self.number}{year}/{kinds[0]}-{issuers[0]}")


def read_typed(words: Sequence[str]) -> tuple[NumberPattern, int] | None:
    """Read a number at the beginning of ``words``; return it with how many of the words it takes.

    A type and a number are needed: "chỉ thị 38 về hữu nghị" is ``Chỉ thị 38`` and three words more.
    """
    return read_words(list(takewhile(lambda word: parse_number(word) is None, words)))


def read_words(words: Sequence[str]) -> tuple[NumberPattern, int] | None:
    """Read as :func:`read_typed`, where it is known that none of ``words`` is a number by itself."""
    # A word "30/2020" is two tokens of one word.
    tokens = [(token, n) for n, word in enumerate(words) for token in _TOKEN.findall(word)]
    read = _Reader([token for token, _ in tokens]).read()
    if read is None:
        return None
    pattern, taken = read
    last = tokens[taken - 1][1]
    if taken < len(tokens) and tokens[taken][1] == last:
        return None  # a word is read as a whole or not at all
    return pattern, last + 1


class _Reader:
    """Reads tokens from left to right; ``at`` is the next one."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = [token.lower() for token in tokens]
        self._folded = [fold(token) for token in tokens]
        self._upper = [token.upper() for token in tokens]
        self._at = 0

    def read(self) -> tuple[NumberPattern, int] | None:
        kind = self._type()
        if kind is None:
            return None
        types, word, accented = kind
        self._skip("so")
        number = self._number()
        if number is None:
            return None
        year = self._year()
        issuers: frozenset[str] = frozenset()
        while self._at < len(self._tokens):
            before = self._at
            self._skip("cua")
            if (found := self._issuer()) and not issuers:
                issuers = found
            elif not types & (again := self._code_of_type()) or not again:
                self._at = before
                break
            year = year or self._year()
        if word == "Thông tri":
            issuers = issuers or frozenset(["TW"])
        return NumberPattern(number, year, types, word, issuers, accented), self._at

    def _skip(self, word: str) -> None:
        if self._at < len(self._folded) - 1 and self._folded[self._at] == word:
            self._at += 1

    def _type(self) -> tuple[frozenset[str], str | None, bool] | None:
        for size in (4, 3, 2, 1):
            words = tuple(self._folded[self._at : self._at + size])
            if len(words) == size and (name := _TYPE_WORDS.get(words)):
                self._at += size
                codes = frozenset(code for code, meant in TYPES.items() if meant == name)
                return codes | ({"TT"} if name == "Thông tri" else set()), name, True
        codes = self._code_of_type()
        return (codes, None, not self._tokens[self._at - 1].isascii()) if codes else None

    def _code_of_type(self) -> frozenset[str]:
        """Codes that the next token may stand for: ``hd`` is both HD and HĐ."""
        if self._at >= len(self._tokens):
            return frozenset()
        token, upper = self._folded[self._at], self._upper[self._at]
        accented = not upper.isascii()
        codes = {code for code in TYPES if (code.upper() == upper if accented else fold(code) == token)}
        if not codes and (known := type_code(upper)):
            codes = {known}
        if not codes or token == "l":
            return frozenset()
        self._at += 1
        return frozenset(codes)

    def _number(self) -> str | None:
        if self._at < len(self._folded) and (match := _NUMBER.fullmatch(self._folded[self._at])):
            self._at += 1
            return match[1].upper()
        return None

    def _year(self) -> int | None:
        at = self._at + 1 if self._folded[self._at : self._at + 1] == ["nam"] else self._at
        if at < len(self._folded) and _YEAR.fullmatch(self._folded[at]):
            self._at = at + 1
            return int(self._folded[at])
        return None

    def _issuer(self) -> frozenset[str] | None:
        for size in range(_MOST_WORDS, 0, -1):
            words = tuple(self._folded[self._at : self._at + size])
            if len(words) == size and (codes := _ISSUER_WORDS.get(words)):
                self._at += size
                return codes
        if self._at < len(self._upper):
            upper = self._upper[self._at]
            code = issuer_code(upper.replace("TƯ", "TW"))
            if code and code != LETTER:
                self._at += 1
                return frozenset([code])
        return None


def same_loosely(key: str, other: str) -> bool:
    """Tell whether two strict keys differ only in the order of their codes, accents or a missing year."""
    one, two = key.split("|"), other.split("|")
    if len(one) != 6 or len(two) != 6 or one[0] != two[0] or (one[1] and two[1] and one[1] != two[1]):
        return False
    return _codes(one) == _codes(two)


def _codes(fields: Sequence[str]) -> list[str]:
    codes = "-".join(field for field in fields[2:] if field and field != LETTER)
    return sorted(fold(codes).split("-"))
