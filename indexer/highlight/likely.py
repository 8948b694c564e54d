"""Which of the places that look like what was typed are likely meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from indexer.highlight.finder import Found, Wanted
from indexer.vietnamese.terms import SYLLABLE


def likely(text: str, found: Collection[Found], wanted: Wanted) -> list[Found]:
    """Return the occurrences of ``text`` that are likely meant, in order.

    Of a term that also occurs with the accents typed, those with others are not; of a term typed without
    accents that also stands beside its neighbour of the query, those with other accents than it
    has there: ``chuyen doi so`` means ``số`` where the text has ``chuyển đổi số``, not ``sở``. Nor is a
    syllable of a name where something else was found: ``lam`` of ``lam can cuoc`` is not Lam Giang.
    """
    if len(found) < 2:
        return list(found)
    as_typed = {one.term for one in found if one.exact}
    kept = sorted(one for one in found if one.exact or one.term not in as_typed)
    beside = [one for pair in neighbours(text, kept, wanted) for one in pair]
    if beside:
        meant: dict[str, set[str]] = {}
        for one in beside:
            meant.setdefault(one.term, set()).add(one.toned)
        kept = [one for one in kept if one.term not in meant or one.toned in meant[one.term]]
    return _without_names(text, kept, wanted, {one.start for one in beside})


def _without_names(text: str, kept: list[Found], wanted: Wanted, beside: Collection[int]) -> list[Found]:
    capitals = [
        one
        for one in kept
        if text[one.start].isupper()
        and one.syllables == 1
        and not wanted.words.get(one.term)
        and one.start not in beside
    ]
    if not capitals or all(one.term == kept[0].term for one in kept):
        return kept
    starts = {one.start for one in kept}
    names = {one.start for one in capitals if _is_in_name(text, one, starts)}
    return [one for one in kept if one.start not in names or one.syllables > 1]


def neighbours(text: str, found: Sequence[Found], wanted: Wanted) -> list[tuple[Found, Found]]:
    """Return those of ``found``, which are in order, that stand side by side as they do in the query."""
    if not wanted.pairs:
        return []
    return [
        (one, other)
        for one, other in pairwise(found)
        if (one.term, other.term) in wanted.pairs and not SYLLABLE.search(text, one.end, other.start)
    ]


def _is_in_name(text: str, one: Found, starts: Collection[int]) -> bool:
    """Tell whether a syllable stands in a name of which no other syllable is wanted."""
    if text[one.start + 1 : one.end].isupper():
        return False
    after = one.end + 1
    if text[one.end : after] == " " and _begins_name(text, after):
        return after not in starts
    before = text.rfind(" ", 0, max(0, one.start - 1)) + 1
    return (
        text[one.start - 1 : one.start] == " "
        and text[before : one.start - 1].isalpha()
        and _begins_name(text, before)
        and before not in starts
    )


def _begins_name(text: str, at: int) -> bool:
    return text[at : at + 1].isupper() and text[at + 1 : at + 2].islower()
