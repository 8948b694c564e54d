"""Pure: a query with a slip -> what was most likely meant.

A noisy channel (Kernighan, Church & Gale 1990): each token may have come from any candidate at the cost of the
slip; the best sequence also has neighbours that stand side by side in the indexed text. Weights are natural
logarithms of odds, chosen on slips made from titles of the news (``python -m benchmarks.suggestions``).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.suggest.telex import decoded
from indexer.suggest.vocabulary import Vocabulary
from indexer.vietnamese.terms import terms_of

PairArticles = Callable[[Sequence[str]], Sequence[int]]
"""In how many articles each folded pair ``hai_phong`` stands."""

PhraseArticles = Callable[[Sequence[str]], int]
"""In how many articles folded syllables stand side by side."""

_KEYS_COST = 1.0
_SOUND_COST = 3.0
_EDIT_COST = 4.5
_SPLIT_COST = 4.0
_UNKNOWN_COST = 7.0
_WORD_WEIGHT = 0.35
_PAIR_WEIGHT = 0.9
_LEAST_GAIN = 2.0
"""By how much a correction must be likelier than what was typed."""
_KNOWN_COST = 3.0
"""What it costs besides to take a known word for a slip: most words are meant."""
_PHRASE_FOUND = 5.0
_PHRASE_WEIGHT = 1.0
_MOST_CANDIDATES = 60
_MOST_TOGETHER = 8
"""Candidates of a token that are tried beside changes of other tokens."""
_ANY = 1_000_000_000
"""Articles that a single syllable may stand in, for all that is known before asking."""
_BEAM = 24
_MOST_FORMS = 12
_MOST_TRIED = 6
_MOST_SINGLES = 24
_BY_SOUND = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("d", "gi"), ("r", "d"), ("d", "r"), ("gi", "r"),
    ("r", "gi"), ("l", "n"), ("n", "l"), ("v", "d"), ("d", "v"), ("ng", "ngh"), ("g", "gh"), ("k", "c"), ("c", "k"),
)  # fmt: skip
_BY_SOUND_ENDS = (
    ("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("t", "p"), ("p", "t"), ("anh", "inh"), ("anh", "in"), ("ut", "at"),
    ("uu", "iu"), ("uou", "ieu"), ("oi", "ui"), ("on", "ong"), ("inh", "in"), ("ich", "it"), ("an", "ang"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a token may stand for: folded syllables, the accents known of each, and the cost of the slip."""

    folded: tuple[str, ...]
    toned: tuple[str | None, ...]
    cost: float


def correct(
    tokens: Sequence[str],
    vocabulary: Vocabulary,
    pair_articles: PairArticles,
    phrase_articles: PhraseArticles,
    is_fixed: Callable[[str], bool] = lambda token: False,
) -> list[str] | None:
    """Return the syllables most likely meant by ``tokens`` (single syllables as typed), None where that is they themselves.

    Of the likeliest sequences, and of the likeliest with one change, the one that stands in articles as
    a whole wins. Accents of what was changed, and of everything where none was typed, are the likeliest
    ones. ``is_fixed`` tells which tokens are no slips.
    """
    accents = any(toned != folded for toned, folded in map(terms_of, tokens))
    options = [list(_candidates(token, vocabulary, accents, is_fixed(token))) for token in tokens]
    if all(len(of) == 1 for of in options):
        return None
    pairs = _Pairs(options, pair_articles)
    typed = tuple(of[0] for of in options)
    paths = _likeliest(options, vocabulary, pairs)[:_MOST_TRIED]
    singles = sorted(
        ((_score(path, vocabulary, pairs), path) for path in _one_change(options)), key=lambda p: -p[0]
    )
    typed_score = _score(typed, vocabulary, pairs) + _together(phrase_articles(_folded(typed)))
    best, best_score = typed, typed_score
    # The whole stands in no more articles than any two neighbours of it: few sequences need a search.
    bounds = [
        (score + _together(pairs.fewest(_folded(path))), score, path)
        for score, path in (*paths, *singles[:_MOST_SINGLES])
    ]
    for bound, score, path in sorted(bounds, key=lambda b: -b[0]):
        if bound <= max(best_score, typed_score + _LEAST_GAIN):
            break
        if path != typed and (whole := score + _together(phrase_articles(_folded(path)))) > best_score:
            best, best_score = path, whole
    if best == typed or best_score < typed_score + _LEAST_GAIN:
        return None
    known: list[str | None] = []
    for token, one in zip(tokens, best, strict=True):
        alone = len(one.folded) == 1 and one.toned[0] is None
        known += [_with_marks_of(token, one.folded[0], vocabulary)] if alone else one.toned
    return accented(_folded(best), known, vocabulary)


def _with_marks_of(token: str, folded: str, vocabulary: Vocabulary) -> str | None:
    """Return the form of a syllable with the marks that its slip was typed with: ``dừnng`` -> ``dừng``."""
    marks = _marks(terms_of(token)[0])
    same = [form for form, _ in vocabulary.forms(folded) if marks and _marks(form) == marks]
    return same[0] if same else None


def _marks(syllable: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", syllable)
    return sorted(letter for letter in decomposed if unicodedata.combining(letter) or letter == "đ")


def _together(articles: int) -> float:
    return _PHRASE_FOUND + _PHRASE_WEIGHT * math.log(articles) if articles else 0.0


def _one_change(options: Sequence[Sequence[_Candidate]]) -> Iterator[tuple[_Candidate, ...]]:
    typed = tuple(of[0] for of in options)
    for i, of in enumerate(options):
        for one in of[1:]:
            yield (*typed[:i], one, *typed[i + 1 :])


def _folded(path: Sequence[_Candidate]) -> list[str]:
    return [folded for one in path for folded in one.folded]


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
                    before + _PAIR_WEIGHT * math.log1p(vocabulary.compound(*path[-1:], form) if path else 0)
                    + _PAIR_WEIGHT * math.log1p(vocabulary.compound(*path[-2:], form) if len(path) > 1 else 0),
                    path,
                )
                for before, path in paths.values()
            )  # fmt: skip
            longer[form] = (score + _WORD_WEIGHT * math.log(articles + 0.5), [*path, form])
        paths = longer
    return max(paths.values())[1]


def _candidates(token: str, vocabulary: Vocabulary, accents: bool, fixed: bool) -> Iterator[_Candidate]:
    """Yield the token itself and, the likeliest first, what it may be a slip of.

    Where the query has accents, a syllable without any is meant to have none.
    """
    toned, folded = terms_of(token)
    known = fixed or vocabulary.articles(folded) > 0
    given = toned if accents or fixed or toned != folded else None
    yield _Candidate((folded,), (given,), 0.0 if known else _UNKNOWN_COST)
    if fixed or (known and not folded.isalpha()):
        return
    found: dict[tuple[str, ...], _Candidate] = {}
    for one in _slips(token.lower(), folded, known, vocabulary):
        if one.folded != (folded,) and (one.folded not in found or found[one.folded].cost > one.cost):
            found[one.folded] = one
    likeliest = sorted(
        found.values(), key=lambda one: one.cost - _WORD_WEIGHT * _log_articles(one, vocabulary)
    )
    yield from likeliest[:_MOST_CANDIDATES]


def _slips(token: str, folded: str, known: bool, vocabulary: Vocabulary) -> Iterator[_Candidate]:
    if not known:
        for syllable in decoded(token):
            toned, bare = terms_of(syllable)
            if any(form == toned for form, _ in vocabulary.forms(bare)):
                yield _Candidate((bare,), (toned,), _KEYS_COST)
    if not folded.isalpha():
        return
    for other in _alike(folded):
        if vocabulary.articles(other):
            yield _Candidate((other,), (None,), _SOUND_COST + known * _KNOWN_COST)
    for other in vocabulary.one_slip_away(folded):
        yield _Candidate((other,), (None,), _EDIT_COST + known * _KNOWN_COST)
    if not known:
        for i in range(1, len(folded)):
            one, two = folded[:i], folded[i:]
            if vocabulary.has_syllable(one) and vocabulary.has_syllable(two):
                yield _Candidate((one, two), (None, None), _SPLIT_COST)


def _alike(folded: str) -> Iterator[str]:
    for typed, meant in _BY_SOUND:
        if folded.startswith(typed):
            yield meant + folded[len(typed) :]
    for typed, meant in _BY_SOUND_ENDS:
        if folded.endswith(typed):
            yield folded[: -len(typed)] + meant


def _log_articles(one: _Candidate, vocabulary: Vocabulary) -> float:
    return sum(math.log(vocabulary.articles(folded) + 0.5) for folded in one.folded)


class _Pairs:
    """Articles of every pair of neighbours that the candidates can make, asked for at once."""

    def __init__(self, options: Sequence[Sequence[_Candidate]], pair_articles: PairArticles) -> None:
        wanted = dict.fromkeys(
            f"{one.folded[-1]}_{other.folded[0]}"
            for of, following in pairwise(options)
            for i, one in enumerate(of)
            for j, other in enumerate(following)
            if not i or not j or max(i, j) < _MOST_TOGETHER
        )
        wanted.update(
            dict.fromkeys("_".join(one.folded) for of in options for one in of if len(one.folded) == 2)
        )
        names = list(wanted)
        self._articles = dict(zip(names, pair_articles(names), strict=True))

    def fewest(self, folded: Sequence[str]) -> int:
        """Return in how many articles the rarest two neighbours of ``folded`` stand."""
        return min((self._articles.get(f"{one}_{other}", 0) for one, other in pairwise(folded)), default=_ANY)

    def score(self, one: str, other: str) -> float:
        return _PAIR_WEIGHT * math.log1p(self._articles.get(f"{one}_{other}", 0))


_Path = tuple[float, tuple[_Candidate, ...]]


def _own_score(one: _Candidate, vocabulary: Vocabulary, pairs: _Pairs) -> float:
    inside = sum(pairs.score(a, b) for a, b in pairwise(one.folded))
    return inside - one.cost + _WORD_WEIGHT * _log_articles(one, vocabulary) / len(one.folded)


def _score(path: Sequence[_Candidate], vocabulary: Vocabulary, pairs: _Pairs) -> float:
    between = sum(pairs.score(one.folded[-1], other.folded[0]) for one, other in pairwise(path))
    return between + sum(_own_score(one, vocabulary, pairs) for one in path)


def _likeliest(options: Sequence[Sequence[_Candidate]], vocabulary: Vocabulary, pairs: _Pairs) -> list[_Path]:
    """Return the likeliest sequences, the best first (beam search)."""
    few = [of[:_MOST_TOGETHER] for of in options]
    own = [[_own_score(one, vocabulary, pairs) for one in of] for of in few]
    paths: list[_Path] = [(score, (one,)) for score, one in zip(own[0], few[0], strict=True)]
    for scores, of in zip(own[1:], few[1:], strict=True):
        longer = [
            (before + pairs.score(path[-1].folded[-1], one.folded[0]) + score, (*path, one))
            for before, path in paths
            for score, one in zip(scores, of, strict=True)
        ]
        longer.sort(key=lambda path: -path[0])
        paths = longer[:_BEAM]
    return sorted(paths, key=lambda path: -path[0])
