"""Whether a correction is worth more than the results of the query as typed."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.suggest.candidates import in_the_like_tone
from indexer.suggest.evidence import FAR_MORE, LONG, Evidence
from indexer.suggest.forms import Form
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary
from indexer.vietnamese.terms import terms_of
from indexer.vietnamese.tones import is_syllable

_ENOUGH = 5
"""Number of articles, found as meant, that answer a query: they are not given up for something merely more frequent."""
_MORE_ALIKE = 5
"""How many times more frequent a fixed phrase with its own tone is than with the tone that sounds alike."""
_LEAST_OF_FEW = 2
"""Minimum number of articles with the whole correction if it has fewer than four syllables."""

_SHARE = 20
"""A whole of four syllables is less likely by chance if it occurs in one of so many of the articles found."""


class Weighing:
    """Weighs a correction of ``typed``, which found ``total`` articles as meant."""

    def __init__(self, typed: Typed, total: int, vocabulary: Vocabulary, evidence: Evidence) -> None:
        self._typed = typed
        self._total = total
        self._vocabulary = vocabulary
        self._evidence = evidence

    @property
    def found_enough(self) -> bool:
        """Whether the query found so much, with words of the index, that only a clear correction is shown."""
        return self._total >= _ENOUGH and not self._unknown

    def allows(self, found: Sequence[str], in_lexicon: bool) -> bool:
        """Tell whether ``found`` may be shown, before its own results are known; ``in_lexicon``: the lexicon has all of its words.

        A query with enough results is a slip only if the index lacks one of its syllables, or has a word in its place for which
        the typed form hardly ever occurs, or contains the whole of a long phrase.
        """
        forms = self._forms(found)
        if self.found_enough:
            return self._is_clear(forms)
        return self._total >= _ENOUGH or in_lexicon or not self._may_be_unheard_of(forms)

    def least(self, found: Sequence[str]) -> int:
        """Return the minimum number of articles that ``found`` must find."""
        if self._total >= _ENOUGH and not self._is_clear(self._forms(found)):
            return self._total * FAR_MORE
        same_letters = [terms_of(one)[1] for one in found] == self._typed.folded
        return self._total + 1 if same_letters else 1

    def _is_clear(self, forms: Sequence[Form]) -> bool:
        articles = self._evidence.phrase(forms)
        if self._only_sounds_alike(forms):
            return articles >= _MORE_ALIKE * max(1, self._evidence.phrase(self._typed.forms)) and (
                self._evidence.are_bound(forms)
            )
        if len(forms) >= LONG and articles:
            return True
        if len(forms) == LONG - 1 and articles * _SHARE >= self._total and self._fits_all_neighbours(forms):
            return True
        self._evidence.foresee(
            phrase for size in (2, 3) for both in self._changed(forms, size) for phrase in both
        )
        least = _LEAST_OF_FEW if len(forms) < LONG - 1 else 1
        return articles >= least and self._mends_a_word(forms)

    @property
    def _unknown(self) -> bool:
        typed = self._typed
        return not all(
            i in typed.fixed or self._vocabulary.knows(token, typed.accents)
            for i, token in enumerate(typed.tokens)
        )

    def _forms(self, found: Sequence[str]) -> list[Form]:
        terms = map(terms_of, found)
        return [
            Form(folded, toned if self._typed.accents or toned != folded else None) for toned, folded in terms
        ]

    def _only_sounds_alike(self, forms: Sequence[Form]) -> bool:
        """Tell whether only hỏi and ngã were changed."""
        typed = self._typed.forms
        return len(forms) == len(typed) and all(
            one.toned is not None
            and other.toned is not None
            and one.toned in (other.toned, in_the_like_tone(other.toned))
            for one, other in zip(forms, typed, strict=True)
        )

    def _mends_a_word(self, forms: Sequence[Form]) -> bool:
        """Tell whether the changed syllables form a word with a neighbour that is far more frequent than what was typed."""
        return any(
            self._are_a_word(run, len(forms) > len(run)) and self._is_far_more_usual(run, before)
            for size in (2, 3)
            for run, before in self._changed(forms, size)
        )

    def _fits_all_neighbours(self, forms: Sequence[Form]) -> bool:
        pairs = self._changed(forms, 2)
        return bool(pairs) and all(self._is_far_more_usual(run, before) for run, before in pairs)

    def _changed(self, forms: Sequence[Form], size: int) -> list[tuple[Sequence[Form], Sequence[Form]]]:
        """Return each ``size`` neighbours of which any was changed, as corrected and as typed."""
        typed = self._typed.forms
        if len(forms) != len(typed):
            return []
        runs = ((forms[i : i + size], typed[i : i + size]) for i in range(len(forms) - size + 1))
        return [(run, before) for run, before in runs if any(map(_differs, run, before))]

    def _is_far_more_usual(self, run: Sequence[Form], before: Sequence[Form]) -> bool:
        return self._evidence.phrase(run) >= FAR_MORE * max(1, self._evidence.phrase(before))

    def _are_a_word(self, run: Sequence[Form], among_others: bool) -> bool:
        """Tell whether the syllables are a word, or a fixed expression that is not the whole query."""
        return self._vocabulary.is_word(*run) or (among_others and self._evidence.are_bound(run))

    def _may_be_unheard_of(self, forms: Sequence[Form]) -> bool:
        """Tell whether two possible Vietnamese syllables may be words that such a small index does not contain."""
        return (
            len(forms) == len(self._typed.tokens) == 2
            and not self._vocabulary.is_large
            and all(map(is_syllable, self._typed.toned))
        )


def _differs(one: Form, typed: Form) -> bool:
    return one.folded != typed.folded or typed.toned not in (None, one.toned)
