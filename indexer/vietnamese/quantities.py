"""Dates, quarters, amounts, percentages and Roman numerals: every spelling gives the same term.

The same function reads articles and queries, so all forms match each other: ``5/3/2024``, ``05-03-2024`` and ``ngày 5 tháng 3
năm 2024`` are all ``d2024-03-05``. In the news, the most frequent form of a date is day and month without a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.vietnamese.letters import fold

_YEAR = r"(?:\s+n[ăa]m\s+|\s?[/-]\s?)(?P<{}>[0-9]{{4}})"
_DAYS_BEFORE = (
    # 3-5/3, 3 đến ngày 5 tháng 3
    r"(?:(?P<first>[0-9]{1,2})(?:\s?[-–]\s?|\s+(?P<until>(?:cho\s+)?đến)(?:\s+hết)?(?:\s+ngày)?\s+)"
    # 3, 4 và 5/3
    r"|(?P<others>(?:[0-9]{1,2}(?:,\s?|\s+và\s+)(?:ngày\s+)?){1,6}))?"
)
_DATE = re.compile(
    # 5/3/2024, 5.3.2024
    rf"(?:{_DAYS_BEFORE}(?:(?P<day>[0-9]{{1,2}})(?P<sign>[/.-])(?P<month>[0-9]{{1,2}})(?:(?P=sign)(?P<year>[0-9]{{4}}))?"
    # 5 tháng 3 năm 2024
    rf"|(?P<day2>[0-9]{{1,2}})\s+th[áa]ng\s+(?P<month2>[0-9]{{1,2}})(?:{_YEAR.format('year2')})?)"
    r"|(?P<year3>[0-9]{4})-(?P<month3>[0-9]{2})-(?P<day3>[0-9]{2})"
    # (tháng or quý) 3 năm 2024, 3/2024
    rf"|(?P<part>[0-9]{{1,2}}){_YEAR.format('year4')})(?!\w|[/.,-][0-9]|/[A-ZĐ])",
    re.IGNORECASE,
)
_GROUPED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:,[0-9]{3})+"
_UNITS = "đồng|triệu|tỷ|tỉ|người|hộ|ha|km|m2|tấn|usd"
_AMOUNT = re.compile(
    rf"(?P<grouped>{_GROUPED}|[1-9][0-9]{{0,2}}(?:[ \u00a0][0-9]{{3}}){{2,}}"
    rf"|[1-9][0-9]{{0,2}}[ \u00a0][0-9]{{3}}(?=[ \u00a0](?:{_UNITS})))(?!(?!(?:vn)?[đd]\b)\w|[.,][0-9])",
    re.IGNORECASE,
)
_SHARE = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?"
_PERCENT = re.compile(
    rf"(?:(?P<least>{_SHARE})\s?[-–]\s?)?(?P<most>{_SHARE})\s?(?:%|ph[ầa]n\s+tr[ăa]m(?!\w))"
)
_FIGURES = re.compile("[0-9]+")
# The first letter comes first, so that the search can skip to it.
_NUMBER = re.compile(r"[0-9](?<![\w/.,-][0-9])[0-9]{0,3}+(?=[-–/., \u00a0%])")
_ROMAN = re.compile(rf"[IVX](?<![\w.][IVX])[IVX]{{0,8}}+(?!\w)(?:{_YEAR.format('year')})?")
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_WORD_BEFORE = re.compile(r"(\w+)\s+$")
COUNTED = tuple("khóa khoá kỳ kì quý quí lần thứ hồi chương phần mục hạng loại cấp tập vùng khu bậc".split())
"""Words followed by Roman numerals: ``khóa XIII``, ``quý IV``."""
_COUNTED = frozenset(map(fold, COUNTED))
_DAYS, _MONTHS, _QUARTERS = ("ngay", "mung", "mong"), ("thang",), ("quy", "qui")
_BEFORE_RANGE = (*_DAYS, "tu")
_LOOK_BACK = 12
_DIGITS = {"I": 1, "V": 5, "X": 10}
LARGEST_ROMAN = 39
PERCENT = "p"
"""Prefix of the terms of percentages."""
_LONGEST_RANGE = 31


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text. ``terms`` are the terms that find it, the most exact first."""

    terms: tuple[str, ...]
    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the dates, quarters, grouped amounts, percentages and Roman numerals of NFC ``text``.

    >>> [one.terms[0] for one in quantities("ngày 5/3/2024, 3.200 hồ sơ, quý III/2024")]
    ['d2024-03-05', 'n3200', 'q2024-3']
    """
    end = 0
    for number in _NUMBER.finditer(text):
        start = number.start()
        if start < end:
            continue
        for terms, past in _readings(text, start):
            if terms:
                end = past
                yield Quantity(terms, start, end)
                break
    for match in _ROMAN.finditer(text):
        yield from _roman(match, text)


def _readings(text: str, start: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the possible readings of the number at ``start``, likeliest first: the terms, if any, and the end."""
    if match := _DATE.match(text, start):
        yield _date_terms(match, text), match.end()
    elif match := _AMOUNT.match(text, start):
        yield (amount_term(match["grouped"]),), match.end()
    if match := _PERCENT.match(text, start):
        yield tuple(percent_term(share) for share in match.group("least", "most") if share), match.end()


def _roman(match: re.Match[str], text: str) -> Iterator[Quantity]:
    numeral = re.match(r"[IVX]+", match.group())[0]  # type: ignore[index]
    if not _NUMERAL.fullmatch(numeral):
        return
    before, value = _word_before(text, match.start()), roman_value(numeral)
    if match["year"] and before in _QUARTERS:
        # Also the quarter without its year, so that "quý 3" finds "quý III/2024".
        yield Quantity((f"q{match['year']}-{value}", f"n{value}"), match.start(), match.end())
    elif len(numeral) > 1 or is_counted(before):
        yield Quantity((f"n{value}",), match.start(), match.start() + len(numeral))


def _word_before(text: str, at: int) -> str:
    """Return the folded word that ends before ``at``."""
    match = _WORD_BEFORE.search(text, max(0, at - _LOOK_BACK), at)
    return fold(match[1]) if match else ""


def quantity_stream(text: str) -> str:
    """Return the distinct terms of all quantities in NFC ``text``, separated by blanks, for the index."""
    return " ".join(dict.fromkeys(term for found in quantities(text) for term in found.terms))


def amount_term(written: str) -> str:
    """Return the term of a number, with or without separators: ``3.200`` becomes ``n3200``."""
    return "n" + "".join(letter for letter in written if letter.isdigit())


def percent_term(share: str) -> str:
    """Return the term of a percentage: ``3,10`` and ``3.1`` become ``p3,1``."""
    whole, sign, decimals = share.replace(".", ",").partition(",")
    decimals = decimals.rstrip("0")
    return f"{PERCENT}{whole}{sign}{decimals}" if decimals else f"{PERCENT}{whole}"


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral written with the capitals ``I V X``.

    >>> roman_value("XIII")
    13
    """
    values = [_DIGITS[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def roman(value: int) -> str:
    """Return ``value``, at most :data:`LARGEST_ROMAN`, as a Roman numeral."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + ones[value % 10]


def is_counted(word: str) -> bool:
    """Tell whether the folded ``word`` is often followed by a Roman numeral: ``khóa XIII``, ``quý IV``."""
    return word in _COUNTED


def _date_terms(match: re.Match[str], text: str) -> tuple[str, ...]:
    got = match.groupdict()
    if got["part"]:
        part, before = int(got["part"]), _word_before(text, match.start())
        if before in _QUARTERS:
            return (f"q{got['year4']}-{part}",) if 1 <= part <= 4 else ()
        if not 1 <= part <= 12 or (before not in _MONTHS and "/" not in match.group()):
            return ()
        return (f"m{got['year4']}-{part:02d}",)
    year = got["year"] or got["year2"] or got["year3"]
    # 12.5 is a number and 2-1 a score, but "ngày 5-3" is a date.
    bare = got["day"] and year is None
    if bare and (
        got["sign"] == "." or (got["sign"] == "-" and _word_before(text, match.start()) not in _DAYS)
    ):
        return ()
    # "3 đến 5/3" and "3, 5/3" may count something else.
    beside = _BEFORE_RANGE if got["until"] else _DAYS if got["others"] else ()
    if beside and _word_before(text, match.start()) not in beside:
        return ()
    last = int(got["day"] or got["day2"] or got["day3"])
    month = int(got["month"] or got["month2"] or got["month3"])
    first = int(got["first"]) if got["first"] else last
    if not first <= last < first + _LONGEST_RANGE:
        first = last
    terms: list[str] = []
    for day in (*map(int, _FIGURES.findall(got["others"] or "")), *range(first, last), last):
        try:
            date(int(year or 2000), month, day)
        except ValueError:
            continue
        terms += [f"d{year}-{month:02d}-{day:02d}"] * (year is not None) + [f"d{month:02d}-{day:02d}"]
    return tuple(terms)
