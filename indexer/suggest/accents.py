"""Pure: folded syllables -> the accents that they most likely have."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import PAIR_WEIGHT, WORD_WEIGHT
from indexer.vietnamese.terms import terms_of

_MOST_FORMS = 12


def restore(tokens: Sequence[str], vocabulary: Vocabulary) -> list[str] | None:
    """Return ``tokens`` with the accents they most likely have, None where some are typed or unsure.

    Sure means that every syllable is part of a word that the indexed text has.
    """
    terms = [terms_of(token) for token in tokens]
    if len(terms) < 2 or any(toned != folded for toned, folded in terms):
        return None
    found = accented([folded for _, folded in terms], [None] * len(terms), vocabulary)
    sure = [False] * len(found)
    for size in (2, 3, 4):
        for i in range(len(found) - size + 1):
            if vocabulary.compound(*found[i : i + size]):
                sure[i : i + size] = [True] * size
    return (
        found
        if all(sure) and any(one != folded for one, (_, folded) in zip(found, terms, strict=True))
        else None
    )


def accented(folded: Sequence[str], known: Sequence[str | None], vocabulary: Vocabulary) -> list[str]:
    """Choose accents for syllables whose accents are not known: frequent forms that make words together."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for syllable, given in zip(folded, known, strict=True):
        forms = (
            [(given, 1)] if given is not None else vocabulary.forms(syllable)[:_MOST_FORMS] or [(syllable, 1)]
        )
        longer: dict[str, tuple[float, list[str]]] = {}
        for form, articles in forms:
            score, path = max(
                (
                    before + PAIR_WEIGHT * math.log1p(vocabulary.compound(*path[-1:], form) if path else 0)
                    + PAIR_WEIGHT * math.log1p(vocabulary.compound(*path[-2:], form) if len(path) > 1 else 0),
                    path,
                )
                for before, path in paths.values()
            )  # fmt: skip
            longer[form] = (score + WORD_WEIGHT * math.log(articles + 0.5), [*path, form])
        paths = longer
    return max(paths.values())[1]


def with_marks_of(token: str, folded: str, vocabulary: Vocabulary) -> str | None:
    """Return the form of a syllable with the marks that its slip was typed with: ``dừnng`` -> ``dừng``."""
    marks = _marks(terms_of(token)[0])
    same = [form for form, _ in vocabulary.forms(folded) if marks and _marks(form) == marks]
    return same[0] if same else None


def _marks(syllable: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", syllable)
    return sorted(letter for letter in decomposed if unicodedata.combining(letter) or letter == "đ")
