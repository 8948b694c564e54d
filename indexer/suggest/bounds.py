"""Which candidates may be worth more than what was typed, told by single syllables: counting neighbours takes longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.suggest.candidates import Candidate
from indexer.suggest.forms import Form
from indexer.suggest.neighbours import Neighbours
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import of_pair, of_whole


class Bounds(Neighbours):
    """Upper bounds: two neighbours are in no more articles than the rarer one."""

    def __init__(self, as_typed: Mapping[tuple[Form, Form], int], vocabulary: Vocabulary) -> None:
        """``as_typed`` are the numbers of articles with the neighbours as typed."""
        self._as_typed = as_typed
        self._most = vocabulary.most

    def articles(self, one: Form, other: Form) -> int:
        if (as_typed := self._as_typed.get((one, other))) is not None:
            return as_typed
        return min(self._most(one.folded), self._most(other.folded))

    def changed(self, options: Sequence[Sequence[Candidate]], least: float) -> Iterator[Candidate]:
        """Yield those of ``options`` that may score more than ``least`` if nothing else of what was typed is changed."""
        changes = (one for of in options for one in of[1:])
        for one, (fewest, score, _) in zip(changes, self.one_change(options), strict=True):
            if score + of_whole(fewest, len(options)) > least:
                yield one

    def both_changed(
        self, options: Sequence[Sequence[Candidate]], least: float
    ) -> Iterator[tuple[Candidate, Candidate]]:
        """Yield the neighbours among ``options`` that may score more than ``least`` if only both of them are changed."""
        typed = tuple(of[0] for of in options)
        whole = self.score(typed)
        for i in range(len(typed) - 1):
            before, after = typed[:i], typed[i + 2 :]
            around = min(self.fewest(before), self.fewest(after))
            ones = [(one, *self.beside(before, one, ())) for one in options[i]]
            others = [(other, *self.beside((), other, after)) for other in options[i + 1]]
            without = whole - ones[0][2] - others[0][2] - self.between(typed[i], typed[i + 1])
            for one, fewest, score in ones[1:]:
                for other, fewest_after, score_after in others[1:]:
                    articles = self.articles(one.forms[-1], other.forms[0])
                    both = without + score + score_after + of_pair(articles)
                    if both + of_whole(min(around, fewest, fewest_after, articles), len(options)) > least:
                        yield one, other
