"""How many articles have the neighbours that candidates form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from indexer.suggest.association import are_bound
from indexer.suggest.candidates import Candidate
from indexer.suggest.evidence import FAR_MORE, LONG, Evidence
from indexer.suggest.forms import Form
from indexer.suggest.neighbours import Neighbours
from indexer.suggest.vocabulary import Vocabulary


class Pairs(Neighbours):
    """Neighbours that are worth counting, counted together; others count as never side by side."""

    def __init__(
        self,
        options: Sequence[Sequence[Candidate]],
        changed: Iterable[tuple[Candidate, Candidate]],
        as_typed: Mapping[tuple[Form, Form], int],
        vocabulary: Vocabulary,
        evidence: Evidence,
        then: Iterable[Sequence[Form]] = (),
    ) -> None:
        """Count each of ``options`` beside what was typed, which is the first one of each token, and the neighbours ``changed``.

        ``as_typed`` is as for :class:`Neighbours`, ``then`` as for :meth:`Evidence.foresee`.
        """
        super().__init__(as_typed)
        self._vocabulary = vocabulary
        wanted: dict[tuple[str, str], None] = {}
        for of, following in pairwise(options):
            wanted.update((_between(of[0], other), None) for other in following)
            wanted.update((_between(one, following[0]), None) for one in of)
        wanted.update((_between(*both), None) for both in changed)
        wanted.update((pair, None) for of in options for one in of for pair in one.inside)
        names = list(wanted)
        self._articles = dict(zip(names, evidence.pairs(list(map("_".join, names)), then), strict=True))

    def _others(self, one: Form, other: Form) -> int:
        return self._articles.get((one.folded, other.folded), 0)

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


def usual_beside(
    options: Sequence[Sequence[Candidate]], evidence: Evidence, then: Iterable[Sequence[Form]] = ()
) -> list[list[Candidate]]:
    """Return ``options`` without the candidates that :class:`indexer.suggest.weighing.Weighing` would not show.

    A candidate is shown if it forms a word with a neighbour that is far more frequent than what was typed, if it differs only
    by a tone, or if all of a long query occurs with it, which requires that its pairs do. For ``then``, see :meth:`Evidence.foresee`.
    """
    typed = [of[0].forms[0].folded for of in options]
    names = list(
        dict.fromkeys(name for i, of in enumerate(options) for one in of for name in _beside(typed, i, one))
    )
    # Those inside of candidates are for who weighs what is left: together they cost no more.
    inside = ["_".join(pair) for of in options for one in of for pair in one.inside]
    articles = dict(zip(names, evidence.pairs([*names, *inside], then), strict=False))

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


def _between(one: Candidate, other: Candidate) -> tuple[str, str]:
    return one.forms[-1].folded, other.forms[0].folded
