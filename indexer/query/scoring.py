"""Query tree -> the clauses that score: toned syllables, pairs, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, QUANTITIES, TEXT_AREAS, WHOLE_TEXT, merged, pairs_field
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
    for typed, other in _others(node):
        if isinstance(other, tree.Document):
            for key in other.keys:
                yield from _number_clauses(key, weights)
            continue
        area = typed[0].area
        within = (area,) if area else areas
        if isinstance(other, tree.Quantity):
            if within != TEXT_AREAS:
                continue
            yield _boosted(c.Term(QUANTITIES, other.term), weights.reading)
            if other.term[0] == "d" and len(other.term) == len("d2024-03-05"):
                year, day = int(other.term[1:5]), f"d{other.term[6:]}"
                of_year = c.DayRange(year * 10000 + 101, year * 10000 + 1231)
                yield c.Constant(c.All((c.Term(QUANTITIES, day), of_year)), weights.day_of_year)
        else:
            # A form of many syllables would outscore the few that were typed.
            lengths = [len(list(syllables(text))) for text in (" ".join(w.text for w in typed), other.text)]
            share = weights.reading * min(1.0, lengths[0] / lengths[1])
            again = tree.Quoted(other.text)
            yield from (_boosted(clause, share) for clause in score_clauses(again, within, weights))
    for word in tree.words_of(node):
        if number := parse_number(word):
            yield from _number_clauses(number.key, weights)


def _number_clauses(key: str, weights: Weights) -> Iterator[c.Clause]:
    yield c.Constant(c.Term("number", key), weights.own_number)
    yield c.Constant(c.Term("cites", key), weights.cited_number)


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


def _others(
    node: tree.Node,
) -> Iterable[tuple[tuple[tree.Word, ...], tree.Reading | tree.Quantity | tree.Document]]:
    """Yield the other forms with the words that were typed for them."""
    match node:
        case tree.Either():
            yield from ((node.words, other) for other in node.others)
        case tree.And() | tree.Or():
            for child in node.nodes:
                yield from _others(child)


def _runs(node: tree.Node) -> Iterable[tuple[str | None, list[Syllable]]]:
    """Yield the runs of syllables that stand side by side in the query, with their area."""
    area: str | None = None
    run: list[Syllable] = []
    for part in parts_of(node):
        text = _plain_text(part)
        if text is None:
            if run:
                yield area, run
                run = []
            if isinstance(part, tree.Or):
                for child in part.nodes:
                    yield from _runs(child)
            elif isinstance(part, tree.And):
                yield from _runs(part)
            continue
        of = _area(part)
        if run and of != area:
            yield area, run
            run = []
        area = of
        run += syllables(text)
    if run:
        yield area, run


def _area(node: tree.Node) -> str | None:
    match node:
        case tree.Word() | tree.Quoted():
            return node.area
        case tree.Either() | tree.Hint():
            return node.words[0].area
        case _:
            return None


def _plain_text(node: tree.Node) -> str | None:
    """Return the words of ``node`` as they were typed, None where it holds more than words."""
    if isinstance(node, tree.Word | tree.Quoted):
        return node.text
    if isinstance(node, tree.Either | tree.Hint):
        return " ".join(word.text for word in node.words)
    return None
