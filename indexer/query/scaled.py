"""Amounts in thousands, millions and billions: ``500k``, ``500 nghìn`` and ``500.000đ`` are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.query import tree
from indexer.vietnamese.accents import accents_agree
from indexer.vietnamese.terms import Syllable, syllables

_SCALES: Mapping[str, tuple[int, tuple[str, ...]]] = {
    one.folded: (value, tuple(other.toned for other in syllables(words)))
    for words, value in (("nghìn", 10**3), ("ngàn", 10**3), ("triệu", 10**6), ("tỷ", 10**9))
    for one in syllables(words)
}
_OTHER_WORDS = {
    tuple(one.folded for one in word): word
    for word in (tuple(syllables(text)) for text in (
        "tỷ lệ", "tỷ giá", "tỷ phú", "tỷ trọng", "tỷ suất", "tỷ số", "triệu chứng", "triệu phú", "triệu tập", "triệu hồi",
        "ngân hàng", "ngân sách", "ngân khoản", "Triều Tiên", "triều đại", "triều cường",
    ))
}  # fmt: skip
"""Other words that begin like a scale, with or without accents: "3 triệu chứng", "3 ngan hang"."""
_MONEY = frozenset(("dong", "đồng"))
_NUMBER = re.compile(r"([1-9][0-9]{0,2})(?:,([0-9]{1,3}))?")
_THOUSANDS = re.compile(r"([1-9][0-9]{1,2})k", re.IGNORECASE)
"""With a single digit, it is more often a resolution: "tivi 4K"."""


def scaled_at(words: Sequence[tree.Word], at: int) -> tuple[int, int] | None:
    """Return the amount that begins at ``at`` and the position of the first word after it and its "đồng"; None if there is none."""
    if (glued := _THOUSANDS.fullmatch(words[at].text)) is not None:
        return int(glued[1]) * 10**3, at + 1
    number = _NUMBER.fullmatch(words[at].text)
    if number is None or at + 1 == len(words) or len(words[at + 1].syllables) != 1:
        return None
    scale = _scale(words[at + 1].syllables[0])
    following = words[at + 2].syllables if at + 2 < len(words) else ()
    if not scale or _is_other_word((*words[at + 1].syllables, *following[:1])):
        return None
    decimals = number[2] or ""
    value = int(number[1] + decimals) * scale // 10 ** len(decimals)
    return value, at + 2 + (len(following) == 1 and following[0].toned in _MONEY)


def is_scaled(node: tree.Either) -> bool:
    """Tell whether ``node`` was typed as a number with a scale: ``5 triệu đồng``."""
    return len(node.words) > 1 and scaled_at(node.words, 0) is not None


def in_words(value: int) -> tuple[str, ...]:
    """Return the ways in which texts write a round amount besides its digits: ``500 nghìn``, ``500 ngàn``, ``500k``.

    >>> in_words(500_000), in_words(3_000_000)
    (('500 nghìn', '500 ngàn', '500k'), ('3 triệu',))
    """
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu")):
        if value % scale == 0 and value // scale < 10**3:
            return (f"{value // scale} {name}",)
    thousands, rest = divmod(value, 10**3)
    if rest or not 0 < thousands < 10**3:
        return ()
    return f"{thousands} nghìn", f"{thousands} ngàn", f"{thousands}k"


def _is_other_word(typed: Sequence[Syllable]) -> bool:
    word = _OTHER_WORDS.get(tuple(one.folded for one in typed))
    return word is not None and accents_agree(typed, word)


def _scale(syllable: Syllable) -> int:
    value, toned = _SCALES.get(syllable.folded, (0, ()))
    return value if not syllable.is_accented or syllable.toned in toned else 0
