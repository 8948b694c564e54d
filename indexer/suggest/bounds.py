"""Which candidates may be worth more than what was typed, told by single syllables: counting neighbours takes longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from indexer.suggest.candidates import Candidate
from indexer.suggest.forms import Form
from indexer.suggest.neighbours import Neighbours
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import of_pair, of_whole


class Bounds(Neighbours):
    """Upper bounds: two neighbours are in no more articles than the rarer one."""

    def __init__(self, as_typed: Mapping[tuple[Form, Form], int], vocabulary: Vocabulary) -> None:
        """``as_typed`` is as for :class:`Neighbours`."""
        super().__init__(as_typed)
        self._most = vocabulary.most

    def _others(self, one: Form, other: Form) -> int:
        return min(self._most(one.folded), self._most(other.folded))

    def changed(self, options: Sequence[Sequence[Candidate]], least: float) -> Iterator[Candidate]:
        """Yield those of ``options`` that may score more than ``least`` if nothing else of what was typed is changed."""
        changes = (one for of in options for one in of[1:])
        for one, (fewest, score, _) in zip(changes, self.one_change(options), strict=True):
            if score + of_whole(fewest, len(options)) > least:
                yield one

    def neighbours(
        self, options: Sequence[Sequence[Candidate]], least: float
    ) -> Iterator[tuple[Candidate, Candidate]]:
        """Yield the neighbours among ``options`` that a sequence of more than ``least`` may contain, however much it changes."""
        articles = [
            [[self.articles(one.forms[-1], other.forms[0]) for other in following] for one in of]
            for of, following in pairwise(options)
        ]
        before = self._best(options, articles)
        turned = [list(zip(*between, strict=True)) for between in reversed(articles)]
        after = self._best(options[::-1], turned)[::-1]
        for i, between in enumerate(articles):
            for one, (score, fewest), row in zip(options[i], before[i], between, strict=True):
                for other, (rest, fewest_after), both in zip(options[i + 1], after[i + 1], row, strict=True):
                    whole = of_whole(min(fewest, fewest_after, both), len(options))
                    if score + of_pair(both) + rest + whole > least:
                        yield one, other

    def _best(
        self, options: Sequence[Sequence[Candidate]], articles: Sequence[Sequence[Sequence[int]]]
    ) -> list[list[tuple[float, int]]]:
        """Return the best score of the sequences that end with each candidate, and the greatest number for their rarest pair."""
        found: list[list[tuple[float, int]]] = []
        for i, of in enumerate(options):
            alone = [(self.own(one), self.fewest((one,))) for one in of]
            if i:
                columns = zip(*articles[i - 1], strict=True)
                alone = [
                    (
                        own
                        + max(score + of_pair(n) for (score, _), n in zip(found[-1], column, strict=True)),
                        min(
                            inside,
                            max(min(fewest, n) for (_, fewest), n in zip(found[-1], column, strict=True)),
                        ),
                    )
                    for (own, inside), column in zip(alone, columns, strict=True)
                ]
            found.append(alone)
        return found
