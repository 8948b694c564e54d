"""Query tree -> the clauses that score: toned syllables, pairs, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, WHOLE_TEXT, merged, pairs_field
from indexer.query import tree
from indexer.query.ranking import WEIGHTS, Weights
from indexer.query.tree import parts_of
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import TONED, Syllable, syllables
from indexer.vietnamese.tones import tone_forms


def score_clauses(node: tree.Node, areas: tuple[str, ...], weights: Weights = WEIGHTS) -> Iterator[c.Clause]:
    """Yield the clauses that score the words of ``node`` in ``areas``; neighbours in the query make pairs."""
    for area, run in _runs(node):
        fields = merged((area,) if area else areas)
        for field in (*fields, "title") if WHOLE_TEXT in fields else fields:
            weight = weights.of_field(field)
            for term, share in _ranking_terms(run, weights).items():
                yield _boosted(c.Term(field, term), weight * share)
            if field in PAIRED:
                pairs = [f"{a.folded}_{b.folded}" for a, b in pairwise(run)]
                for pair in dict.fromkeys(pairs):
                    yield _boosted(c.Term(pairs_field(field), pair), weight * weights.pairs)
    for word in tree.words_of(node):
        if number := parse_number(word):
            yield c.Constant(c.Term("number", number.key), weights.own_number)
            yield c.Constant(c.Term("cites", number.key), weights.cited_number)


def tone_clauses(node: tree.Node, areas: tuple[str, ...], weights: Weights = WEIGHTS) -> Iterator[c.Clause]:
    """Yield what ranks articles that match by folded syllables: a missing tone before other accents.

    Only where the match is separate: as a match of its own it would bring in unrelated words.
    """
    for area, run in _runs(node):
        field = merged((area,) if area else areas)[0]
        for toned, folded in {(syllable.toned, syllable.folded): None for syllable in run}:
            if toned != folded and not is_function_word(toned, folded):
                for form in tone_forms(toned):
                    yield c.Constant(c.Term(field, TONED + form), weights.missing_tone)


def _ranking_terms(run: list[Syllable], weights: Weights) -> dict[str, float]:
    """Return each distinct term with its share; exact accents rank first where accents were typed."""
    return {
        syllable.folded if syllable.toned == syllable.folded else TONED + syllable.toned: (
            weights.function_word if is_function_word(syllable.toned, syllable.folded) else 1.0
        )
        for syllable in run
    }


def _boosted(clause: c.Clause, factor: float) -> c.Clause:
    return clause if factor == 1.0 else c.Boost(clause, factor)


def _runs(node: tree.Node) -> Iterable[tuple[str | None, list[Syllable]]]:
    """Yield the runs of syllables that stand side by side in the query, with their area."""
    area: str | None = None
    run: list[Syllable] = []
    for part in parts_of(node):
        if isinstance(part, tree.Word | tree.Quoted) and (not run or part.area == area):
            area = part.area
            run += syllables(part.text)
            continue
        if run:
            yield area, run
            run = []
        if isinstance(part, tree.Word | tree.Quoted):
            area, run = part.area, list(syllables(part.text))
        elif isinstance(part, tree.Or):
            for child in part.nodes:
                yield from _runs(child)
        elif isinstance(part, tree.And):
            yield from _runs(part)
    if run:
        yield area, run
