"""Pure: a query with a slip -> what was most likely meant.

A noisy channel (Kernighan, Church & Gale 1990): each token may have come from any candidate at the cost of the
slip; the best sequence also has neighbours that stand side by side in the indexed text. Weights are natural
logarithms of odds, chosen on slips made from titles of the news (``python -m benchmarks.suggestions``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from indexer.suggest.accents import accented, with_marks_of
from indexer.suggest.candidates import Candidate, candidates, log_articles
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import PAIR_WEIGHT, WORD_WEIGHT
from indexer.vietnamese.terms import terms_of

PairArticles = Callable[[Sequence[str]], Sequence[int]]
"""In how many articles each folded pair ``hai_phong`` stands."""

PhraseArticles = Callable[[Sequence[str]], int]
"""In how many articles folded syllables stand side by side."""

_LEAST_GAIN = 2.0
"""By how much a correction must be likelier than what was typed."""
_PHRASE_FOUND = 5.0
_PHRASE_WEIGHT = 1.0
_MOST_TOGETHER = 8
"""Candidates of a token that are tried beside changes of other tokens."""
_ANY = 1_000_000_000
"""Articles that a single syllable may stand in, for all that is known before asking."""
_BEAM = 24
_MOST_TRIED = 6
_MOST_SINGLES = 24


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
    options = [list(candidates(token, vocabulary, accents, is_fixed(token))) for token in tokens]
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
        known += [with_marks_of(token, one.folded[0], vocabulary)] if alone else one.toned
    return accented(_folded(best), known, vocabulary)


def _together(articles: int) -> float:
    return _PHRASE_FOUND + _PHRASE_WEIGHT * math.log(articles) if articles else 0.0


def _one_change(options: Sequence[Sequence[Candidate]]) -> Iterator[tuple[Candidate, ...]]:
    typed = tuple(of[0] for of in options)
    for i, of in enumerate(options):
        for one in of[1:]:
            yield (*typed[:i], one, *typed[i + 1 :])


def _folded(path: Sequence[Candidate]) -> list[str]:
    return [folded for one in path for folded in one.folded]


class _Pairs:
    """Articles of every pair of neighbours that the candidates can make, asked for at once."""

    def __init__(self, options: Sequence[Sequence[Candidate]], pair_articles: PairArticles) -> None:
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
        return PAIR_WEIGHT * math.log1p(self._articles.get(f"{one}_{other}", 0))


_Path = tuple[float, tuple[Candidate, ...]]


def _own_score(one: Candidate, vocabulary: Vocabulary, pairs: _Pairs) -> float:
    inside = sum(pairs.score(a, b) for a, b in pairwise(one.folded))
    return inside - one.cost + WORD_WEIGHT * log_articles(one, vocabulary) / len(one.folded)


def _score(path: Sequence[Candidate], vocabulary: Vocabulary, pairs: _Pairs) -> float:
    between = sum(pairs.score(one.folded[-1], other.folded[0]) for one, other in pairwise(path))
    return between + sum(_own_score(one, vocabulary, pairs) for one in path)


def _likeliest(options: Sequence[Sequence[Candidate]], vocabulary: Vocabulary, pairs: _Pairs) -> list[_Path]:
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
