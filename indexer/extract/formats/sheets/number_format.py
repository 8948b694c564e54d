"""A number in a cell and the code of its format -> what the cell shows on a machine set to Vietnamese. PURE.

Codes are those of ECMA-376 18.8.31. Fractions, colours and widths are not implemented: the number is shown plainly.
"""

from __future__ import annotations

import functools
import math
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from indexer.in_words import number_in_words

GENERAL = "General"
_LONGEST = 400
"""The most characters of a code; programs allow 255."""
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"), 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that have only a number (18.8.30); 14 shows the short date of the machine."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<noon>am/pm|a/p)|(?P<general>general)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|b+|e+(?![+-])|g+)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?(?:e[+-]?[0#?]+)?|\.[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_SCALES = 50
"""How often a format may scale a number: no number has so many digits."""
_EXACT = 1 << 53
"""From here on, not all whole numbers are stored exactly."""
_LONGEST_NUMBER = 1e21
"""From here on, whole numbers are shown with an exponent; account and identity card numbers are shorter."""
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_LAST_DAY = 2_958_466
"""The number of a date that no program shows: 1 January 10000."""

_Token = tuple[str, str]


def raw_number(value: float) -> str:
    """Return a number with as many digits as spreadsheets keep, without the inaccuracy of binary fractions."""
    if not math.isfinite(value):
        return ""
    if value == int(value):
        if abs(value) < _EXACT:
            return str(int(value))
        if abs(value) < _LONGEST_NUMBER:
            return f"{Decimal(f'{value:.15g}'):f}"
    return f"{value:.15g}"


def is_date(code: str) -> bool:
    """Whether a format shows dates or times."""
    return any(kind in ("date", "elapsed", "noon") for kind, _ in _section(code, 1.0))


def as_shown(value: float, code: str, since_1904: bool = False) -> str:
    """Return what a cell with ``value`` and the format ``code`` shows."""
    tokens = _section(code, value)
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed", "noon"}:
        return _moment(value, tokens, since_1904)
    if "digits" not in kinds and "general" not in kinds and any(text for _, text in tokens):
        # Only words, or the place of a text.
        words = "".join(text for _, text in tokens)
        return raw_number(value).replace(".", ",") if words == "@" else words.strip()
    # The section for negative numbers writes its own sign.
    own_sign = value < 0 and code.count(";") > 0
    return _number(abs(value) if own_sign else value, tokens)


def around_texts(code: str) -> tuple[str, ...] | None:
    """Return what the format ``code`` shows around a text, which replaces ``@``; None if it shows only the text."""
    sections = _sections(code)
    own = (
        sections[3]
        if len(sections) > 3
        else next((one for one in sections[::-1] if ("text", "@") in one), None)
    )
    if own is None:
        return None
    shown = tuple("@" if kind == "general" else text for kind, text in own if text.strip())
    return None if shown == ("@",) else shown


@functools.lru_cache(1000)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for token in _TOKEN.finditer(code[:_LONGEST]):
        kind = token.lastgroup
        text = token[kind] if kind else ""
        if kind == "other" and text == ";":
            sections.append([])
        elif kind in ("quoted", "escaped", "currency", "other"):
            sections[-1].append(("text", text))
        elif kind:
            sections[-1].append((kind, text.lower()))
        elif token[0].startswith("_"):
            sections[-1].append(("text", " "))
    return tuple(map(tuple, sections))


def _section(code: str, value: float) -> tuple[_Token, ...]:
    sections = _sections(code)
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _number(value: float, tokens: tuple[_Token, ...]) -> str:
    value *= 100.0 ** min(_MOST_SCALES, sum(text == "%" for kind, text in tokens if kind == "text"))
    if not math.isfinite(value):
        return ""
    fraction = any(text == "/" for kind, text in tokens if kind == "text")
    groups = [text for kind, text in tokens if kind == "digits"]
    if len(groups) > 1 and not fraction and not any(set(text) & set(".,e") for text in groups):
        return _grouped(value, tokens, groups)
    parts, shown = [], False
    for kind, text in tokens:
        if kind == "text":
            parts.append("" if fraction else text)
        elif kind in ("digits", "general") and not shown:
            shown = True
            plain = fraction or kind == "general"
            parts.append(raw_number(value).replace(".", ",") if plain else _digits(value, text))
    return " ".join("".join(parts).split()) if shown else raw_number(value).replace(".", ",")


def _grouped(value: float, tokens: tuple[_Token, ...], groups: list[str]) -> str:
    """Return a number with its digits in groups, as in telephone numbers, from the right."""
    digits = _rounded(abs(value), 0).zfill("".join(groups).count("0"))
    filled: list[str] = []
    for group in reversed(groups[1:]):
        digits, part = digits[: -len(group)], digits[-len(group) :]
        filled.append(part)
    filled.append(digits)
    shown = "".join(filled.pop() if kind == "digits" else text for kind, text in tokens)
    return " ".join(f"{'-' if value < 0 else ''}{shown}".split())


def _digits(value: float, code: str) -> str:
    code, exponent, _ = code.partition("e")
    whole, _, places = code.partition(".")
    if not math.isfinite(value):
        return ""
    if exponent:
        return f"{value:.{len(places)}E}".replace(".", ",")
    value /= 1000.0 ** min(_MOST_SCALES, len(whole) - len(whole.rstrip(",")) + places.count(","))
    places = places.rstrip(",")
    least = places.rstrip("#?")
    shown = _rounded(abs(value), min(len(places), 30))
    number, _, rest = shown.partition(".")
    while len(rest) > len(least) and rest.endswith("0"):
        rest = rest[:-1]
    number = number.zfill(whole.count("0"))
    if "," in whole.rstrip(","):
        number = number_in_words(int(number), "vi").zfill(whole.count("0"))
    sign = "-" if value < 0 and shown.strip("0.") else ""
    return sign + number + (f",{rest}" if rest else "")


def _rounded(value: float, places: int) -> str:
    """Return ``value`` with so many decimal places, rounding half up as spreadsheets do: binary fractions would round to even."""
    if value < _EXACT and value == int(value):  # as most
        return f"{int(value)}.{'0' * places}" if places else str(int(value))
    try:
        return f"{Decimal(f'{value:.15g}').quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    except InvalidOperation:
        return f"{value:.{places}f}"


def _moment(value: float, tokens: tuple[_Token, ...], since_1904: bool) -> str:
    if not 0 <= value < _LAST_DAY:
        return raw_number(value)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    try:
        moment = start + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return raw_number(value)
    noon = any(kind == "noon" for kind, _ in tokens)
    parts: list[str] = []
    before = ""
    for n, (kind, text) in enumerate(tokens):
        if kind == "date":
            following = next((one for other, one in tokens[n + 1 :] if other in ("date", "elapsed")), "")
            minutes = text[0] == "m" and len(text) < 3 and (before[:1] == "h" or following[:1] == "s")
            parts.append(_part(moment, text, minutes, noon))
            before = text
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            parts.append(str(int(round(value * 86400) // unit)).zfill(len(text)))
            before = text
        elif kind == "noon":
            parts.append("SA" if moment.hour < 12 else "CH")
        elif kind == "text" and text != "@":
            parts.append(text)
    return " ".join("".join(parts).split())


def _part(moment: datetime, text: str, minutes: bool, noon: bool) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02}" if letter == "y" and length < 3 else f"{moment.year:04}"
    if letter == "m" and not minutes:
        return (
            ("Thg" if length == 3 else "Tháng ") + str(moment.month)
            if length > 2
            else _padded(moment.month, length)
        )
    if letter == "d" and length > 2:
        return _DAYS[moment.weekday()]
    if letter == "h" and noon:
        return _padded(moment.hour % 12 or 12, length)
    values = {"m": moment.minute, "d": moment.day, "h": moment.hour, "s": moment.second}
    return _padded(values[letter], length) if letter in values else ""


def _padded(value: int, length: int) -> str:
    return str(value).zfill(min(length, 2))
