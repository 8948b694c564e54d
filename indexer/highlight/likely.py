"""Selects, among the places that look like what was typed, those likely to be meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from indexer.highlight.finder import Found, Wanted
from indexer.highlight.numbers import is_day_or_month, is_in_number
from indexer.vietnamese.spelling import is_syllable
from indexer.vietnamese.terms import SYLLABLE, terms_of

_BETWEEN = 12
"""Maximum number of characters between two syllables that are side by side."""


def likely(text: str, found: Collection[Found], wanted: Wanted) -> list[Found]:
    """Return the occurrences in ``text`` that are likely to be meant, in order.

    If a term also occurs with the typed accents, occurrences with other accents are dropped. If an unaccented term also occurs
    beside its neighbour from the query, occurrences with other accents than there are dropped: ``chuyen doi so`` means ``số``
    if the text has ``chuyển đổi số``, not ``sở``. A syllable of a name is dropped if something else was requested: ``lam`` in
    ``lam can cuoc`` is not Lam Giang. A part of a document number or date is dropped if the same thing occurs outside of one:
    ``ubnd`` is not the one in 74/KH-UBND beside *Uỷ ban nhân dân*, and the ``06`` of *Đề án 06* is not 06/01/2022.
    """
    if not found:
        return []
    as_typed = {one.term for one in found if one.exact}
    kept = sorted(one for one in found if one.exact or one.term not in as_typed)
    beside = [one for pair in neighbours(text, kept, wanted) for one in pair]
    if beside:
        meant: dict[str, set[str]] = {}
        for one in beside:
            if one.term.endswith("*"):
                continue  # a beginning goes on to other words, too
            meant.setdefault(one.term, set()).add(one.toned)
        kept = [one for one in kept if one.term not in meant or one.toned in meant[one.term]]
    return _without_numbers(text, _without_names(text, kept, wanted, {one.start for one in beside}), wanted)


def _without_names(text: str, kept: list[Found], wanted: Wanted, beside: Collection[int]) -> list[Found]:
    if not wanted.several:
        return kept
    capitals = [
        one
        for one in kept
        if text[one.start].isupper()
        and one.syllables == 1
        and not wanted.words.get(one.term)
        and one.start not in beside
        # Foreign names have no accents that could be missing: whoever types "trump" means Trump.
        and is_syllable(one.term)
    ]
    if not capitals:
        return kept
    starts, ends = {one.start for one in kept}, {one.end for one in kept}
    names = {one.start for one in capitals if _is_in_name(text, one, wanted, starts, ends)}
    return [one for one in kept if one.start not in names or one.syllables > 1]


def _without_numbers(text: str, kept: list[Found], wanted: Wanted) -> list[Found]:
    inside = {
        one.start
        for one in kept
        if one.syllables == 1
        and not text[one.start].islower()
        and (is_in_number(text, one.start, one.end) or is_day_or_month(text, one.start, one.end))
    }
    if not inside:
        return kept
    outside = _standing(text, [one for one in kept if one.start not in inside], wanted)
    return [
        one
        for one in kept
        if one.start not in inside or one.syllables > 1 or f" {typed_for(one, wanted)} " not in outside
    ]


def _standing(text: str, found: Sequence[Found], wanted: Wanted) -> str:
    """Return the typed terms that occur in a text in any form; parts of a thing may be on different lines."""
    beside = {other for _, other in neighbours(text, found, wanted)}
    return "".join(f"{'' if one in beside else ' |'} {typed_for(one, wanted)}" for one in found) + " "


def neighbours(text: str, found: Sequence[Found], wanted: Wanted) -> list[tuple[Found, Found]]:
    """Return the members of ``found``, which is in order, that are side by side as in the query."""
    if not wanted.pairs:
        return []
    # Most are far apart, and most neighbours have one blank between them.
    return [
        (one, other)
        for one, other in pairwise(found)
        if 0 <= other.start - one.end <= _BETWEEN
        and joint(one, other, wanted) in wanted.pairs
        and (other.start - one.end <= 1 or not SYLLABLE.search(text, one.end, other.start))
    ]


def joint(one: Found, other: Found, wanted: Wanted) -> tuple[str, str]:
    """Return the typed syllables that meet where ``other`` follows ``one``."""
    if one.syllables == other.syllables == 1 and not wanted.things:
        return one.term, other.term
    return typed_for(one, wanted).rpartition(" ")[2], typed_for(other, wanted).partition(" ")[0]


def typed_for(one: Found, wanted: Wanted) -> str:
    """Return the typed term of which ``one`` may be another form."""
    return wanted.things.get(one.term, one.term) if wanted.things else one.term


def _is_in_name(
    text: str, one: Found, wanted: Wanted, starts: Collection[int], ends: Collection[int]
) -> bool:
    """Tell whether a syllable is part of a name in which no other syllable is wanted."""
    if text[one.start + 1 : one.end].isupper():
        return False
    after = one.end + 1
    if text[one.end : after] == " " and _begins_name(text, after):
        token = SYLLABLE.match(text, after)
        return after not in starts and (one.term, _folded(token.group() if token else "")) not in wanted.pairs
    before = text.rfind(" ", 0, max(0, one.start - 1)) + 1
    word = text[before : one.start - 1]
    return (
        text[one.start - 1 : one.start] == " "
        and word.isalpha()
        and _begins_name(text, before)
        and one.start - 1 not in ends
        and (_folded(word), one.term) not in wanted.pairs
    )


def _folded(word: str) -> str:
    return terms_of(word)[1] if word else ""


def _begins_name(text: str, at: int) -> bool:
    return text[at : at + 1].isupper() and text[at + 1 : at + 2].islower()
