"""Converts the numbers of provisions to Arabic figures: ``IV``, ``thứ mười hai``, ``B``."""

from __future__ import annotations

_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ONES = "nhất hai ba tư năm sáu bảy tám chín".split()
_ORDINALS = {
    **{word: n for n, word in enumerate(_ONES, 1)},
    "nhì": 2, "bốn": 4, "bẩy": 7, "mười": 10,
    **{f"mười {word}": 10 + n for n, word in enumerate("một hai ba bốn lăm sáu bảy tám chín".split(), 1)},
    "mười tư": 14, "mười năm": 15, "hai mươi": 20,
}  # fmt: skip
ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
"""Pattern of the words after ``thứ``."""


def value_of(numeral: str) -> int:
    """Return the value of an ordinal in words, an Arabic or Roman numeral, or a capital letter; 0 for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral.lower() in _ORDINALS:
        return _ORDINALS[numeral.lower()]
    if numeral and set(numeral) <= _DIGITS.keys():
        return _roman(numeral)
    return ord(numeral) - ord("A") + 1 if len(numeral) == 1 and "A" <= numeral <= "Z" else 0


def _roman(numeral: str) -> int:
    values = [_DIGITS[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
