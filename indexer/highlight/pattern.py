"""The pattern that skips to the tokens of a text which may be wanted."""

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
"""Latin letters and digits, those beneath and above the line (CO₂) and those of full width among them. Beyond U+FFFF a set of
letters would be searched one by one."""


def _variants() -> dict[str, str]:
    """Return for every folded letter the letters that are written for it: ``d`` -> ``dDđĐ…``."""
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
    """Return what finds ``terms`` and what begins with ``prefixes``, and more, always from the beginning of a token.

    One set of first letters stands in front, for which the regular expression engine skips fastest.
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
