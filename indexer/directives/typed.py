"""Document numbers as people type them: ``chi thi 38 tw``, ``kh74``, ``15 CT UBND``, ``Quyết định số 2207/QĐ-UBND ngày …``.

Typed text contains less than a full number, so it is read as a pattern that numbers match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.codes import LETTER, PARTY, is_assembly
from indexer.directives.counted import counts
from indexer.directives.number import DocumentNumber, parse_number
from indexer.directives.pattern import NumberPattern, of_number
from indexer.directives.typed_names import codes_of_type, type_named
from indexer.directives.typed_parts import COUNCILS, TERM, Parts
from indexer.vietnamese.quantities import roman_value
from indexer.vietnamese.tones import is_syllable

_NUMBER = re.compile(r"0*([1-9][0-9]{0,5}(?:\.[0-9]{1,3})?[a-z]?)")
_ORDER = re.compile(r"l ?0*([1-9][0-9]{0,2})")
"""An order of the President, if nothing else was typed: ``L 03``."""
_NEVER_COUNT = frozenset(("Nghị định", "Thông tư", "Thông tư liên tịch"))
"""Types that no other words resemble: people and things after their numbers are their subject."""
_LAST_SESSION = 20
"""Last session of the Party's Central Committee: "nghị quyết Trung ương 4" means that of its fourth session, which has another
number.
"""
_LAST_MONTH = 12
"""``10/2012`` is a month, ``45/2013`` a number with its year."""
_LONGEST_PLACE = 9
"""Maximum number of syllables of a place between an issuer and "số"."""
_LONGEST_PART = 8
"""Maximum number of letters in a code after a blank."""
_MOST_PIECES = 24
"""Number of parts of a file name in which to look for a number."""


def read_typed(
    words: Sequence[str], numbers: Sequence[DocumentNumber | None] | None = None
) -> tuple[NumberPattern, int] | None:
    """Parse the number at the beginning of ``words``; return it with how many words it takes.

    It must have a type and a number, or a number with codes: "chỉ thị 38 về hữu nghị" is ``Chỉ thị 38`` and three more words. A
    following date of issue and following issuers belong to the number. ``numbers``, if known, are the numbers that single words
    represent.
    """
    return _Reader(words, numbers if numbers is not None else list(map(parse_number, words))).read()


def read_file_name(name: str) -> NumberPattern | None:
    """Parse the first sufficiently complete number in a file name: ``39ce16c2_nghi_dinh_99_2022_ND_CP.pdf``."""
    pieces = re.split(r"_+", name)
    for start in range(min(len(pieces), _MOST_PIECES)):
        read = read_typed(pieces[start:])
        if read and read[0].precise:
            return read[0]
    return None


class _Reader(Parts):
    """Reads a single number."""

    def __init__(self, words: Sequence[str], numbers: Sequence[DocumentNumber | None]) -> None:
        super().__init__(words)
        self._numbers = numbers
        self._of_any_type = False

    def read(self) -> tuple[NumberPattern, int] | None:
        if order := _ORDER.fullmatch(" ".join(self.folded)):
            return NumberPattern(order[1], types=frozenset(("L",)), alone=True), len(self.words)
        typed = self.type()
        if not typed:
            typed = self._of_any_type = self.take("van", "ban")
        before = self._issuers_before(typed)
        labelled = self.label()
        if self._is_law_of_other(self.pattern.issuers) or not self._core():
            return None
        self.pattern = replace(self.pattern, labelled=labelled)
        self._tail()
        if self.within or not self._names_a_document(before):
            return None  # a word is read as a whole or not at all
        return self.pattern, self.word[self.at - 1] + 1

    def _issuers_before(self, typed: bool) -> bool:
        """Read the issuers before a number, which need names and a preceding type; tell whether any words belong to them.

        Codes in one word ("QĐ-TTg 1958") can only belong to a number.
        """
        start = self.at
        if not typed and not self.goes_on(self._body):
            return False
        while self.goes_on(self.issuer if typed else self.issuer_code) or (
            self.within and self.goes_on(self.code)
        ):
            pass
        if self.at == start:
            return False
        if typed:
            self._place()
        return not typed or self.word[self.at - 1] > 0

    def _is_law_of_other(self, issuers: frozenset[str]) -> bool:
        """Tell whether apparent issuers are the subject of a law: "luật BHXH 41/2024", "kỷ luật 13 đảng viên"."""
        return self.pattern.type_word in ("Luật", "Bộ luật") and not all(map(is_assembly, issuers))

    def _body(self) -> bool:
        """Read an issuer whose numbers may have no type: an assembly, or the code of one that sends official letters."""
        if not self.issuer():
            return False
        return all(map(is_assembly, self.pattern.issuers)) or (
            self.at == 1 and self.pattern.issuers.isdisjoint(PARTY)
        )

    def _names_a_document(self, before: bool) -> bool:
        """Tell whether what was read can be the number of a document. ``before``: issuers in words precede it."""
        found, labelled = self.pattern, self.pattern.labelled
        if found.strict is not None:
            return True
        if self._is_law_of_other(found.issuers) or "%" in self.words[self.word[self.at - 1]]:
            return False
        if before and not labelled and (self._is_session() or found.may_be_year or self._counts()):
            return False
        if found.types or found.type_word:
            return found.precise or labelled or not (self.left and self._counts())
        if found.precise:
            return True
        if any(map(is_assembly, found.issuers)) and not any(code[-1].isdigit() for code in found.issuers):
            return False  # "QH 15" is the Assembly of that term
        self.pattern = replace(found, alone=True)
        yeared = (
            found.year is not None
            and "/" in self.words[0]
            and int(re.sub(r"\D.*", "", found.number)) > _LAST_MONTH
        )
        return (
            bool(found.issuers or self._of_any_type or labelled or yeared)
            and found.issuers.isdisjoint(PARTY)
            and not self.left
            and not found.may_be_year
        )

    def _is_session(self) -> bool:
        number = self.pattern.number
        return "TW" in self.pattern.issuers and number.isdigit() and int(number) <= _LAST_SESSION

    def _counts(self) -> bool:
        """Tell whether the number is an amount of what follows."""
        return counts(self.tokens[self.at :], measures_only=self.pattern.type_name in _NEVER_COUNT)

    def _place(self) -> None:
        """Advance to the label after the place of an issuer: "của UBND tỉnh Lam Giang số 2207"."""
        for at in range(self.at, min(self.at + _LONGEST_PLACE, len(self.folded) - 1)):
            if any(map(str.isdigit, self.folded[at])) or type_named(tuple(self.folded[at : at + 2])):
                return
            if self.folded[at] == "so" and self.folded[at + 1][0].isdigit():
                self.at = at

    def _core(self) -> bool:
        """Read the number itself, with its codes if it was typed as one word."""
        if not self.left:
            return False
        n, known = self.word[self.at], self.pattern
        number = self._numbers[n] if self.at == 0 or self.word[self.at - 1] != n else None
        if number and self._agrees(number):
            if (longer := self._with_next(n)) and self._agrees(longer):
                number, n = longer, n + 1
            read = replace(of_number(number), type_word=known.type_word)
            if number.type == LETTER and known.types and not read.codes:
                read = replace(read, types=known.types)  # "kế hoạch 118/UBND" has a plan's type besides
            self.pattern = read
            while self.left and self.word[self.at] <= n:
                self.at += 1
            return True
        if match := _NUMBER.fullmatch(self.folded[self.at]):
            self.at += 1
            self.pattern = replace(known, number=match[1].upper(), year=self.year())
            return True
        return False

    def _with_next(self, n: int) -> DocumentNumber | None:
        """Return the number formed by a word and the next one: in "23/QĐ-TT HĐND", the code of the issuer contains a blank."""
        following = self.words[n + 1] if n + 1 < len(self.words) else ""
        if self.words[n].upper().endswith("QH") and TERM.fullmatch(following):  # "31/2024/QH 15"
            return parse_number(f"{self.words[n]}{following}")
        short = following.isalpha() and len(following) <= _LONGEST_PART
        if not short or is_syllable(following.lower()):
            return None
        return parse_number(f"{self.words[n]} {following}")

    def _agrees(self, number: DocumentNumber) -> bool:
        """Tell whether a number in one piece fits the preceding type: not so in "Kế hoạch thực hiện 57-NQ/TW"."""
        known = self.pattern
        if number.type in (None, LETTER) or not (known.types or known.type_word):
            return True
        alone = replace(known, number=number.key.split("|")[0], issuers=frozenset())
        return alone.matches(number.key)

    def _tail(self) -> None:
        """Read the parts after a number, in any order: codes, issuers, year and date."""

        def again() -> bool:
            # "5 kế hoạch" counts plans; the letters of a type, or its name after a year, belong to the number.
            known = self.pattern.type_word or self.pattern.types or self.pattern.year
            return bool(known or codes_of_type(self.tokens[self.at])) and self.type()

        parts = (self._day, self._later_year, self._term, again, self.issuer, self.code)
        while self.left and any(self.goes_on(part) for part in parts):
            pass

    def _term(self) -> bool:
        """Read the term of a congress, an assembly or a council: "nghị quyết 18 khóa XII"."""
        if not self.take("khoa") or not self.left or not TERM.fullmatch(self.folded[self.at].upper()):
            return False
        number = int(digits) if (digits := self.folded[self.at]).isdigit() else roman_value(digits.upper())
        self.at += 1
        known = self.pattern
        self.pattern = replace(
            known, issuers=frozenset(f"{one}{number}" if one in COUNCILS else one for one in known.issuers)
        )
        return True

    def _later_year(self) -> bool:
        if self.pattern.year is not None or (year := self.year()) is None:
            return False
        self.pattern = replace(self.pattern, year=year)
        return True

    def _day(self) -> bool:
        if self.pattern.day is not None or (day := self.day()) is None:
            return False
        self.pattern = replace(self.pattern, day=day[0])
        return True
