"""How likely candidates are beside each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.suggest.association import are_bound
from indexer.suggest.candidates import Candidate, forms_of
from indexer.suggest.evidence import FAR_MORE, LONG, Evidence
from indexer.suggest.forms import Form
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import PAIR_WEIGHT, WORD_WEIGHT

MOST_TOGETHER = 8
"""Number of candidates of a token that are combined with changes of other tokens."""
_ANY = 1_000_000_000
"""Number of articles assumed for a single syllable before the index is asked."""


class Pairs:
    """Numbers of articles for every pair of neighbours that candidates can form, requested together."""

    def __init__(
        self,
        options: Sequence[Sequence[Candidate]],
        vocabulary: Vocabulary,
        evidence: Evidence,
        together: bool = True,
    ) -> None:
        """``together``: whether more than one token may be changed."""
        self._vocabulary = vocabulary
        most = MOST_TOGETHER if together else 0
        wanted: dict[tuple[str, str], None] = {}
        for of, following in pairwise(options):
            ends = [one.forms[-1].folded for one in of]
            starts = [other.forms[0].folded for other in following]
            wanted.update(dict.fromkeys((ends[0], start) for start in starts))
            wanted.update(dict.fromkeys((end, starts[0]) for end in ends))
            wanted.update(dict.fromkeys((end, start) for end in ends[:most] for start in starts[:most]))
        for of in options:
            wanted.update(dict.fromkeys(pair for one in of for pair in _inside(one)))
        names = list(wanted)
        self._articles = dict(zip(names, evidence.pairs(list(map("_".join, names))), strict=True))
        typed = pairwise([of[0].forms[0] for of in options])
        as_typed = [pair for pair in typed if pair[0].toned or pair[1].toned]
        evidence.foresee(as_typed)
        self._as_typed = {pair: evidence.phrase(pair) for pair in as_typed}

    def articles(self, one: Form, other: Form) -> int:
        """Return the number of articles with two neighbours; typed ones count with the accents as typed."""
        if self._as_typed and (as_typed := self._as_typed.get((one, other))) is not None:
            return as_typed
        return self._articles.get((one.folded, other.folded), 0)

    def fewest(self, path: Sequence[Candidate]) -> int:
        """Return the number of articles with the rarest two neighbours in ``path``."""
        return min((self.articles(*pair) for pair in pairwise(forms_of(path))), default=_ANY)

    def between(self, one: Candidate, other: Candidate) -> float:
        """Return what two neighbours contribute to the score of a sequence."""
        return _of_pair(self.articles(one.forms[-1], other.forms[0]))

    def own(self, one: Candidate) -> float:
        """Return what a candidate contributes by itself."""
        inside = _of_pair(self.articles(*one.forms)) if len(one.forms) == 2 else 0.0
        return inside - one.cost + WORD_WEIGHT * one.usual

    def score(self, path: Sequence[Candidate]) -> float:
        """Return the score of a sequence."""
        return sum(map(self.own, path)) + sum(self.between(*pair) for pair in pairwise(path))

    def one_change(
        self, options: Sequence[Sequence[Candidate]]
    ) -> Iterator[tuple[int, float, tuple[Candidate, ...]]]:
        """Yield each sequence with one change to what was typed, which is the first candidate of each token.

        Includes the number of articles with its rarest two neighbours, and its score.
        """
        typed = tuple(of[0] for of in options)
        whole = self.score(typed)
        for i, of in enumerate(options):
            before, after = typed[:i], typed[i + 1 :]
            without = whole - self._beside(before, typed[i], after)[1]
            around = min(self.fewest(before), self.fewest(after))
            for one in of[1:]:
                fewest, beside = self._beside(before, one, after)
                yield min(around, fewest), without + beside, (*before, one, *after)

    def _beside(
        self, before: Sequence[Candidate], one: Candidate, after: Sequence[Candidate]
    ) -> tuple[int, float]:
        """Return the number of articles with the rarest pair that contains ``one``, and its contribution to the score."""
        pairs = [self.articles(before[-1].forms[-1], one.forms[0])] if before else []
        if after:
            pairs.append(self.articles(one.forms[-1], after[0].forms[0]))
        score = self.own(one) + sum(map(_of_pair, pairs))
        if len(one.forms) == 2:
            pairs.append(self.articles(*one.forms))
        return min(pairs, default=_ANY), score

    def breaks_a_word(self, typed: Sequence[Candidate], path: Sequence[Candidate]) -> bool:
        """Tell whether ``path`` changes a word beside one that it belongs to, without being far more frequent there.

        "giá xăng" is not a misspelling of "giá vàng", although that occurs in ten times as many articles.
        """
        for i in range(len(typed) - 1):
            changed = [
                one for one, other in zip(typed[i : i + 2], path[i : i + 2], strict=True) if one != other
            ]
            if not changed or any(one.cost for one in changed):
                continue
            before, after = typed[i].forms[-1], typed[i + 1].forms[0]
            usual = self.articles(path[i].forms[-1], path[i + 1].forms[0])
            if usual < self.articles(before, after) * FAR_MORE and self._belong_together(before, after):
                return True
        return False

    def _belong_together(self, one: Form, other: Form) -> bool:
        articles, vocabulary = self._vocabulary.articles, self._vocabulary
        return vocabulary.is_word(one, other) or are_bound(
            self.articles(one, other), articles(one), articles(other), vocabulary.total
        )


def usual_beside(options: Sequence[Sequence[Candidate]], evidence: Evidence) -> list[list[Candidate]]:
    """Return ``options`` without the candidates that :class:`indexer.suggest.weighing.Weighing` would not show.

    A candidate is shown if it forms a word with a neighbour that is far more frequent than what was typed, if it differs only
    by a tone, or if all of a long query occurs with it, which requires that its pairs do.
    """
    typed = [of[0].forms[0].folded for of in options]
    names = list(
        dict.fromkeys(name for i, of in enumerate(options) for one in of for name in _beside(typed, i, one))
    )
    # Those inside of candidates are for who weighs what is left: together they cost no more.
    inside = ["_".join(pair) for of in options for one in of for pair in _inside(one)]
    articles = dict(zip(names, evidence.pairs([*names, *inside]), strict=False))

    def is_usual(i: int, one: Candidate) -> bool:
        if one.forms[0].folded == typed[i]:
            return True
        around = [articles[name] for name in _beside(typed, i, one)]
        return bool(around) and (max(around) >= FAR_MORE or (len(typed) >= LONG and min(around) > 0))

    return [[one for one in of if is_usual(i, one)] for i, of in enumerate(options)]


def _beside(typed: Sequence[str], i: int, one: Candidate) -> list[str]:
    """Return the pairs that ``one`` forms with its neighbours at index ``i``."""
    before = [f"{typed[i - 1]}_{one.forms[0].folded}"] if i else []
    return before + ([f"{one.forms[-1].folded}_{typed[i + 1]}"] if i + 1 < len(typed) else [])


def _inside(one: Candidate) -> list[tuple[str, str]]:
    """Return the pair that a candidate of two syllables is."""
    return [(one.forms[0].folded, one.forms[1].folded)] if len(one.forms) == 2 else []


def _of_pair(articles: int) -> float:
    # Most pairs that candidates could form do not occur at all.
    return PAIR_WEIGHT * math.log1p(articles) if articles else 0.0
