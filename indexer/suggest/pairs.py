"""How likely candidates are beside each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from indexer.suggest.association import are_bound
from indexer.suggest.candidates import Candidate, forms_of, log_articles
from indexer.suggest.evidence import FAR_MORE, Evidence
from indexer.suggest.forms import Form
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import PAIR_WEIGHT, WORD_WEIGHT

MOST_TOGETHER = 8
"""Candidates of a token that are tried beside changes of other tokens."""
_ANY = 1_000_000_000
"""Articles that a single syllable may stand in, for all that is known before asking."""


class Pairs:
    """Articles of every pair of neighbours that the candidates can make, asked for at once."""

    def __init__(
        self, options: Sequence[Sequence[Candidate]], vocabulary: Vocabulary, evidence: Evidence
    ) -> None:
        self._vocabulary = vocabulary
        wanted = dict.fromkeys(
            f"{one.forms[-1].folded}_{other.forms[0].folded}"
            for of, following in pairwise(options)
            for i, one in enumerate(of)
            for j, other in enumerate(following)
            if not i or not j or max(i, j) < MOST_TOGETHER
        )
        wanted.update(
            dict.fromkeys(
                "_".join(form.folded for form in one.forms)
                for of in options
                for one in of
                if len(one.forms) == 2
            )
        )
        names = list(wanted)
        self._articles = dict(zip(names, evidence.pairs(names), strict=True))
        typed = (
            pair for pair in pairwise(of[0].forms[0] for of in options) if pair[0].toned or pair[1].toned
        )
        self._as_typed = {pair: evidence.phrase(pair) for pair in typed}

    def articles(self, one: Form, other: Form) -> int:
        """Return in how many articles two neighbours stand; those that were typed, in the accents they were typed in."""
        as_typed = self._as_typed.get((one, other))
        return self._articles.get(f"{one.folded}_{other.folded}", 0) if as_typed is None else as_typed

    def fewest(self, path: Sequence[Candidate]) -> int:
        """Return in how many articles the rarest two neighbours of ``path`` stand."""
        return min((self.articles(*pair) for pair in pairwise(forms_of(path))), default=_ANY)

    def between(self, one: Candidate, other: Candidate) -> float:
        """Return what two neighbours add to the score of a sequence."""
        return _of_pair(self.articles(one.forms[-1], other.forms[0]))

    def own(self, one: Candidate) -> float:
        """Return what a candidate adds by itself."""
        inside = sum(_of_pair(self.articles(*pair)) for pair in pairwise(one.forms))
        return inside - one.cost + WORD_WEIGHT * log_articles(one, self._vocabulary) / len(one.forms)

    def score(self, path: Sequence[Candidate]) -> float:
        """Return how likely a sequence is."""
        return sum(map(self.own, path)) + sum(self.between(*pair) for pair in pairwise(path))

    def breaks_a_word(self, typed: Sequence[Candidate], path: Sequence[Candidate]) -> bool:
        """Tell whether ``path`` changes a word beside one that it belongs to, for one that is not far more usual there.

        "giá xăng" is no slip of "giá vàng", though that stands in ten times the articles.
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


def _of_pair(articles: int) -> float:
    return PAIR_WEIGHT * math.log1p(articles)
