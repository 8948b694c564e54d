"""Dates, amounts and numerals among the words of a query, and the other ways of writing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile

from indexer.query import tree
from indexer.query.scaled import in_words, scaled_at
from indexer.vietnamese.quantities import (
    COUNTED,
    LARGEST_ROMAN,
    PERCENT,
    amount_term,
    quantities,
    roman,
    roman_value,
)
from indexer.vietnamese.terms import Syllable, syllables

_BEFORE_DATES = frozenset("ngay mung mong thang quy qui".split())
_GLUED = re.compile(r"(nđ|nd|qđ|qd|tt|nq|ct|kh|tb|cv)([0-9]{1,4})", re.IGNORECASE)
_GLUED_NAMES = {
    "nđ": "nghị định", "nd": "nghị định", "qđ": "quyết định", "qd": "quyết định", "tt": "thông tư", "nq": "nghị quyết",
    "ct": "chỉ thị", "kh": "kế hoạch", "tb": "thông báo", "cv": "công văn",
}  # fmt: skip
_PLAIN_AMOUNT = re.compile(r"(?!1[89]00[0-9]{4,6}$)[1-9][0-9]{3,11}|[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
"""Numbers with a leading zero are codes: telephone numbers, bank accounts, identity numbers; 1800 and 1900 begin telephone
numbers, too.
"""
_CODE = re.compile(r"0[0-9]|1[89]00")
_LIKELY_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NUMERAL = re.compile(r"[1-9][0-9]?")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_HUNDREDS, _THOUSANDS = re.compile(r"[1-9][0-9]{0,2}"), re.compile(r"[0-9]{3}")


def _by_letters(words: str) -> Mapping[str, frozenset[str]]:
    """Return toned syllables by folded form."""
    found = sorted(syllables(words), key=lambda one: one.folded)
    return {
        letters: frozenset(one.toned for one in of) for letters, of in groupby(found, lambda one: one.folded)
    }


_COUNTED = _by_letters(" ".join(COUNTED))
_NUMBERED = _by_letters("quận phường xã tổ khối lớp khóa đợt số vòng tuyến điều khoản chương tầng tập kỳ lần")
_UNITS = _by_letters(
    "tỷ tỉ triệu nghìn ngàn trăm đồng tuổi tháng ngày năm giờ phút chỗ tầng km kg mét lít tấn ha"
)
_SCALES = _by_letters("tỷ tỉ triệu nghìn ngàn trăm")
_MONEY = _by_letters("đồng đô usd")

Part = tuple[tree.Either, int]
"""Words with their other forms, and the position of the first word after them."""


def quantities_of(words: Sequence[tree.Word], folded: Sequence[str]) -> Iterator[tuple[int, Part]]:
    """Yield every date, quarter, grouped amount and capital Roman numeral with the position of its first word.

    ``folded`` has the folded syllables of each word.
    """
    text = " ".join(word.text for word in words)
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    for found in quantities(text):
        first = max(i for i, start in enumerate(starts) if start <= found.start)
        last = max(i for i, start in enumerate(starts) if start < found.end)
        if starts[first] != found.start and words[first].text[0] != "(":
            continue
        term = found.terms[0]
        if term[0] in "dmq" and first and folded[first - 1] in _BEFORE_DATES:
            first -= 1
        others: list[tree.Other] = [tree.Quantity(one) for one in _apart(found.terms)]
        if text[found.start] in "IVX" and term[0] == "n":  # as digits after the same word: "khóa 13"
            if first and not _is_counted(words[first - 1]):
                continue
            before = f"{words[first - 1].text} " if first else ""
            others, first = [tree.Reading(f"{before}{term[1:]}", "same")], max(0, first - 1)
        elif term[0] == "n":  # an amount may stand without separators
            others += (tree.Reading(one, "same") for one in (term[1:], *in_words(int(term[1:]))))
        yield first, (tree.Either(tuple(words[first : last + 1]), tuple(others)), last + 1)


def number_at(words: Sequence[tree.Word], at: int) -> Part | None:
    """Read a joined form (``nd168``), an amount, or a numeral after the word it numbers, in Arabic or Roman figures."""
    word, following = words[at], words[at + 1 :]
    counted = _is_counted(word)
    if (
        following
        and counted
        and _NUMERAL.fullmatch(following[0].text)
        and int(following[0].text) <= LARGEST_ROMAN
    ):
        numeral = tree.Reading(f"{word.text} {roman(int(following[0].text))}", "same")
        return tree.Either((word, following[0]), (numeral,)), at + 2
    if following and counted and _ROMAN.fullmatch(following[0].text) and not following[0].text.isupper():
        digits = tree.Reading(f"{word.text} {roman_value(following[0].text.upper())}", "same")
        return tree.Either((word, following[0]), (digits,)), at + 2
    if _is_in_a_code(words, at):
        return None
    if _HUNDREDS.fullmatch(word.text) and following and _THOUSANDS.fullmatch(following[0].text):
        joined = tuple(takewhile(lambda one: _THOUSANDS.fullmatch(one.text), following))
        amount = word.text + "".join(one.text for one in joined)
        forms = (tree.Quantity(amount_term(amount)), tree.Reading(amount, "same"))
        return tree.Either((word, *joined), forms), at + 1 + len(joined)
    if (found := scaled_at(words, at)) is not None:
        value, end = found
        scaled: list[tree.Other] = [tree.Quantity(f"n{value}")]
        scaled += (tree.Reading(one, "same") for one in in_words(value))
        return tree.Either(tuple(words[at:end]), tuple(scaled)), end
    others = _forms_of_one(word.text)
    return (tree.Either((word,), others), at + 1) if others else None


def is_numbered(run: Sequence[Syllable]) -> bool:
    """Tell whether two neighbours are a thing with its number, or a unit of money: ``lớp 10``, ``tỷ đồng``."""
    return len(run) == 2 and (
        (_agrees(run[0], _NUMBERED) and run[1].folded.isdigit())
        or (_agrees(run[0], _SCALES) and _agrees(run[1], _MONEY))
    )


def shares_of(node: tree.Either) -> tuple[str, ...]:
    """Return the figures of typed percentages: ``10`` and ``15`` for ``10-15%``."""
    terms = (other.term for other in node.others if isinstance(other, tree.Quantity))
    return tuple(term.removeprefix(PERCENT) for term in terms if term[0] == PERCENT)


def is_measure(run: Sequence[Syllable]) -> bool:
    """Tell whether neighbours are a number with its unit: ``1 tỷ đồng``, ``18 tuổi``."""
    return run[0].folded.isdigit() and all(
        (a.folded.isdigit() and _agrees(b, _UNITS)) or (_agrees(a, _SCALES) and _agrees(b, _MONEY))
        for a, b in pairwise(run)
    )


def _is_in_a_code(words: Sequence[tree.Word], at: int) -> bool:
    """Tell whether the number at ``at``, with the digits after it, begins like a telephone number: ``0912 345 678``."""
    start = at
    while start and words[start - 1].text.isdigit():
        start -= 1
    return words[start].text.isdigit() and _CODE.match(words[start].text) is not None


def _is_counted(word: tree.Word) -> bool:
    """Tell whether ``word`` itself, not another word with the same letters, takes Roman numerals: ``kỳ``, not ``kỹ``."""
    return len(word.syllables) == 1 and _agrees(word.syllables[0], _COUNTED)


def _agrees(syllable: Syllable, words: Mapping[str, frozenset[str]]) -> bool:
    return (syllable.toned == syllable.folded and syllable.folded in words) or syllable.toned in words.get(
        syllable.folded, ()
    )


def _forms_of_one(text: str) -> tuple[tree.Other, ...]:
    """Return the other forms of a single word."""
    if match := _GLUED.fullmatch(text):
        name = _GLUED_NAMES[match[1].lower()]
        return tree.Reading(f"{name} {match[2]}", "same"), tree.Reading(f"{name} số {match[2]}", "same")
    if _PLAIN_AMOUNT.fullmatch(text) and not _LIKELY_YEAR.fullmatch(text):
        return (tree.Quantity(amount_term(text)),)
    return ()


def _apart(terms: Sequence[str]) -> Sequence[str]:
    """Return the terms to look for: a day and its year, every day of a range, a quarter and its year."""
    dated = [term for term in terms if term[0] == "d" and len(term) > len("d03-05")]
    return dated or (terms[:1] if terms[0][0] == "q" else terms)
