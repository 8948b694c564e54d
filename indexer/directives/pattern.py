"""A typed document number as a pattern that document numbers match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from indexer.directives.codes import LETTER, PARTY, TYPES, USUAL_ISSUERS, is_assembly, issuer_code
from indexer.directives.number import DocumentNumber, parse_number
from indexer.vietnamese.letters import fold

_OF_WHOLE_ASSEMBLY = {"Luật", "Bộ luật", "Hiến pháp"}
_OF_ITS_COMMITTEE = {"Pháp lệnh"}
_OF_ASSEMBLY = {*_OF_WHOLE_ASSEMBLY, *_OF_ITS_COMMITTEE, "Nghị quyết"}
_LIKELY_YEAR = re.compile(r"199[0-9]|20[0-3][0-9]")
"""Years that people are likely to type with a document."""
_STEERING = "bcd"
"""The folded beginning of the codes of steering committees, which share that name."""
_TERM = re.compile(r"(?<=[a-z])k?[0-9]{1,2}$")
"""The term of an assembly or council at the end of its folded code: ``QH15``, ``HĐND19``."""


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """What was typed of a number. ``types`` and ``issuers`` are alternative codes; empty means any.

    Codes contain ``Đ`` if it was typed; if typed without accents, they are compared that way.
    """

    number: str
    year: int | None = None
    types: frozenset[str] = frozenset()
    type_word: str | None = None
    """Vietnamese name of the type, if a name was typed."""
    issuers: frozenset[str] = frozenset()
    accented: bool = False
    codes: frozenset[str] = frozenset()
    """Further codes, folded, all of which are required: those of other issuers or of a department."""
    strict: DocumentNumber | None = None
    """The number itself, if it was typed in one piece with its codes."""
    day: date | None = None
    """Date of issue, if typed."""
    labelled: bool = False
    """Whether "số" was typed before it."""
    alone: bool = False
    """Whether it means a document only if nothing else was typed: ``BTC 3905``."""

    @property
    def precise(self) -> bool:
        """Whether it is enough to identify a document: a number with codes, or a type with an issuer or a year."""
        if self.strict is not None:
            return True
        if not (self.types or self.type_word):
            return self._of_assembly and self.year is not None  # "kỳ họp thứ 3, QH14" has no law's number
        return bool(self.issuers or self.year) and not self.may_be_year

    @property
    def may_be_year(self) -> bool:
        """Whether the number may also be a year: "kế hoạch 2024 của UBND"."""
        told = self.strict or self.labelled or self.year or self.day
        return not told and _LIKELY_YEAR.fullmatch(self.number) is not None

    @property
    def type_name(self) -> str | None:
        """Vietnamese name of the typed type, if given by name or by an unambiguous code."""
        names = {TYPES[code] for code in self.types if code in TYPES}
        return self.type_word or (min(names, key=len) if names else None)

    @property
    def _of_assembly(self) -> bool:
        return any(map(is_assembly, self.issuers))

    def closeness(self, key: str) -> tuple[bool, bool, bool, bool]:
        """Return a sort key for matching documents: first those of exactly this type, with its code if it was typed, with a
        year in the number if one was typed and without if only codes were, and of the first issuer.
        """
        year, kind, lead = key.split("|")[1:4]
        own = {fold(code) for code in self.types if TYPES.get(code) == self.type_name} or {"", fold(LETTER)}
        # "luật 47/2014" means 47/2014/QH13, whose type is open, rather than 47/LCT-HĐNN8.
        other = fold(kind) not in own and not (is_assembly(lead) and not kind)
        uncoded = self.type_word is None and not kind
        return other, uncoded, self._is_of_other_form(year), not self._is_issuer([lead])

    def _is_of_other_form(self, year: str) -> bool:
        return not year if self.year else bool(year and self.issuers)

    def matches(self, key: str) -> bool:
        """Tell whether the document with this strict key may be meant."""
        fields = key.split("|")
        if len(fields) != 6 or fields[0] != self.number:
            return False
        year, kind, lead, others, department = fields[1:]
        if self.year and year and int(year) != self.year:
            return False
        known = [lead, *filter(None, others.split("-")), *filter(None, department.split("-"))]
        return (
            self._is_type(kind, lead)
            and self._is_issuer(known)
            and self.codes <= set(map(bare_code, known[1:]))
        )

    def _is_type(self, kind: str, lead: str) -> bool:
        if not self.types and not self.type_word:
            return not self._of_assembly or not kind
        if not kind:
            if lead.startswith("UBTVQH") and self.type_name in _OF_WHOLE_ASSEMBLY:
                return False
            if lead.startswith("QH") and self.type_name in _OF_ITS_COMMITTEE:
                return False
            return bool(lead) and is_assembly(lead) and self.type_name in _OF_ASSEMBLY
        same = str.upper if self.accented else fold
        # "Quy định 37-QĐ/TW": the Party numbers its regulations with the letters of a decision.
        party = self.type_word == "Quy định" and kind == "QĐ" and lead in PARTY
        return party or same(kind) in {same(code) for code in self.types}

    def _is_issuer(self, known: Sequence[str]) -> bool:
        """Tell whether a typed issuer is among the issuers; a term given by only one side makes no difference."""
        if not self.issuers:
            return True
        return any(_same_issuer(code, one) for code in self.issuers for one in known if one)

    def value_asked(self, key: str) -> Literal["type", "issuer"] | None:
        """Return the value that articles with this strict key must have, if the number itself does not tell what was typed.

        ``35/2012/QH13`` is a law or a resolution; letters are filed as notices and corrections ("Thông báo 509" for
        ``509/BNG-LPQT``); and some issuers have unknown codes (``276/QĐ-CA``). None if the document cannot be meant.
        """
        fields = key.split("|")
        if self.strict or len(fields) != 6 or self.type_name is None:
            return None
        if not fields[2]:
            return "type" if self.matches(key) else None
        if fields[2] == LETTER and LETTER not in self.types:
            return "type" if replace(self, types=frozenset(), type_word=None).matches(key) else None
        unknown = self.issuers and fields[3] and not issuer_code(fields[3])
        return "issuer" if unknown and replace(self, issuers=frozenset()).matches(key) else None

    def number_of(self) -> DocumentNumber | None:
        """Return the number that was most likely meant, if type and issuer are known; otherwise None."""
        if self.strict is not None or LETTER in self.types:
            return self.strict
        kinds = sorted(self.types, key=len)[: 1 if self.type_word else None]
        usual = USUAL_ISSUERS.get(kinds[0]) if len(kinds) == 1 and self.year else None
        # Among codes with the same name the fullest: UBND before UB, BGDĐT before BGD&ĐT.
        issuers = sorted(self.issuers, key=lambda code: ("&" in code, -len(code), code))[:1] or (
            [usual] if usual and usual != "QH" else []
        )
        if len(issuers) == 1 and self.year and is_assembly(issuers[0]) and issuers[0][-1].isdigit():
            return parse_number(f"{self.number}/{self.year}/{issuers[0]}")  # "luật 45 2013 qh13"
        if len(kinds) != 1 or len(issuers) != 1:
            return None
        if self.type_word == "Quy định" and issuers[0] in PARTY:
            kinds = ["QĐ"]
        year = f"/{self.year}" if self.year and (issuers[0] == "CP" or kinds[0] == "TT") else ""
        return parse_number(f"{self.number}{year}/{kinds[0]}-{issuers[0]}")


def of_number(number: DocumentNumber) -> NumberPattern:
    """Return the pattern of a number that was typed with its codes."""
    head, year, kind, lead, others, department = number.key.split("|")
    more = filter(None, (*others.split("-"), *department.split("-")))
    return NumberPattern(
        head,
        int(year) if year else None,
        frozenset(filter(None, (kind,))),
        issuers=frozenset(filter(None, (lead,))),
        codes=frozenset(map(bare_code, more)),
        strict=number,
    )


def same_loosely(key: str, other: str) -> bool:
    """Tell whether two strict keys differ only in the order of their codes, in accents or by a missing year."""
    one, two = key.split("|"), other.split("|")
    if len(one) != 6 or len(two) != 6 or one[0] != two[0] or (one[1] and two[1] and one[1] != two[1]):
        return False
    return _codes(one) == _codes(two)


def _codes(fields: Sequence[str]) -> list[str]:
    codes = "-".join(field for field in fields[2:] if field and field != LETTER)
    return sorted(fold(codes).split("-"))


def bare_code(code: str) -> str:
    """Return a code in the form used for comparison: only folded letters and digits."""
    return re.sub(r"[^a-z0-9]", "", fold(code))


def _same_issuer(one: str, other: str) -> bool:
    """Tell whether two codes mean the same issuer; a term given by only one of them makes no difference."""
    bare, also = bare_code(one), bare_code(other)
    if bare == _STEERING:
        return also.startswith(bare)
    base, base_also = _TERM.sub("", bare), _TERM.sub("", also)
    return bare == also or (base == base_also and (bare == base or also == base_also))
