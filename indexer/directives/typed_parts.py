"""The parts of a typed number, each read at the current position: type, issuers and unknown codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.codes import LETTER, is_assembly
from indexer.directives.pattern import NumberPattern, bare_code
from indexer.directives.typed_names import (
    LONGEST_ISSUER,
    LONGEST_TYPE,
    codes_of_type,
    is_word,
    issuer_typed,
    issuers_named,
    type_named,
    type_slipped,
)
from indexer.directives.typed_tokens import Tokens
from indexer.vietnamese.letters import fold
from indexer.vietnamese.tones import is_syllable

_HEADS = (("chu", "tich"), ("bo", "truong"), ("giam", "doc"), ("thong", "doc"))
"""Titles of those who sign for an issuer: "chỉ thị của Chủ tịch UBND"."""
COUNCILS = frozenset(("QH", "UBTVQH", "HĐND"))
"""Issuers whose codes may include a term: ``QH15``, ``HĐND19``."""
TERM = re.compile(r"[1-9][0-9]?|[IVX]{1,5}")
_TOWNS = frozenset(("tp", "tx", "tphcm", "hcm", "hn"))
"""Abbreviations of places after an issuer, which are not codes."""
_PLACES = frozenset("tinh thanh huyen quan thi xa phuong dac tp so nam ngay".split())
"""What may follow a people's committee: the kind of its place, or more of the number."""


class Parts(Tokens):
    """Tokens, and the pattern read from them."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(words)
        self.pattern = NumberPattern("")

    @property
    def within(self) -> bool:
        """Whether the next token belongs to the same word as the one before: ``276-qd-ca``."""
        return self.left and self.at > 0 and self.word[self.at] == self.word[self.at - 1]

    def type(self) -> bool:
        """Read a type, by name or code; it may narrow an earlier type, but not contradict it."""
        if not self.left:
            return False
        name, codes, size = None, codes_of_type(self.tokens[self.at]), 1
        if self.run(2) == ("l", "ctn"):
            codes = frozenset(("L",))  # alone it is too common elsewhere
        for longer in range(LONGEST_TYPE, 0, -1):
            named = type_named(self.run(longer)) or self._slipped(longer)
            if named and not self._is_other_word(named[0]):
                (name, codes), size = named, len(self.run(longer))
                break
        known = self.pattern
        both = known.types & codes if known.types else codes
        if not both and (known.types or name is None):
            return False
        accented = known.accented or name is not None or not self.tokens[self.at].isascii()
        self.pattern = replace(known, types=both, type_word=known.type_word or name, accented=accented)
        self.at += size
        return True

    def _slipped(self, size: int) -> tuple[str, frozenset[str]] | None:
        """Return the type misspelled by the next ``size`` tokens right before a number."""
        after = self.at + size
        if after < len(self.folded) and self.folded[after] == "so":
            after += 1
        if after >= len(self.folded) or not self.folded[after][0].isdigit():
            return None
        return type_slipped(self.run(size))

    def _is_other_word(self, name: str) -> bool:
        """Tell whether typed accents make it another word: "công diễn 200" is not "công điện".

        With the accents of the name itself, it is a slip: "quyết dịnh".
        """
        typed = self.tokens[self.at : self.at + len(name.split())]
        return any(
            not one.isascii() and one[0] in "dD" and other[0] in "đĐ" and one[1:].lower() != other[1:]
            for one, other in zip(typed, name.split(), strict=False)
        )

    def issuer(self) -> bool:
        """Read an issuer by name or code; if one is known already, a further name specifies it."""
        self.take("cua")
        if (self.pattern.types or self.pattern.type_word) and not issuers_named(self.run(3)):
            any(self.take(*head) for head in _HEADS)
        for size in range(LONGEST_ISSUER, 0, -1):
            if len(run := self.run(size)) == size and (codes := issuers_named(run)):
                if run == ("uy", "ban") and not self._is_of_people(self.at + size):
                    break
                self.at += size
                self.pattern = replace(self.pattern, issuers=self.pattern.issuers or codes)
                return True
        return self.issuer_code()

    def _is_of_people(self, after: int) -> bool:
        """Tell from the words after "Ủy ban" whether it is the people's committee of a place: "Ủy ban an ninh" is not."""
        return after == len(self.folded) or self.folded[after] in _PLACES or self.folded[after][0].isdigit()

    def issuer_code(self) -> bool:
        """Read the code of an issuer."""
        if not self.left:
            return False
        token, after = self.tokens[self.at], self.tokens[self.at + 1 : self.at + 2]
        if is_word(token) and not self._stands_as_code():
            return False
        found = issuer_typed(token, after[0] if after else None)
        if found is None:
            return False
        self.at += found[1]
        code = found[0]
        if code in COUNCILS and self.pattern.number and self.left and TERM.fullmatch(self.tokens[self.at]):
            code += self.tokens[self.at]  # "08 UBTVQH 13"
            self.at += 1
        self._note(code)
        return True

    def _stands_as_code(self) -> bool:
        """Tell whether the next token cannot be a word: capitals among small letters, after a type code, or at the end."""
        alone = self.tokens[self.at].isupper() and not all(map(str.isupper, self.words))
        behind_code = self.at > 0 and bool(codes_of_type(self.tokens[self.at - 1]))
        return alone or behind_code or self.at + 1 == len(self.tokens)

    def _note(self, code: str) -> None:
        """Record the code of an issuer; a second one means a joint document, or the department of a letter."""
        known = self.pattern
        if not known.issuers:
            self.pattern = replace(known, issuers=frozenset([code]))
            return
        if not (known.types or known.strict or known.type_word or any(map(is_assembly, known.issuers))):
            # "736 BNG LPQT": the number of an official letter has no type.
            known = replace(known, types=frozenset([LETTER]))
        joint = LETTER in known.types or any(one.endswith("LT") for one in known.types)
        if joint and not known.strict and code not in known.issuers:
            self.pattern = replace(known, codes=known.codes | {bare_code(code)})

    def code(self) -> bool:
        """Read an unknown code right after a known one: letters that are not a syllable."""
        token, before, known = self.tokens[self.at], self.tokens[self.at - 1], self.pattern
        if known.strict or len(token) < len("CA") or token.isdigit() or fold(token) in _TOWNS:
            return False
        first = not known.issuers and self.within  # "276-qd-hdx": no word between
        if (is_syllable(token.lower()) and not first) or not (
            codes_of_type(before) or issuer_typed(before, None)
        ):
            return False
        self.at += 1
        if known.issuers:  # without a type it is the department of a letter
            types = known.types or frozenset([LETTER])
            self.pattern = replace(known, types=types, codes=known.codes | {bare_code(token)})
        else:
            self.pattern = replace(known, issuers=frozenset([token.upper()]))
        return True
