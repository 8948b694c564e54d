"""A query cut into words: which of its neighbouring syllables are one word, by what the index holds.

The index was cut into words by pyvi's model when it was made; here its frequencies alone are asked, so no serving process
loads the model. A run of syllables is one word where most articles that hold them side by side hold them as that word
(``dân số``, not ``của hai``); of overlapping ones the cut with the greatest sum of these shares is taken (dynamic
programming). Where the index is in doubt the syllables stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Protocol

from indexer.query import tree
from indexer.query.figures import is_measure, is_numbered
from indexer.query.text import Text
from indexer.vietnamese.terms import TONED, Syllable

_LEAST_SHARE = 0.2
"""Of the articles with the syllables side by side, those that hold them as one word. By ``python -m benchmarks.precision``
0.3 costs 0.006 of precision, and 0.1 0.009 of recall."""
_LEAST_SHARE_ACCENTED = 0.1
"""The same where accents say which word is meant: 0.2 costs 0.004 of precision, and 0.05 gives nothing."""
_LONGEST = 6
"""Syllables of a word; longer ones are names of several words."""
_LONGEST_NAME = 3
"""Syllables of a name of the lexicon that stands as a whole: ``sổ đỏ``, whether the index has it as a word or not."""
_LEAST_BARE = 0.1
"""Of the articles with a syllable in any accents, those that have it without: ``sau``, ``chung``, ``ban`` stand so by
themselves, ``nhan`` and ``doi`` have lost theirs. Higher, and more queries are opened to other words; lower, and more
accents that were left out by mistake are taken at their word."""
_LEAST_BARE_WORD = 0.1
"""The same of words of several syllables: ``hai phong`` is ``hải phòng``."""
_LEAST_BARE_BESIDE = 0.03
"""Of the articles with two neighbours in any accents, those that have them as typed, one of them without: ``tạm giam``."""


class Statistics(Protocol):
    """In how many articles terms of each kind stand."""

    def words(self, terms: Sequence[str]) -> list[int]:
        """Of words with their accents, ``hải_phòng``."""

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        """Of words in any accents, ``hai_phong``."""

    def pairs(self, terms: Sequence[str]) -> list[int]:
        """Of neighbours in any accents, whether they are a word or not, ``hai_phong``."""

    def side_by_side(self, first: str, second: str) -> int:
        """Of two neighbours with just these accents, ``nội``, ``các``; dearer than the others."""

    def syllables(self, terms: Sequence[str]) -> list[int]:
        """Of syllables: toned terms with :data:`TONED`, folded ones without."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A query as words."""

    node: tree.Node
    """With :class:`tree.Compound` in place of words that are one."""
    literal: bool
    """Whether it was typed with its accents throughout, so that a syllable without any means just that."""

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words as they were typed, in their order, each as its syllables."""
        found = (part for part in tree.asked_of(self.node) if not isinstance(part, tree.Hint))
        return tuple(words for part in found if (words := _typed(part)))


def _typed(part: tree.Node) -> tuple[str, ...]:
    match part:
        case tree.Word() | tree.Quoted() | tree.Prefix() | tree.Fuzzy():
            return tuple(part.text[s.start : s.end] for s in part.syllables)
        case tree.Compound() | tree.Either():
            return tuple(syllable for word in part.words for syllable in _typed(word))
        case _:
            return ()


def cut(node: tree.Node, statistics: Statistics) -> Cut:
    """Return ``node`` cut into words; quoted phrases, other names, numbers and what is excluded stay as they are."""
    bound = _bound(node, statistics)
    return Cut(bound, _is_literal(bound, statistics))


def _bound(node: tree.Node, statistics: Statistics) -> tree.Node:
    match node:
        case tree.And():
            parts: list[tree.Node] = []
            for area, run in groupby(node.nodes, _area_of_syllable):
                if area is None:
                    parts += (_bound(part, statistics) for part in run)
                else:
                    parts += words_of_run([part for part in run if isinstance(part, tree.Word)], statistics)
            return replace(node, nodes=tuple(parts))
        case tree.Or():
            return replace(node, nodes=tuple(_bound(part, statistics) for part in node.nodes))
        case tree.Either() if _may_be_an_amount(node) or (_is_long(node) and not _stands(node, statistics)):
            return replace(node, parts=tuple(words_of_run(node.words, statistics)))
        case _:
            return node


def _is_long(node: tree.Either) -> bool:
    """Tell whether a name may be written apart: ``cải cách nền hành chính``; dates and numbers are not."""
    return (
        len(node.syllables) > _LONGEST_NAME
        and all(isinstance(other, tree.Reading) for other in node.others)
        and all(len(word.syllables) == 1 for word in node.words)
    )


def _stands(name: tree.Either, statistics: Statistics) -> bool:
    """Tell whether the index may hold the whole of ``name``: then it means that, rather than its words anywhere."""
    return all(statistics.pairs([f"{a.folded}_{b.folded}" for a, b in pairwise(name.syllables)]))


def _may_be_an_amount(node: tree.Either) -> bool:
    """Tell whether a number of documents beside other words may count what they say: "quyết định 3 cán bộ"."""
    return any(isinstance(other, tree.Document) and not other.sure for other in node.others)


def _area_of_syllable(node: tree.Node) -> str | None:
    """Return the area of a word of one syllable, "" for everywhere; None for anything else."""
    if isinstance(node, tree.Word) and len(node.syllables) == 1 and node.number is None:
        return node.area or ""
    return None


def words_of_run(run: Sequence[tree.Word], statistics: Statistics) -> Iterator[tree.Word | tree.Compound]:
    """Yield the words of a run of words of one syllable each; there is at least one."""
    shares = _shares([word.syllables[0] for word in run], statistics)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            max(
                (best[start][0] + shares.get((start, end), 0.0), start)
                for start in range(max(0, end - _LONGEST), end)
                if end - start == 1 or (start, end) in shares
            )
        )
    cuts = [len(run)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    for start, end in pairwise(reversed(cuts)):
        yield run[start] if end - start == 1 else tree.Compound(tuple(run[start:end]))


def _shares(found: Sequence[Syllable], statistics: Statistics) -> dict[tuple[int, int], float]:
    """Return for each run of two or more that is a word how many boundaries it closes, times how sure that is."""
    spans = [
        (start, end)
        for start in range(len(found))
        for end in range(start + 2, min(len(found), start + _LONGEST) + 1)
    ]
    if not spans:
        return {}
    folded = [syllable.folded for syllable in found]
    beside = statistics.pairs(["_".join(pair) for pair in pairwise(folded)])
    words = statistics.folded_words(["_".join(folded[start:end]) for start, end in spans])
    toned = statistics.words(["_".join(s.toned for s in found[start:end]) for start, end in spans])
    shares = {}
    for (start, end), articles, as_typed in zip(spans, words, toned, strict=True):
        accents = [_is_accented(syllable) for syllable in found[start:end]]
        least = _LEAST_SHARE_ACCENTED if any(accents) else _LEAST_SHARE
        together = min(beside[start : end - 1])
        share = min(1.0, articles / together) if together else 0.0
        # Beside other words a number with its unit is one of several that articles give: "gái 2 tuổi".
        whole = end - start == len(found)
        if together and (is_numbered(found[start:end]) or (whole and is_measure(found))):
            shares[start, end] = (end - start - 1) * 1.01
            continue
        if share < least and any(accents) and as_typed and end - start == 2:
            # Other words that look alike without accents stand side by side: ``nói các`` hides ``nội các``,
            # ``trong trang`` hides ``trong trắng``.
            together = statistics.side_by_side(found[start].toned, found[start + 1].toned)
            share = min(1.0, as_typed / together) if together else 0.0
        if articles and share >= least and (as_typed or not all(accents)):
            shares[start, end] = (end - start - 1) * (share + 0.01)
    return shares


def _is_literal(node: tree.Node, statistics: Statistics) -> bool:
    """Tell whether no syllable seems to have lost its accents; without one that has any it can't be known."""
    typed = tree.words_of(node)
    if not any(_is_accented(syllable) for word in typed for syllable in word.syllables):
        return _is_short_form(typed)
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
    """Tell whether each lone syllable without accents often stands so, by itself or beside its neighbour as typed."""
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
    """Tell whether the syllable stands as it was typed beside a neighbour that has accents: ``tạm giam``, ``áo da``."""
    pairs = [
        (words[i].syllables[-1], words[i + 1].syllables[0]) for i in (at - 1, at) if 0 <= i < len(words) - 1
    ]
    accented = [pair for pair in pairs if any(map(_is_accented, pair))]
    beside = statistics.pairs([f"{one.folded}_{other.folded}" for one, other in accented])
    return any(
        of and statistics.side_by_side(one.toned, other.toned) >= _LEAST_BARE_BESIDE * of
        for (one, other), of in zip(accented, beside, strict=True)
    )


def _is_short_form(typed: Sequence[Text]) -> bool:
    """Tell whether nothing but an abbreviation was typed: ``IT`` is not ``ít``."""
    return len(typed) == 1 and len(typed[0].text) > 1 and typed[0].text.isalpha() and typed[0].text.isupper()


def _plain_words(node: tree.Node) -> Iterator[tree.Word | tree.Compound]:
    for part in tree.asked_of(node):
        if isinstance(part, tree.Compound) or (isinstance(part, tree.Word) and part.number is None):
            yield part


def _is_accented(syllable: Syllable) -> bool:
    return syllable.toned != syllable.folded


def _may_lack(syllable: Syllable) -> bool:
    return not _is_accented(syllable) and syllable.folded.isalpha()
