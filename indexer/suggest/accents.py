"""Pure: the most likely accents of folded syllables."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import WORD_WEIGHT, of_pair
from indexer.vietnamese.terms import terms_of

_MOST_FORMS = 12


def accented(folded: Sequence[str], known: Sequence[str | None], vocabulary: Vocabulary) -> list[str]:
    """Choose accents for syllables without known accents: frequent forms that make words together."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for syllable, given in zip(folded, known, strict=True):
        forms = (
            [(given, 1)] if given is not None else vocabulary.forms(syllable)[:_MOST_FORMS] or [(syllable, 1)]
        )
        longer: dict[str, tuple[float, list[str]]] = {}
        for form, articles in forms:
            score, path = max(
                (
                    before
                    + of_pair(vocabulary.compound(*path[-1:], form) if path else 0)
                    + of_pair(vocabulary.compound(*path[-2:], form) if len(path) > 1 else 0),
                    path,
                )
                for before, path in paths.values()
            )
            longer[form] = (score + WORD_WEIGHT * math.log(articles + 0.5), [*path, form])
        paths = longer
    return max(paths.values())[1]


def likely_forms(token: str, folded: str, vocabulary: Vocabulary) -> list[str]:
    """Return the possible accents of ``folded`` as a correction of ``token``: those typed first, then by frequency."""
    marked = with_marks_of(token, folded, vocabulary)
    forms = [form for form, _ in vocabulary.forms(folded)[:_MOST_FORMS]]
    return list(dict.fromkeys([marked, *forms] if marked else forms))


def with_marks_of(token: str, folded: str, vocabulary: Vocabulary) -> str | None:
    """Return the form of a syllable with the accents of its misspelling: ``dừnng`` becomes ``dừng``."""
    marks = _marks(terms_of(token)[0])
    return (
        next((form for form, _ in vocabulary.forms(folded) if _marks(form) == marks), None) if marks else None
    )


@lru_cache(maxsize=20_000)
def _marks(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    return "".join(sorted(letter for letter in decomposed if unicodedata.combining(letter) or letter == "đ"))
