"""Pure: a token as typed -> what it may be a slip of, each at its cost (natural logarithms of odds)."""

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

# Chosen on the slips of benchmarks.suggestions: the rarer a slip, the dearer.
_KEYS_COST = 1.0
_NO_ACCENTS_COST = 1.0
_OTHER_ACCENTS_COST = 4.0
_LIKE_TONE_COST = 2.5
"""Hỏi for ngã and the reverse, in words that are known, too: half the country says them alike."""
_MARKS_COST = 3.0
"""What it costs besides to have lost the marks that were typed together with the letter."""
_SOUND_COST = 3.0
_LETTER_COST = 1.0
"""A letter that Vietnamese has not, for those that sound so: nobody means it."""
_EDIT_COST = 4.5
_SHORT_COST = 1.5
"""What it costs besides in a known word of few letters: most of what is one letter away is a word, too."""
_SHORT = 3
_SPLIT_COST = 5.0
_LONE_LETTER_COST = 1.5
"""What it costs besides to read a syllable of one letter into a token: most are another slip."""
_UNKNOWN_COST = 7.0
_KNOWN_COST = 3.0
"""What it costs besides to take a known word for a slip: most words are meant."""
_MOST_CANDIDATES = 60
_MOST_REMEMBERED = 2_000
"""Tokens whose candidates are remembered, 10 KB each."""
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
"""As young people write, and keyboards of other languages."""


class Candidate(NamedTuple):
    """What a token may stand for, the cost of the slip, and how usual its syllables are: the mean logarithm of articles."""

    forms: tuple[Form, ...]
    cost: float
    usual: float = 0.0


_remembered: WeakKeyDictionary[Vocabulary, Memo[tuple[Candidate, ...]]] = WeakKeyDictionary()
"""Of each vocabulary that is in use."""


def candidates(
    token: str, vocabulary: Vocabulary, accents: bool, fixed: bool, few: bool = False
) -> tuple[Candidate, ...]:
    """Return the token itself and, the likeliest first, what it may be a slip of.

    Where the query has accents, a syllable without any is meant to have none. In one of ``few`` syllables little else
    tells what is meant by a short one.
    """
    toned, folded = terms_of(token)
    known = fixed or vocabulary.knows(token, accents)
    forms = (Form(folded, toned if accents else None),)
    typed = Candidate(forms, 0.0 if known else _UNKNOWN_COST, _log_articles(forms, vocabulary))
    if fixed or (known and not folded.isalpha()):
        return (typed,)
    # The words of a language come again and again.
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
    """Return a syllable in ngã for hỏi or the reverse; None where it has neither."""
    marks = unicodedata.normalize("NFD", toned)
    other = marks.translate(_HOI_NGA)
    return unicodedata.normalize("NFC", other) if other != marks else None


def _with_and_without_marks(
    token: str, folded: str, cost: float, vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield a syllable with the marks that were typed, and at a further cost in any."""
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
    """Return the natural logarithm of the articles of the syllables, added up."""
    return sum(math.log(vocabulary.articles(form) + 0.5) for form in forms)


def forms_of(path: Sequence[Candidate]) -> list[Form]:
    """Return the syllables of a sequence."""
    return [form for one in path for form in one.forms]
