"""Splits a query into words: decides which neighbouring syllables form a word, based on the index.

Indexing segments texts with pyvi's model. Here, only frequencies in the index are used, so no serving process loads the model.
A run of syllables is a word if most articles that contain them side by side contain them as that word (``dân số``, but not
``của hai``). Among overlapping candidates, dynamic programming selects the split with the greatest sum of these shares. In
doubt, the syllables stay separate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from indexer.query import tree
from indexer.query.figures import is_measure, is_numbered, shares_of
from indexer.query.frequencies import Statistics
from indexer.query.literal import is_literal
from indexer.query.scaled import is_scaled
from indexer.vietnamese.terms import Syllable

_LEAST_SHARE = 0.2
"""Minimum share, among the articles with the syllables side by side, of those that have them as one word. According to ``python
-m benchmarks.precision``, 0.3 costs 0.006 of precision and 0.1 costs 0.009 of recall."""
_LEAST_SHARE_ACCENTED = 0.1
"""The same if accents tell which word is meant: 0.2 costs 0.004 of precision, and 0.05 gains nothing."""
LONGEST = 6
"""Syllables of a word; longer ones are names of several words."""
_LONGEST_NAME = 3
"""Maximum number of syllables of a lexicon name that counts as one word, whether or not it is one in the index: ``sổ đỏ``."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A query split into words."""

    node: tree.Node
    """The tree, with :class:`tree.Compound` for words of several syllables."""
    literal: bool
    """Whether the query was typed with all its accents, so that an unaccented syllable means exactly that."""

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words as typed, in order, each as a tuple of syllables."""
        found = (part for part in tree.asked_of(self.node) if not isinstance(part, tree.Hint))
        return tuple(words for part in found if (words := _typed(part)))


def _typed(part: tree.Node) -> tuple[str, ...]:
    match part:
        case tree.Word() | tree.Quoted() | tree.Prefix() | tree.Fuzzy():
            return tuple(part.text[s.start : s.end] for s in part.syllables)
        case tree.Either() if share := _share(part):
            return (share,)
        case tree.Compound() | tree.Either():
            return tuple(syllable for word in part.words for syllable in _typed(word))
        case _:
            return ()


def _share(part: tree.Either) -> str:
    """Return the figures of a percentage typed with its sign, which is not a syllable; empty for anything else."""
    in_figures = all(word.text[0].isdigit() for word in part.words)
    shares = shares_of(part)
    return "-".join(shares) + "%" if shares and in_figures else ""


def cut(node: tree.Node, statistics: Statistics) -> Cut:
    """Return ``node`` split into words; quoted phrases, other names, numbers and exclusions stay as they are."""
    bound = _bound(node, statistics)
    return Cut(bound, is_literal(bound, statistics))


def _bound(node: tree.Node, statistics: Statistics) -> tree.Node:
    match node:
        case tree.And():
            parts: list[tree.Node] = []
            for area, run in groupby(node.nodes, _area_of_syllable):
                if area is None:
                    parts += (
                        _amount_apart(part, statistics)
                        if len(node.nodes) > 1 and isinstance(part, tree.Either) and is_scaled(part)
                        else _bound(part, statistics)
                        for part in run
                    )
                else:
                    parts += words_of_run([part for part in run if isinstance(part, tree.Word)], statistics)
            return replace(node, nodes=tuple(parts))
        case tree.Or():
            return replace(node, nodes=tuple(_bound(part, statistics) for part in node.nodes))
        case tree.Either() if _may_be_an_amount(node) or (_is_long(node) and not _stands(node, statistics)):
            return replace(node, parts=tuple(words_of_run(node.words, statistics)))
        case _:
            return node


def _amount_apart(node: tree.Either, statistics: Statistics) -> tree.Either:
    """Return an amount beside other words as number and unit: articles on a subject state several amounts."""
    return replace(node, parts=(node.words[0], *words_of_run(node.words[1:], statistics)))


def _is_long(node: tree.Either) -> bool:
    """Tell whether the parts of a name may be apart, as in ``cải cách nền hành chính``; not so for dates and numbers."""
    return (
        len(node.syllables) > _LONGEST_NAME
        and all(isinstance(other, tree.Reading) for other in node.others)
        and all(len(word.syllables) == 1 for word in node.words)
    )


def _stands(name: tree.Either, statistics: Statistics) -> bool:
    """Tell whether the index may contain all of ``name``; if so, the query means the name rather than its words anywhere."""
    return all(statistics.pairs([f"{a.folded}_{b.folded}" for a, b in pairwise(name.syllables)]))


def _may_be_an_amount(node: tree.Either) -> bool:
    """Tell whether a document number beside other words may be a count: "quyết định 3 cán bộ"."""
    return any(isinstance(other, tree.Document) and not other.sure for other in node.others)


def _area_of_syllable(node: tree.Node) -> str | None:
    """Return the area of a one-syllable word, "" for everywhere; None for anything else."""
    if isinstance(node, tree.Word) and len(node.syllables) == 1 and node.number is None:
        return node.area or ""
    return None


def words_of_run(run: Sequence[tree.Word], statistics: Statistics) -> Iterator[tree.Word | tree.Compound]:
    """Yield the words of a non-empty run of one-syllable words."""
    shares = _shares([word.syllables[0] for word in run], statistics)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            max(
                (best[start][0] + shares.get((start, end), 0.0), start)
                for start in range(max(0, end - LONGEST), end)
                if end - start == 1 or (start, end) in shares
            )
        )
    cuts = [len(run)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    for start, end in pairwise(reversed(cuts)):
        yield run[start] if end - start == 1 else tree.Compound(tuple(run[start:end]))


def crosses_words(run: Sequence[tree.Word], at: int, end: int, statistics: Statistics) -> bool:
    """Tell whether ``run[at:end]`` overlaps words beside it: "sát nhập" in "cảnh sát nhập cư"."""
    if any(len(word.syllables) != 1 for word in run):
        return False
    found = words_of_run(run, statistics)
    ends = accumulate((len(one.words) if isinstance(one, tree.Compound) else 1 for one in found), initial=0)
    return not {at, end} <= set(ends)


def _shares(found: Sequence[Syllable], statistics: Statistics) -> dict[tuple[int, int], float]:
    """Return, for each run of at least two syllables that forms a word, the number of boundaries it closes times its share."""
    spans = [
        (start, end)
        for start in range(len(found))
        for end in range(start + 2, min(len(found), start + LONGEST) + 1)
    ]
    if not spans:
        return {}
    folded = [syllable.folded for syllable in found]
    beside = statistics.pairs(["_".join(pair) for pair in pairwise(folded)])
    words = statistics.folded_words(["_".join(folded[start:end]) for start, end in spans])
    toned = statistics.words(["_".join(s.toned for s in found[start:end]) for start, end in spans])
    shares = {}
    for (start, end), articles, as_typed in zip(spans, words, toned, strict=True):
        accents = [syllable.is_accented for syllable in found[start:end]]
        least = _LEAST_SHARE_ACCENTED if any(accents) else _LEAST_SHARE
        together = min(beside[start : end - 1])
        share = min(1.0, articles / together) if together else 0.0
        # Beside other words, an amount is one of several that articles state: "gái 2 tuổi".
        whole = end - start == len(found)
        if together and (is_numbered(found[start:end]) or (whole and is_measure(found))):
            shares[start, end] = (end - start - 1) * 1.01
            continue
        if share < least and any(accents) and as_typed and end - start == 2:
            # Other words that look alike without accents stand side by side: ``nói các`` hides ``nội các``, ``trong trang``
            # hides ``trong trắng``.
            together = statistics.side_by_side(found[start].toned, found[start + 1].toned)
            share = min(1.0, as_typed / together) if together else 0.0
        if articles and share >= least and (as_typed or not all(accents)):
            shares[start, end] = (end - start - 1) * (share + 0.01)
    return shares
