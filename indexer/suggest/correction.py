"""The most likely intended form of a mistyped query.

This is a noisy channel model (Kernighan, Church & Gale 1990): each token may result from any candidate, at the cost of the
slip; the best sequence also has neighbours that occur side by side in the indexed texts. Weights are natural logarithms of
odds, chosen on slips in titles of the news (``python -m benchmarks.suggestions``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.suggest.candidates import Candidate, candidates, forms_of
from indexer.suggest.evidence import Evidence
from indexer.suggest.forms import Form
from indexer.suggest.pairs import MOST_TOGETHER, Pairs, usual_beside
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary

_LEAST_GAIN = 2.0
"""Minimum advantage of a correction over what was typed."""
_PHRASE_FOUND = 2.0
"""Bonus per pair of neighbours in a sequence that occurs as a whole: the longer it is, the less likely by chance."""
_PHRASE_WEIGHT = 1.0
_BEAM = 24
_MOST_TRIED = 6
_MOST_SEARCHES = 40
_MOST_RETURNED = 5
_AHEAD = 8
"""Sequences that are looked up together, where that saves time; those of them that come too late cost a search each."""
_LONGER_THAN_PAIRS = 3
"""Number of syllables from which pairs say too little about a phrase."""
_FEW = 3
"""Number of syllables up to which a query says little about each of them."""


def corrections(
    typed: Typed, vocabulary: Vocabulary, evidence: Evidence, found_enough: bool = False
) -> list[tuple[Candidate, ...]]:
    """Return possible intended forms of the tokens in ``typed``, likeliest first.

    Candidates are the likeliest sequences, and the likeliest ones with a single change; those that occur as a whole in articles
    rank first. Each is likelier than what was typed. If a query ``found_enough``, only one token is changed, and only if the
    result may be far more frequent beside its neighbours.
    """
    options: Sequence[Sequence[Candidate]] = [
        candidates(token, vocabulary, typed.accents, i in typed.fixed, len(typed.tokens) <= _FEW)
        for i, token in enumerate(typed.tokens)
    ]
    if found_enough:
        options = usual_beside(options, evidence)
    if all(len(of) == 1 for of in options):
        return []
    pairs = Pairs(options, vocabulary, evidence, together=not found_enough)
    as_typed = tuple(of[0] for of in options)
    least = _LEAST_GAIN + pairs.score(as_typed) + _together(evidence.phrase(typed.forms), as_typed)
    likeliest = [] if found_enough else _likeliest(options, pairs)[:_MOST_TRIED]
    paths = [(pairs.fewest(path), score, path) for score, path in likeliest]
    # The whole occurs in no more articles than its rarest pair, so few sequences need a search.
    bounds = sorted(
        (
            (bound, score, path)
            for fewest, score, path in (*paths, *pairs.one_change(options))
            if (bound := score + _together(fewest, path)) > least and path != as_typed
        ),
        key=lambda b: -b[0],
    )
    found: list[tuple[float, tuple[Candidate, ...]]] = []
    best = least
    tried = 0
    for place, (bound, score, path) in enumerate(bounds):
        if bound <= best or tried == _MOST_SEARCHES:
            break
        if not place % _AHEAD:
            following = [path for _, _, path in bounds[place : place + _AHEAD]]
            evidence.foresee(run for path in following for run in _kept(as_typed, path))
            evidence.foresee(forms_of(path) for path in following if _may_stand(as_typed, path, evidence))
        if pairs.breaks_a_word(as_typed, path):
            continue
        tried += 1
        whole = score + _together(_articles(as_typed, path, evidence), path)
        best = max(best, whole)
        if whole > least:
            found.append((whole, path))
    return [path for _, path in sorted(found, key=lambda one: -one[0])[:_MOST_RETURNED]]


def _articles(typed: Sequence[Candidate], path: Sequence[Candidate], evidence: Evidence) -> int:
    """Return in how many articles ``path`` occurs as a whole.

    Many sequences leave the same syllables unchanged; if these do not occur together, none of the sequences needs a search.
    """
    return evidence.phrase(forms_of(path)) if _may_stand(typed, path, evidence) else 0


def _may_stand(typed: Sequence[Candidate], path: Sequence[Candidate], evidence: Evidence) -> bool:
    return all(map(evidence.phrase, _kept(typed, path)))


def _kept(typed: Sequence[Candidate], path: Sequence[Candidate]) -> Iterator[list[Form]]:
    """Yield the longer runs of syllables that ``path`` leaves as they were typed."""
    for same, run in groupby(zip(path, typed, strict=True), lambda both: both[0] == both[1]):
        forms = forms_of([one for one, _ in run]) if same else []
        if len(forms) >= _LONGER_THAN_PAIRS:
            yield forms


def _together(articles: int, path: Sequence[Candidate]) -> float:
    return _PHRASE_FOUND * (len(path) - 1) + _PHRASE_WEIGHT * math.log(articles) if articles else 0.0


_Path = tuple[float, tuple[Candidate, ...]]


def _likeliest(options: Sequence[Sequence[Candidate]], pairs: Pairs) -> list[_Path]:
    """Return the likeliest sequences, best first (beam search)."""
    few = [of[:MOST_TOGETHER] for of in options]
    own = [[pairs.own(one) for one in of] for of in few]
    paths: list[_Path] = [(score, (one,)) for score, one in zip(own[0], few[0], strict=True)]
    for scores, of in zip(own[1:], few[1:], strict=True):
        longer = [
            (before + pairs.between(path[-1], one) + score, (*path, one))
            for before, path in paths
            for score, one in zip(scores, of, strict=True)
        ]
        longer.sort(key=lambda path: -path[0])
        paths = longer[:_BEAM]
    return sorted(paths, key=lambda path: -path[0])
