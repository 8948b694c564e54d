"""The most likely intended form of a mistyped query.

This is a noisy channel model (Kernighan, Church & Gale 1990): each token may result from any candidate, at the cost of the
slip; the best sequence also has neighbours that occur side by side in the indexed texts. Weights are natural logarithms of
odds, chosen on slips in titles of the news (``python -m benchmarks.suggestions``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from indexer.suggest.bounds import Bounds
from indexer.suggest.candidates import Candidate, candidates, forms_of
from indexer.suggest.evidence import Evidence
from indexer.suggest.forms import Form
from indexer.suggest.pairs import Pairs, usual_beside
from indexer.suggest.typed import Typed
from indexer.suggest.vocabulary import Vocabulary
from indexer.suggest.weights import of_whole

_LEAST_GAIN = 2.0
"""Minimum advantage of a correction over what was typed."""
_MOST_TOGETHER = 8
"""Number of candidates of a token that are combined with changes of other tokens."""
_BEAM = 24
_MOST_TRIED = 6
_MOST_SEARCHES = 40
_MOST_RETURNED = 5
_FIRST_AHEAD = 8
"""Number of sequences that are looked up together at first, where that saves time, and then as many as so far: those of them that
are not needed cost a search each."""
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
    if all(len(of) == 1 for of in options):
        return []
    as_typed = tuple(of[0] for of in options)
    beside = dict(zip(pairwise(typed.forms), evidence.neighbours(typed.forms), strict=True))
    bounds = Bounds(beside, vocabulary)
    least = _LEAST_GAIN + bounds.score(as_typed) + of_whole(evidence.phrase(typed.forms), len(as_typed))
    likely = [] if found_enough else [of[:_MOST_TOGETHER] for of in options]
    both = list(bounds.neighbours(likely, least))
    promising = set(chain(bounds.changed(options, least), *both))
    options = [[of[0], *filter(promising.__contains__, of[1:])] for of in options]
    if found_enough:
        options = usual_beside(options, evidence, _unchanged(options))
    if all(len(of) == 1 for of in options):
        return []
    pairs = Pairs(options, both, beside, vocabulary, evidence, _unchanged(options))
    paths = [(pairs.fewest(path), score, path) for score, path in _likeliest(likely, pairs)[:_MOST_TRIED]]
    # The whole occurs in no more articles than its rarest pair, so few sequences need a search.
    ranked = sorted(
        (
            (bound, score, path)
            for fewest, score, path in (*paths, *pairs.one_change(options))
            if (bound := score + of_whole(fewest, len(path))) > least and path != as_typed
        ),
        key=lambda b: -b[0],
    )
    found: list[tuple[float, tuple[Candidate, ...]]] = []
    best = least
    tried = ahead = 0
    for place, (bound, score, path) in enumerate(ranked):
        if bound <= best or tried == _MOST_SEARCHES:
            break
        if place == ahead:
            ahead = 2 * place or _FIRST_AHEAD
            following = [path for _, _, path in ranked[place : min(ahead, place + _MOST_SEARCHES - tried)]]
            evidence.foresee(run for path in following for run in _kept(as_typed, path))
            evidence.foresee(forms_of(path) for path in following if _may_stand(as_typed, path, evidence))
        if pairs.breaks_a_word(as_typed, path):
            continue
        tried += 1
        whole = score + of_whole(_articles(as_typed, path, evidence), len(path))
        best = max(best, whole)
        if whole > least:
            found.append((whole, path))
    return [path for _, path in sorted(found, key=lambda one: -one[0])[:_MOST_RETURNED]]


def _unchanged(options: Sequence[Sequence[Candidate]]) -> Iterator[list[Form]]:
    """Yield the longer runs of syllables that a single change leaves as they were typed, the first option of each token."""
    typed = [of[0] for of in options]
    for i, of in enumerate(options):
        if len(of) > 1:
            yield from _long(forms_of(typed[:i]), forms_of(typed[i + 1 :]))


def _long(*runs: list[Form]) -> Iterator[list[Form]]:
    return (run for run in runs if len(run) >= _LONGER_THAN_PAIRS)


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
        if same:
            yield from _long(forms_of([one for one, _ in run]))


_Path = tuple[float, tuple[Candidate, ...]]


def _likeliest(few: Sequence[Sequence[Candidate]], pairs: Pairs) -> list[_Path]:
    """Return the likeliest sequences of a ``few`` candidates for each token, best first (beam search)."""
    if not few:
        return []
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
