"""What one commit of the index tells about adjacent syllables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise

from indexer.engine import clauses as c
from indexer.engine.fields import WHOLE_TEXT, pairs_field
from indexer.engine.protocol import EngineRequest, Foreseen, FrequenciesAsked, Snapshot
from indexer.query.values import STAFF
from indexer.suggest.association import are_bound, belong_together
from indexer.suggest.forms import Form
from indexer.suggest.vocabulary import Vocabulary
from indexer.vietnamese.terms import TONED

_LEAST_OF_TWO = 2
"""Minimum number of articles for two syllables to form a phrase, since one article may contain the slip. Longer ones hardly
occur by chance.
"""

FAR_MORE = 30
"""A word occurs at least this often for each time that a slip turns it into something else."""
LONG = 5
"""Number of syllables whose sequence is not by chance: if the index has them with one letter changed, that is meant."""


class Evidence:
    """Counts articles; for phrases, only public ones."""

    def __init__(self, snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        self._snapshot = snapshot
        self._total = vocabulary.total
        self._counted: dict[tuple[Form, ...], int] = {}
        self._in_pairs: dict[str, int] = {}

    def pairs(self, pairs: Sequence[str], then: Iterable[Sequence[Form]] = ()) -> list[int]:
        """Return the number of articles with each folded pair, ``hai_phong``; ``then`` is as for :meth:`foresee`."""
        if unknown := [pair for pair in dict.fromkeys(pairs) if pair not in self._in_pairs]:
            asked = FrequenciesAsked(pairs_field(WHOLE_TEXT), unknown)
            self._snapshot.foresee(chain([asked], self._unknown(then)))
            found = self._snapshot.frequencies(pairs_field(WHOLE_TEXT), unknown)
            self._in_pairs |= zip(unknown, found, strict=True)
        return [self._in_pairs[pair] for pair in pairs]

    def foresee(self, phrases: Iterable[Sequence[Form]]) -> None:
        """Take note of what :meth:`phrase` will most likely be asked next, several at once where that saves time."""
        self._snapshot.foresee(self._unknown(phrases))

    def _unknown(self, phrases: Iterable[Sequence[Form]]) -> Iterator[EngineRequest]:
        return (
            side_by_side(forms) for forms in phrases if len(forms) > 1 and tuple(forms) not in self._counted
        )

    def phrase(self, forms: Sequence[Form]) -> int:
        """Return the number of articles in which ``forms`` occur side by side."""
        key = tuple(forms)
        if key not in self._counted:
            self._counted[key] = self._count(key)
        return self._counted[key]

    def _count(self, forms: Sequence[Form]) -> int:
        if len(forms) == 1:
            return self._snapshot.frequencies(WHOLE_TEXT, [_term(forms[0])])[0]
        return self._snapshot.search(side_by_side(forms)).total

    def is_phrase(self, forms: Sequence[Form]) -> bool:
        """Tell whether ``forms`` occur side by side in enough articles not to be a slip themselves."""
        return self.phrase(forms) >= (_LEAST_OF_TWO if len(forms) == 2 else 1)

    def is_rare_in_these_accents(self, forms: Sequence[Form]) -> bool:
        """Tell whether two syllables occur side by side, but ``FAR_MORE`` times as often with other accents."""
        if len(forms) != 2:
            return False
        (in_any,) = self.pairs([f"{forms[0].folded}_{forms[1].folded}"])
        return in_any >= FAR_MORE and in_any >= FAR_MORE * self.phrase(forms)

    def are_bound(self, forms: Sequence[Form]) -> bool:
        """Tell whether all neighbours form words or fixed phrases."""
        return self._hold(forms, are_bound)

    def belong_together(self, forms: Sequence[Form]) -> bool:
        """Tell whether all neighbours occur side by side more often than by chance; never for a single syllable."""
        return self._hold(forms, belong_together)

    def _hold(self, forms: Sequence[Form], test: Callable[[int, int, int, int], bool]) -> bool:
        terms = list(map(_term, forms))
        self._snapshot.foresee(chain([FrequenciesAsked(WHOLE_TEXT, terms)], neighbours_asked(forms)))
        articles = self._snapshot.frequencies(WHOLE_TEXT, terms)
        return len(forms) > 1 and all(
            test(both, one, other, self._total)
            for both, (one, other) in zip(self.neighbours(forms), pairwise(articles), strict=True)
        )

    def neighbours(self, forms: Sequence[Form]) -> Sequence[int]:
        """Return the number of articles with each two neighbours."""
        if any(form.toned for form in forms):
            return [self.phrase(pair) for pair in pairwise(forms)]
        return self.pairs(_folded_pairs(forms))


def neighbours_asked(forms: Sequence[Form]) -> Iterator[Foreseen]:
    """Yield what :meth:`Evidence.neighbours` asks."""
    if any(form.toned for form in forms):
        return map(side_by_side, pairwise(forms))
    return iter([FrequenciesAsked(pairs_field(WHOLE_TEXT), _folded_pairs(forms))])


def side_by_side(forms: Sequence[Form]) -> EngineRequest:
    """Return what counts the articles in which ``forms``, two or more, stand side by side."""
    terms = tuple((2 * i + (form.toned is None), _term(form)) for i, form in enumerate(forms))
    match = c.any_of(tuple(c.Phrase(area, terms) for area in ("title", "body")))
    return EngineRequest(match, filters={"audience": c.Not(STAFF)}, limit=0)


def _folded_pairs(forms: Sequence[Form]) -> list[str]:
    return [f"{one.folded}_{other.folded}" for one, other in pairwise(forms)]


def _term(form: Form) -> str:
    return form.folded if form.toned is None else f"{TONED}{form.toned}"
