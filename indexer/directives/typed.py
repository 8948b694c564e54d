"""Document numbers as people type them: ``chi thi 38 tw``, ``kh74``, ``15 CT UBND``, ``Quyết định số 2207/QĐ-UBND ngày …``.

What is typed names fewer things than a number does, so it is read as a pattern that numbers match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.codes import LETTER, is_assembly
from indexer.directives.number import DocumentNumber, parse_number
from indexer.directives.pattern import NumberPattern, bare_code, of_number
from indexer.directives.typed_names import (
    LONGEST_ISSUER,
    LONGEST_TYPE,
    codes_of_type,
    issuer_typed,
    issuers_named,
    type_named,
)
from indexer.directives.typed_tokens import YEAR, Tokens
from indexer.vietnamese.tones import is_syllable

_NUMBER = re.compile(r"0*([1-9][0-9]{0,5}(?:\.[0-9]{1,3})?[a-z]?)")
_COUNTED = frozenset(
    "nam thang tuan ngay gio phut ty ti trieu nghin ngan dong nguoi truong diem khoan dieu trang chuong nhom lan loai quan huyen"
    " xa tinh muc ho vu m2 ha km buoc bo mon dot tang to can chiec suat phan tieu thanh noi du bi can don ca doanh co cong"
    " doi".split()
)
"""What a number after a type counts: "kế hoạch 5 năm" and "quyết định 3 nội dung" name no document."""
_LONGEST_PLACE = 9
"""Syllables of a place between an issuer and "số"."""
_LONGEST_PART = 8
"""Letters of a code behind a blank."""
_MOST_PIECES = 24
"""Of a file's name, where a number is looked for."""


def read_typed(
    words: Sequence[str], numbers: Sequence[DocumentNumber | None] | None = None
) -> tuple[NumberPattern, int] | None:
    """Read a number at the beginning of ``words``; return it with how many of the words it takes.

    A type and a number are needed, or a number with its codes: "chỉ thị 38 về hữu nghị" is ``Chỉ thị 38`` and three words
    more. The day of issue and issuers behind it are of the number. ``numbers``, where they are known, are those that the
    words are by themselves.
    """
    return _Reader(words, numbers if numbers is not None else list(map(parse_number, words))).read()


def read_file_name(name: str) -> NumberPattern | None:
    """Read the first number in a file's name that says enough: ``39ce16c2_nghi_dinh_99_2022_ND_CP.pdf``."""
    pieces = re.split(r"_+", name)
    for start in range(min(len(pieces), _MOST_PIECES)):
        read = read_typed(pieces[start:])
        if read and read[0].precise:
            return read[0]
    return None


class _Reader(Tokens):
    """Reads one number."""

    def __init__(self, words: Sequence[str], numbers: Sequence[DocumentNumber | None]) -> None:
        super().__init__(words)
        self._numbers = numbers
        self._pattern = NumberPattern("")

    def read(self) -> tuple[NumberPattern, int] | None:
        typed = self._type()
        if not typed and not self.take("van", "ban"):
            self._council()
        if typed and self.goes_on(self._issuer):
            while self.goes_on(self._issuer):
                pass
            self._place()
        labelled = self.label()
        if not self._core():
            return None
        self._tail(typed)
        found = replace(self._pattern, labelled=labelled)
        if not (found.types or found.type_word or found.strict or any(map(is_assembly, found.issuers))):
            return None
        if not found.precise and not labelled and self._counts():
            return None
        last = self.word[self.at - 1]
        if self.left and self.word[self.at] == last:
            return None  # a word is read as a whole or not at all
        return found, last + 1

    def _council(self) -> None:
        """Read an issuer whose numbers have no type before its number: ``QH13 06/2012``."""
        if not (self.goes_on(self._issuer) and all(map(is_assembly, self._pattern.issuers))):
            self.at, self._pattern = 0, NumberPattern("")

    def _counts(self) -> bool:
        """Tell whether the number is an amount of what follows, or a year."""
        year = YEAR.fullmatch(self._pattern.number) is not None
        return self.left and (year or self.folded[self.at] in _COUNTED)

    def _place(self) -> None:
        """Go to the label behind the place of an issuer: "của UBND tỉnh Lam Giang số 2207"."""
        for at in range(self.at, min(self.at + _LONGEST_PLACE, len(self.folded) - 1)):
            if self.folded[at] == "so" and self.folded[at + 1][0].isdigit():
                self.at = at

    def _type(self) -> bool:
        """Read a type, by its name or its code; one that was read before is narrowed, and never contradicted."""
        if not self.left:
            return False
        name, codes, size = None, codes_of_type(self.tokens[self.at]), 1
        if self.run(2) == ("l", "ctn"):
            codes = frozenset(("L",))  # alone it is too common elsewhere
        for longer in range(LONGEST_TYPE, 0, -1):
            if named := type_named(self.run(longer)):
                (name, codes), size = named, len(self.run(longer))
                break
        known = self._pattern
        both = known.types & codes if known.types else codes
        if not both and (known.types or name is None):
            return False
        accented = known.accented or name is not None or not self.tokens[self.at].isascii()
        self._pattern = replace(known, types=both, type_word=known.type_word or name, accented=accented)
        self.at += size
        return True

    def _core(self) -> bool:
        """Read the number itself, with its codes where it was typed as one word."""
        if not self.left:
            return False
        n, known = self.word[self.at], self._pattern
        number = self._numbers[n] if self.at == 0 or self.word[self.at - 1] != n else None
        if number and self._agrees(number):
            if (longer := self._with_next(n)) and self._agrees(longer):
                number, n = longer, n + 1
            self._pattern = replace(of_number(number), type_word=known.type_word)
            while self.left and self.word[self.at] <= n:
                self.at += 1
            return True
        if match := _NUMBER.fullmatch(self.folded[self.at]):
            self.at += 1
            self._pattern = replace(known, number=match[1].upper(), year=self.year())
            return True
        return False

    def _with_next(self, n: int) -> DocumentNumber | None:
        """Return the number that a word is with the next one: "23/QĐ-TT HĐND" has a blank inside the code of its issuer."""
        following = self.words[n + 1] if n + 1 < len(self.words) else ""
        short = following.isalpha() and len(following) <= _LONGEST_PART
        return (
            parse_number(f"{self.words[n]} {following}")
            if short and not is_syllable(following.lower())
            else None
        )

    def _agrees(self, number: DocumentNumber) -> bool:
        """Tell whether a number in one piece is of the type named before: not "Kế hoạch thực hiện 57-NQ/TW"."""
        known = self._pattern
        if number.type in (None, LETTER) or not (known.types or known.type_word):
            return True
        alone = replace(known, number=number.key.split("|")[0], issuers=frozenset())
        return alone.matches(number.key)

    def _tail(self, typed: bool) -> None:
        """Read what belongs to a number behind it, in any order: codes, issuers, year and day."""

        def again() -> bool:
            # "5 kế hoạch" counts plans; the letters of a type, or its name behind a year, are of the number.
            known = typed or self._pattern.types or self._pattern.year
            return bool(known or codes_of_type(self.tokens[self.at])) and self._type()

        parts = (self._day, self._later_year, again, self._issuer, self._code)
        while self.left and any(self.goes_on(part) for part in parts):
            pass

    def _later_year(self) -> bool:
        if self._pattern.year is not None or (year := self.year()) is None:
            return False
        self._pattern = replace(self._pattern, year=year)
        return True

    def _day(self) -> bool:
        if self._pattern.day is not None or (day := self.day()) is None:
            return False
        self._pattern = replace(self._pattern, day=day[0])
        return True

    def _issuer(self) -> bool:
        """Read an issuer by its name or code; where one is known a further name says more of it."""
        self.take("cua")
        for size in range(LONGEST_ISSUER, 0, -1):
            if len(run := self.run(size)) == size and (codes := issuers_named(run)):
                self.at += size
                self._pattern = replace(self._pattern, issuers=self._pattern.issuers or codes)
                return True
        if not self.left:
            return False
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        found = issuer_typed(self.tokens[self.at], following)
        if found is None:
            return False
        self.at += found[1]
        self._note(found[0])
        return True

    def _note(self, code: str) -> None:
        """Note the code of an issuer; a further one is of a joint document, or the department of a letter."""
        known = self._pattern
        if not known.issuers:
            self._pattern = replace(known, issuers=frozenset([code]))
            return
        if not (known.types or known.strict or known.type_word or any(map(is_assembly, known.issuers))):
            known = replace(
                known, types=frozenset([LETTER])
            )  # "736 BNG LPQT": the number of a letter has no type
        joint = LETTER in known.types or any(one.endswith("LT") for one in known.types)
        if joint and not known.strict and code not in known.issuers:
            self._pattern = replace(known, codes=known.codes | {bare_code(code)})

    def _code(self) -> bool:
        """Read a code that nobody knows, right behind a known one: letters that are no syllable."""
        token, before, known = self.tokens[self.at], self.tokens[self.at - 1], self._pattern
        if known.strict or len(token) < len("CA") or token.isdigit():
            return False
        first = (
            not known.issuers and self.word[self.at] == self.word[self.at - 1]
        )  # "276-qd-ca": no word between
        if (is_syllable(token.lower()) and not first) or not (
            codes_of_type(before) or issuer_typed(before, None)
        ):
            return False
        self.at += 1
        if known.issuers:  # without a type it is the department of a letter
            types = known.types or frozenset([LETTER])
            self._pattern = replace(known, types=types, codes=known.codes | {bare_code(token)})
        else:
            self._pattern = replace(known, issuers=frozenset([token.upper()]))
        return True
