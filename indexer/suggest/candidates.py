"""Pure: the words that a typed token may be a misspelling of, each with its cost (natural logarithm of odds)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from indexer.suggest.accents import with_marks_of
from indexer.suggest.forms import Form
from indexer.suggest.telex import decoded
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import WORD_WEIGHT
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import terms_of

# Chosen on the misspellings of benchmarks.suggestions: the rarer a slip, the higher its cost.
_KEYS_COST = 1.0
_NO_ACCENTS_COST = 1.0
_OTHER_ACCENTS_COST = 4.0
_LIKE_TONE_COST = 2.5
"""Hỏi for ngã and vice versa, also in known words: half of the country pronounces them alike."""
_MARKS_COST = 3.0
"""Additional cost of having lost the accents typed with the letter."""
_SOUND_COST = 3.0
_LETTER_COST = 1.0
"""A letter that Vietnamese does not have, in place of those that sound like it: nobody intends it."""
_EDIT_COST = 4.5
_SHORT_COST = 1.5
"""Additional cost in a known short word: most neighbours at distance one are words, too."""
_SHORT = 3
_SPLIT_COST = 5.0
_LONE_LETTER_COST = 1.5
"""Additional cost of reading a one-letter syllable into a token: most are other slips."""
_UNKNOWN_COST = 7.0
_KNOWN_COST = 3.0
"""Additional cost of treating a known word as a slip: most words are intended."""
_MOST_CANDIDATES = 60
_MOST_REMEMBERED = 2_000
"""Number of tokens whose candidates are cached, 10 KB each."""
_HOI_NGA = str.maketrans("\u0309\u0303", "\u0303\u0309")
_BY_SOUND = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("d", "gi"), ("r", "d"), ("d", "r"), ("gi", "r"),
    ("r", "gi"), ("l", "n"), ("n", "l"), ("v", "d"), ("d", "v"), ("ng", "ngh"), ("g", "gh"), ("k", "c"), ("c", "k"),
)  # fmt: skip
_BY_SOUND_ENDS = (
    ("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("t", "p"), ("p", "t"), ("anh", "inh"), ("anh", "in"), ("ut", "at"),
    ("uu", "iu"), ("uou", "ieu"), ("oi", "ui"), ("on", "ong"), ("inh", "in"), ("ich", "it"), ("an", "ang"),
)  # fmt: skip
_BY_LETTER = (
    ("f", "ph"), ("w", "qu"), ("j", "gi"), ("ji", "gi"), ("j", "ch"), ("z", "d"), ("z", "v"), ("z", "gi"), ("zi", "gi"),
)  # fmt: skip
"""Spellings of young people, and of foreign keyboards."""


class Candidate(NamedTuple):
    """A possible meaning of a token, its cost, and the frequency of its syllables: the mean logarithm of their articles."""

    forms: tuple[Form, ...]
    cost: float
    usual: float = 0.0

    @property
    def inside(self) -> tuple[tuple[str, str], ...]:
        """The pair of syllables, if there are two."""
        return ((self.forms[0].folded, self.forms[1].folded),) if len(self.forms) == 2 else ()


_remembered: WeakKeyDictionary[Vocabulary, Memo[tuple[Candidate, ...]]] = WeakKeyDictionary()
"""The cache of each vocabulary in use."""


def candidates(
    token: str, vocabulary: Vocabulary, accents: bool, fixed: bool, few: bool = False
) -> tuple[Candidate, ...]:
    """Return the token itself and, likeliest first, what it may be a misspelling of.

    If the query has accents, an unaccented syllable is meant to have none. If it is ``few`` syllables, there is little other
    evidence for what a short one means.
    """
    toned, folded = terms_of(token)
    known = fixed or vocabulary.knows(token, accents)
    forms = (Form(folded, toned if accents else None),)
    typed = Candidate(forms, 0.0 if known else _UNKNOWN_COST, _log_articles(forms, vocabulary))
    if fixed or (known and not folded.isalpha()):
        return (typed,)
    # The words of a language recur.
    remembered = _remembered.setdefault(vocabulary, Memo(_MOST_REMEMBERED))
    key = f"{accents:d}{few:d}{token.lower()}"
    likeliest = remembered.get(key)
    if likeliest is None:
        likeliest = remembered.keep(key, _likeliest(token.lower(), typed, accents, known, few, vocabulary))
    return (typed, *likeliest)


def _likeliest(
    token: str, typed: Candidate, accents: bool, known: bool, few: bool, vocabulary: Vocabulary
) -> tuple[Candidate, ...]:
    found: dict[tuple[Form, ...], Candidate] = {}
    folded = typed.forms[0].folded
    for one in _slips(token, folded, known, few, vocabulary):
        as_typed = one.forms == typed.forms or (not accents and one.forms == (Form(folded),))
        if not as_typed and (one.forms not in found or found[one.forms].cost > one.cost):
            found[one.forms] = one
    logs = {forms: _log_articles(forms, vocabulary) for forms in found}
    likeliest = sorted(found.values(), key=lambda one: one.cost - WORD_WEIGHT * logs[one.forms])
    return tuple(
        Candidate(one.forms, one.cost, logs[one.forms] / len(one.forms))
        for one in likeliest[:_MOST_CANDIDATES]
    )


def _slips(token: str, folded: str, known: bool, few: bool, vocabulary: Vocabulary) -> Iterator[Candidate]:
    if not known:
        for syllable in decoded(token):
            toned, bare = terms_of(syllable)
            if any(form == toned for form, _ in vocabulary.forms(bare)):
                yield Candidate((Form(bare, toned),), _KEYS_COST)
    if not folded.isalpha():
        return
    accents_cost = _NO_ACCENTS_COST if terms_of(token)[0] == folded else _OTHER_ACCENTS_COST
    yield Candidate((Form(folded),), accents_cost + known * _KNOWN_COST)
    alike = in_the_like_tone(terms_of(token)[0])
    if alike and vocabulary.articles(Form(folded, alike)):
        yield Candidate((Form(folded, alike),), _LIKE_TONE_COST)
    for other in _beginning(folded, _BY_LETTER):
        if vocabulary.forms(other):
            yield from _with_and_without_marks(token, other, _LETTER_COST + known * _KNOWN_COST, vocabulary)
    for other in _alike(folded):
        if vocabulary.forms(other):
            yield from _with_and_without_marks(token, other, _SOUND_COST + known * _KNOWN_COST, vocabulary)
    edit_cost = _EDIT_COST + known * (_KNOWN_COST + (few and len(folded) <= _SHORT) * _SHORT_COST)
    for other in vocabulary.one_slip_away(folded):
        yield from _with_and_without_marks(token, other, edit_cost, vocabulary)
    if not known:
        for i in range(1, len(folded)):
            one, two = folded[:i], folded[i:]
            if vocabulary.has_syllable(one) and vocabulary.has_syllable(two):
                lone_letter = min(len(one), len(two)) == 1
                yield Candidate((Form(one), Form(two)), _SPLIT_COST + lone_letter * _LONE_LETTER_COST)


def in_the_like_tone(toned: str) -> str | None:
    """Return a syllable with ngã in place of hỏi or vice versa; None if it has neither."""
    marks = unicodedata.normalize("NFD", toned)
    other = marks.translate(_HOI_NGA)
    return unicodedata.normalize("NFC", other) if other != marks else None


def _with_and_without_marks(
    token: str, folded: str, cost: float, vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield a syllable with the typed accents, and at additional cost with any."""
    marked = with_marks_of(token, folded, vocabulary)
    if marked:
        yield Candidate((Form(folded, marked),), cost)
    yield Candidate((Form(folded),), cost + (_MARKS_COST if marked else 0.0))


def _beginning(folded: str, alike: Sequence[tuple[str, str]]) -> Iterator[str]:
    for typed, meant in alike:
        if folded.startswith(typed):
            yield meant + folded[len(typed) :]


def _alike(folded: str) -> Iterator[str]:
    yield from _beginning(folded, _BY_SOUND)
    for typed, meant in _BY_SOUND_ENDS:
        if folded.endswith(typed):
            yield folded[: -len(typed)] + meant


def _log_articles(forms: Sequence[Form], vocabulary: Vocabulary) -> float:
    """Return the sum of the natural logarithms of the syllables' numbers of articles."""
    return sum(math.log(vocabulary.articles(form) + 0.5) for form in forms)


def forms_of(path: Sequence[Candidate]) -> list[Form]:
    """Return the syllables of a sequence."""
    return [form for one in path for form in one.forms]
