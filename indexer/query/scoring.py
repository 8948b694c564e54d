"""Turns the query tree into the clauses that score: toned syllables, pairs and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, QUANTITIES, TEXT_AREAS, WHOLE_TEXT, merged, pairs_field
from indexer.query import tree
from indexer.query.ranking import WEIGHTS, Weights
from indexer.query.text import Text
from indexer.query.values import day_range
from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import TONED, Syllable
from indexer.vietnamese.tones import tone_forms


def score_clauses(node: tree.Node, areas: tuple[str, ...], weights: Weights = WEIGHTS) -> Iterator[c.Clause]:
    """Yield the clauses that score the words of ``node`` in ``areas``; neighbours in the query form pairs."""
    for area, run in _runs(node):
        yield from _run_clauses(run, (area,) if area else areas, weights)
    for part in tree.asked_of(node):
        if isinstance(part, tree.Either):
            for other in part.others:
                yield from _other_clauses(other, part, (part.area,) if part.area else areas, weights)
    for word in tree.words_of(node):
        yield from _number_clauses(word, weights)


def _run_clauses(run: Sequence[Syllable], areas: tuple[str, ...], weights: Weights) -> Iterator[c.Clause]:
    fields = merged(areas)
    for field in (*fields, "title") if WHOLE_TEXT in fields else fields:
        weight = weights.of_field(field)
        for term, share in _ranking_terms(run, weights).items():
            yield _boosted(c.Term(field, term), weight * share)
        if field in PAIRED:
            pairs = [f"{a.folded}_{b.folded}" for a, b in pairwise(run)]
            for pair in dict.fromkeys(pairs):
                yield _boosted(c.Term(pairs_field(field), pair), weight * weights.pairs)


def _other_clauses(
    other: tree.Other, typed: tree.Either, areas: tuple[str, ...], weights: Weights
) -> Iterator[c.Clause]:
    match other:
        case tree.Document():
            yield from _key_clauses(other.keys, weights)
            likeliest = c.Term("number", other.keys[0])
            if len(other.keys) > 1:
                yield c.Constant(likeliest, weights.likeliest)
            if other.issued:
                borne = c.any_of(tuple(c.Term("number", key) for key in other.keys))
                yield c.Constant(c.All((borne, day_range(*other.issued))), weights.day_of_issue)
        case tree.Quantity() if areas == TEXT_AREAS:
            yield _boosted(c.Term(QUANTITIES, other.term), weights.reading)
            if other.term[0] == "d" and len(other.term) == len("d2024-03-05"):
                year, day = int(other.term[1:5]), f"d{other.term[6:]}"
                of_year = c.DayRange(year * 10000 + 101, year * 10000 + 1231)
                yield c.Constant(c.All((c.Term(QUANTITIES, day), of_year)), weights.day_of_year)
        case tree.Reading():
            # A form of many syllables would outscore the few that were typed.
            share = weights.reading * min(1.0, len(typed.syllables) / len(other.syllables))
            clauses = (*_run_clauses(other.syllables, areas, weights), *_number_clauses(other, weights))
            yield from (_boosted(clause, share) for clause in clauses)


def _number_clauses(text: Text, weights: Weights) -> Iterator[c.Clause]:
    if text.number:
        yield from _key_clauses((text.number.key,), weights)


def _key_clauses(keys: Sequence[str], weights: Weights) -> Iterator[c.Clause]:
    for field, weight in (("number", weights.own_number), ("cites", weights.cited_number)):
        yield c.Constant(c.any_of(tuple(c.Term(field, key) for key in keys)), weight)


def tone_clauses(node: tree.Node, areas: tuple[str, ...], weights: Weights = WEIGHTS) -> Iterator[c.Clause]:
    """Yield clauses that rank articles matched by folded syllables: a missing tone ranks above other accents.

    They are used only if matching is separate; as a match of their own, they would bring in unrelated words.
    """
    for area, run in _runs(node):
        field = merged((area,) if area else areas)[0]
        for toned, folded in {(syllable.toned, syllable.folded): None for syllable in run}:
            if toned != folded and not is_function_word(toned, folded):
                for form in tone_forms(toned):
                    yield c.Constant(c.Term(field, TONED + form), weights.missing_tone)


def title_clauses(node: tree.Node, areas: tuple[str, ...], weights: Weights = WEIGHTS) -> Iterator[c.Clause]:
    """Yield clauses that rank a title with every word of a run (except function words) above scattered words in long texts.

    They are used only if all words must match: a title has only a few of a question's many words.
    """
    for area, run in _runs(node):
        if "title" not in ((area,) if area else areas):
            continue
        subject = [syllable for syllable in run if not is_function_word(syllable.toned, syllable.folded)]
        if subject:
            terms = tuple(c.Term("title", term) for term in _ranking_terms(subject, weights))
            yield c.Constant(c.all_of(terms), weights.whole_title)


def _ranking_terms(run: Sequence[Syllable], weights: Weights) -> dict[str, float]:
    """Return each distinct term with its share; if accents were typed, exact accents rank first."""
    return {
        syllable.folded if syllable.toned == syllable.folded else TONED + syllable.toned: (
            weights.function_word if is_function_word(syllable.toned, syllable.folded) else 1.0
        )
        for syllable in run
    }


def _boosted(clause: c.Clause, factor: float) -> c.Clause:
    return clause if factor == 1.0 else c.Boost(clause, factor)


def _runs(node: tree.Node) -> Iterator[tuple[str | None, list[Syllable]]]:
    """Yield the runs of syllables that are side by side in the query, with their area."""
    for (_, area), neighbours in groupby(tree.parts_of(node), _kind_and_area):
        run: list[Syllable] = []
        for part in neighbours:
            match part:
                case tree.Word() | tree.Quoted() | tree.Either() | tree.Hint() | tree.Compound():
                    run += part.syllables
                case tree.And():
                    yield from _runs(part)
                case tree.Or():
                    for child in part.nodes:
                        yield from _runs(child)
        if run:
            yield area, run


def _kind_and_area(node: tree.Node) -> tuple[bool, str | None]:
    match node:
        case tree.Word() | tree.Quoted() | tree.Either() | tree.Hint() | tree.Compound():
            return True, node.area
        case _:
            return False, None
