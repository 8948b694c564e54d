"""Decides from the index whether a query was typed with all its accents, so that an unaccented syllable means exactly that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.query import tree
from indexer.query.frequencies import Statistics
from indexer.query.text import Text
from indexer.vietnamese.terms import TONED, Syllable

_LEAST_BARE = 0.1
"""Minimum share, among the articles with a syllable in any accents, of those that have it without accents: ``sau``, ``chung``
and ``ban`` are words by themselves, ``nhan`` and ``doi`` lost their accents. A higher value lets more queries match other
words; a lower one takes more missing accents literally."""
_LEAST_BARE_WORD = 0.1
"""The same for words of several syllables: ``hai phong`` is ``hải phòng``."""
_LEAST_BARE_BESIDE = 0.03
"""Minimum share, among the articles with two neighbours in any accents, of those that have them as typed, one without accents:
``tạm giam``.
"""


def is_literal(node: tree.Node, statistics: Statistics) -> bool:
    """Tell whether no syllable seems to have lost its accents; unknown, hence False, if none is accented."""
    if not tree.has_accents(node):
        return _is_short_form(tree.words_of(node))
    words = list(_plain_words(node))
    compounds = [
        word.syllables
        for word in words
        if isinstance(word, tree.Compound) and any(map(_may_lack, word.syllables))
    ]
    as_typed = statistics.words(["_".join(s.toned for s in of) for of in compounds])
    any_form = statistics.folded_words(["_".join(s.folded for s in of) for of in compounds])
    return all(
        n >= _LEAST_BARE_WORD * of for n, of in zip(as_typed, any_form, strict=True)
    ) and _are_meant_bare(words, statistics)


def _are_meant_bare(words: Sequence[tree.Word | tree.Compound], statistics: Statistics) -> bool:
    """Tell whether each unaccented syllable is frequent in that form, alone or beside its neighbour as typed."""
    alone = [
        i
        for i, word in enumerate(words)
        if isinstance(word, tree.Word) and len(word.syllables) == 1 and _may_lack(word.syllables[0])
    ]
    bare = statistics.syllables([TONED + words[i].syllables[0].toned for i in alone])
    any_accents = statistics.syllables([words[i].syllables[0].folded for i in alone])
    return all(
        n >= _LEAST_BARE * of or _stands_beside(words, i, statistics)
        for i, n, of in zip(alone, bare, any_accents, strict=True)
    )


def _stands_beside(words: Sequence[tree.Word | tree.Compound], at: int, statistics: Statistics) -> bool:
    """Tell whether the syllable as typed occurs beside an accented neighbour: ``tạm giam``, ``áo da``."""
    pairs = [
        (words[i].syllables[-1], words[i + 1].syllables[0]) for i in (at - 1, at) if 0 <= i < len(words) - 1
    ]
    accented = [pair for pair in pairs if any(one.is_accented for one in pair)]
    beside = statistics.pairs([f"{one.folded}_{other.folded}" for one, other in accented])
    return any(
        of and statistics.side_by_side(one.toned, other.toned) >= _LEAST_BARE_BESIDE * of
        for (one, other), of in zip(accented, beside, strict=True)
    )


def _is_short_form(typed: Sequence[Text]) -> bool:
    """Tell whether only an abbreviation was typed: ``IT`` is not ``ít``."""
    return len(typed) == 1 and len(typed[0].text) > 1 and typed[0].text.isalpha() and typed[0].text.isupper()


def _plain_words(node: tree.Node) -> Iterator[tree.Word | tree.Compound]:
    for part in tree.asked_of(node):
        if isinstance(part, tree.Compound) or (isinstance(part, tree.Word) and part.number is None):
            yield part


def _may_lack(syllable: Syllable) -> bool:
    return not syllable.is_accented and syllable.folded.isalpha()
