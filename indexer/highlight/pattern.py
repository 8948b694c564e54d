"""The pattern that skips to the tokens of a text that may be wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.vietnamese.letters import fold, plain_letters

_LETTERS = (
    *range(ord("0"), 0x250),
    0x43F,
    *range(0x1E00, 0x1F00),
    *range(0x2070, 0x20A0),
    *range(0xFF10, 0xFF5B),
)
"""Latin letters and digits, including subscripts and superscripts (CO₂) and full-width forms. Beyond U+FFFF, a character class
would be searched one character at a time."""


def _variants() -> dict[str, str]:
    """Return all letters that a folded letter may stand for: ``d`` -> ``dDđĐ…``."""
    variants: dict[str, str] = {}
    for letter in map(chr, _LETTERS):
        folded = fold(plain_letters(letter))
        if len(folded) == 1:
            variants[folded] = variants.get(folded, "") + letter
    variants["i"] = variants["y"] = variants["i"] + variants["y"]
    return {folded: re.escape(letters) for folded, letters in variants.items()}


_VARIANTS = _variants()
_LETTER = r"[^\W\d_]"


def token_pattern(terms: Iterable[str], prefixes: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds at least ``terms`` and everything beginning with ``prefixes``, always at the start of a token.

    It begins with a set of first letters, which the regular expression engine skips to fastest.
    """
    rests = [(term[0], _rest(term)) for term in sorted(terms) if term]
    rests += [(prefix[0], _rest(prefix) + r"[^\W_]*") for prefix in sorted(prefixes) if prefix]
    firsts = "".join(dict.fromkeys(_VARIANTS.get(first, re.escape(first)) for first, _ in rests))
    followed = "|".join(f"(?<=[{_VARIANTS.get(first, re.escape(first))}]){rest}" for first, rest in rests)
    return re.compile(rf"[{firsts}](?<![^\W_].)(?:{followed})(?![^\W_])" if rests else r"(?!)")


def _rest(term: str) -> str:
    return "".join(
        _LETTER
        if letter in "aeiouy"
        else f"[{_VARIANTS[letter]}]"
        if letter in _VARIANTS
        else re.escape(letter)
        for letter in term[1:]
    )
