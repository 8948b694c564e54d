"""Pure: a token as typed -> what it may be a slip of, each at its cost (natural logarithms of odds)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.suggest.telex import decoded
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import WORD_WEIGHT
from indexer.vietnamese.terms import terms_of

_KEYS_COST = 1.0
_SOUND_COST = 3.0
_EDIT_COST = 4.5
_SPLIT_COST = 4.0
_UNKNOWN_COST = 7.0
_KNOWN_COST = 3.0
"""What it costs besides to take a known word for a slip: most words are meant."""
_MOST_CANDIDATES = 60
_BY_SOUND = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("d", "gi"), ("r", "d"), ("d", "r"), ("gi", "r"),
    ("r", "gi"), ("l", "n"), ("n", "l"), ("v", "d"), ("d", "v"), ("ng", "ngh"), ("g", "gh"), ("k", "c"), ("c", "k"),
)  # fmt: skip
_BY_SOUND_ENDS = (
    ("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("t", "p"), ("p", "t"), ("anh", "inh"), ("anh", "in"), ("ut", "at"),
    ("uu", "iu"), ("uou", "ieu"), ("oi", "ui"), ("on", "ong"), ("inh", "in"), ("ich", "it"), ("an", "ang"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a token may stand for: folded syllables, the accents known of each, and the cost of the slip."""

    folded: tuple[str, ...]
    toned: tuple[str | None, ...]
    cost: float


def candidates(token: str, vocabulary: Vocabulary, accents: bool, fixed: bool) -> Iterator[Candidate]:
    """Yield the token itself and, the likeliest first, what it may be a slip of.

    Where the query has accents, a syllable without any is meant to have none.
    """
    toned, folded = terms_of(token)
    known = fixed or vocabulary.articles(folded) > 0
    given = toned if accents or fixed or toned != folded else None
    yield Candidate((folded,), (given,), 0.0 if known else _UNKNOWN_COST)
    if fixed or (known and not folded.isalpha()):
        return
    found: dict[tuple[str, ...], Candidate] = {}
    for one in _slips(token.lower(), folded, known, vocabulary):
        if one.folded != (folded,) and (one.folded not in found or found[one.folded].cost > one.cost):
            found[one.folded] = one
    likeliest = sorted(found.values(), key=lambda one: one.cost - WORD_WEIGHT * log_articles(one, vocabulary))
    yield from likeliest[:_MOST_CANDIDATES]


def _slips(token: str, folded: str, known: bool, vocabulary: Vocabulary) -> Iterator[Candidate]:
    if not known:
        for syllable in decoded(token):
            toned, bare = terms_of(syllable)
            if any(form == toned for form, _ in vocabulary.forms(bare)):
                yield Candidate((bare,), (toned,), _KEYS_COST)
    if not folded.isalpha():
        return
    for other in _alike(folded):
        if vocabulary.articles(other):
            yield Candidate((other,), (None,), _SOUND_COST + known * _KNOWN_COST)
    for other in vocabulary.one_slip_away(folded):
        yield Candidate((other,), (None,), _EDIT_COST + known * _KNOWN_COST)
    if not known:
        for i in range(1, len(folded)):
            one, two = folded[:i], folded[i:]
            if vocabulary.has_syllable(one) and vocabulary.has_syllable(two):
                yield Candidate((one, two), (None, None), _SPLIT_COST)


def _alike(folded: str) -> Iterator[str]:
    for typed, meant in _BY_SOUND:
        if folded.startswith(typed):
            yield meant + folded[len(typed) :]
    for typed, meant in _BY_SOUND_ENDS:
        if folded.endswith(typed):
            yield folded[: -len(typed)] + meant


def log_articles(one: Candidate, vocabulary: Vocabulary) -> float:
    return sum(math.log(vocabulary.articles(folded) + 0.5) for folded in one.folded)
