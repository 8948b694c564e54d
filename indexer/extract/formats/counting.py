"""Pure: how word processors write the numbers of lists."""

from __future__ import annotations

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 5
"""Word writes the 27th as "aa" and the 53rd as "aaa"; anything longer is not a real list."""
_WORDS = "không một hai ba bốn năm sáu bảy tám chín mười".split()


def counted(number: int, form: str) -> str:
    """Return ``number`` in the number format of Open XML (``ST_NumberFormat``); an unknown one is decimal."""
    match form:
        case "none" | "bullet":
            return ""
        case "upperRoman" | "lowerRoman" if 0 < number <= _LARGEST_ROMAN:
            return _cased(_roman(number), form)
        case "upperLetter" | "lowerLetter" if 0 < number <= 26 * _MOST_LETTERS:
            return _cased("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(number - 1) % 26] * ((number - 1) // 26 + 1), form)
        case "decimalZero":
            return f"{number:02}"
        case "vietnameseCounting" if 0 <= number < len(_WORDS):
            return _WORDS[number]
        case _:
            return str(number)


def _cased(text: str, form: str) -> str:
    return text.lower() if form.startswith("lower") else text


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out
