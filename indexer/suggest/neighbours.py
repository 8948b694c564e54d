"""How likely sequences of candidates are, judged by neighbours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from indexer.suggest.candidates import Candidate, forms_of
from indexer.suggest.forms import Form
from indexer.suggest.weights import WORD_WEIGHT, of_pair

_ANY = 1_000_000_000
"""Number of articles assumed for a single syllable before the index is asked."""


class Neighbours(ABC):
    """Scores of sequences; subclasses know how many articles contain two neighbours that were not typed so."""

    def __init__(self, as_typed: Mapping[tuple[Form, Form], int]) -> None:
        """``as_typed`` are the numbers of articles with the neighbours as typed, with their accents."""
        self._as_typed = as_typed

    def articles(self, one: Form, other: Form) -> int:
        """Return the number of articles with two neighbours."""
        as_typed = self._as_typed.get((one, other))
        return self._others(one, other) if as_typed is None else as_typed

    @abstractmethod
    def _others(self, one: Form, other: Form) -> int:
        """Return the number of articles with two neighbours, with any accents."""

    def fewest(self, path: Sequence[Candidate]) -> int:
        """Return the number of articles with the rarest two neighbours in ``path``."""
        return min((self.articles(*pair) for pair in pairwise(forms_of(path))), default=_ANY)

    def between(self, one: Candidate, other: Candidate) -> float:
        """Return what two neighbours contribute to the score of a sequence."""
        return of_pair(self.articles(one.forms[-1], other.forms[0]))

    def own(self, one: Candidate) -> float:
        """Return what a candidate contributes by itself."""
        inside = of_pair(self.articles(*one.forms)) if len(one.forms) == 2 else 0.0
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
            without = whole - self.beside(before, typed[i], after)[1]
            around = min(self.fewest(before), self.fewest(after))
            for one in of[1:]:
                fewest, beside = self.beside(before, one, after)
                yield min(around, fewest), without + beside, (*before, one, *after)

    def beside(
        self, before: Sequence[Candidate], one: Candidate, after: Sequence[Candidate]
    ) -> tuple[int, float]:
        """Return the number of articles with the rarest pair that contains ``one``, and its contribution to the score."""
        pairs = [self.articles(before[-1].forms[-1], one.forms[0])] if before else []
        if after:
            pairs.append(self.articles(one.forms[-1], after[0].forms[0]))
        score = self.own(one) + sum(map(of_pair, pairs))
        if len(one.forms) == 2:
            pairs.append(self.articles(*one.forms))
        return min(pairs, default=_ANY), score
