"""Query tree -> clauses: match on folded syllables, rank by toned syllables and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, TEXT_AREAS, WHOLE_TEXT, pairs_field
from indexer.query import ranking, tree
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import TONED, Syllable, syllables

Reading = Literal["all", "any"]
LABEL_FIELD = "label"
FIRST_DAY, LAST_DAY = 10101, 99991231


@dataclass(frozen=True, slots=True)
class Plan:
    """What must match, and what besides adds to the score."""

    match: c.Clause
    rank: tuple[c.Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans queries over ``areas``; ``strict`` takes every syllable's accents as typed.

    ``accented`` does so for syllables with accents only. What is excluded is planned with it:
    ``-chợ`` must not take away every article with ``cho``.
    """

    areas: tuple[str, ...] = TEXT_AREAS
    strict: bool = False
    accented: bool = False

    def plan(self, node: tree.Node, reading: Reading) -> Plan:
        """Return the plan of ``node`` in the all-words or the any-word reading."""
        scoring = tuple(self._scoring(node))
        if reading == "all":
            return Plan(c.Constant(self._match(node)), scoring)
        required = [part for part in _parts(node) if not _is_wording(part)]
        optional = [clause for part in _parts(node) if _is_wording(part) for clause in self._optional(part)]
        clauses = tuple(c.Constant(self._match(part)) for part in required)
        wording = c.any_of((*scoring, *optional))
        return Plan(c.all_of((*clauses, wording)) if scoring or optional else c.all_of(clauses))

    # Matching -------------------------------------------------------------------------------

    def _match(self, node: tree.Node) -> c.Clause:
        match node:
            case tree.And():
                return c.all_of(tuple(map(self._match, node.nodes)))
            case tree.Or():
                return c.any_of(tuple(map(self._match, node.nodes)))
            case tree.Not():
                return c.Not(replace(self, accented=True)._match(node.node))
            case tree.Word():
                return self._word(node)
            case tree.Quoted():
                return self._phrase(list(syllables(node.text)), node.area, typed=True)
            case tree.Prefix():
                return self._prefix(node)
            case tree.Fuzzy():
                return self._fuzzy(node)
            case tree.Label():
                return label_clause(node.field, node.text)
            case tree.NumberIs():
                number = parse_number(node.text)
                return c.Term(node.field, number.key) if number else c.Nothing()
            case tree.Dates():
                return day_range(node.first, node.last)
            case tree.NoDate():
                return c.Undated()
            case tree.Everything():
                return c.Everything()

    def _word(self, word: tree.Word) -> c.Clause:
        wording = self._phrase(list(syllables(word.text)), word.area, typed=self.strict or self.accented)
        number = parse_number(word.text) if word.area is None else None
        if number is None:
            return wording
        return c.Any((c.Term("number", number.key), c.Term("cites", number.key), wording))

    def _phrase(self, found: Sequence[Syllable], area: str | None, typed: bool) -> c.Clause:
        """Neighbouring syllables in one area; ``typed`` is strict about accents that were typed."""
        if len(found) == 1:
            term = self._strict_term(found[0]) if typed else found[0].folded
            return c.any_of(tuple(c.Term(field, term) for field in self._merged(area)))
        terms = tuple(
            (2 * i + (0 if typed and term.startswith(TONED) else 1), term)
            for i, syllable in enumerate(found)
            for term in [self._strict_term(syllable) if typed else syllable.folded]
        )
        return c.any_of(tuple(c.Phrase(field, terms) for field in self._fields(area)))

    def _strict_term(self, syllable: Syllable) -> str:
        """The toned term where accents were typed, or where all accents are to be as typed."""
        accented = syllable.toned != syllable.folded
        return TONED + syllable.toned if accented or self.strict else syllable.folded

    def _prefix(self, node: tree.Prefix) -> c.Clause:
        *whole, last = syllables(node.text)
        beginning = last.folded
        before = [*(syllables(node.before) if node.before else ()), *whole]
        if not before:
            return c.any_of(tuple(c.Prefix(field, beginning) for field in self._merged(node.area)))
        pair = f"{before[-1].folded}_{beginning}"
        fields = [field if field in PAIRED else WHOLE_TEXT for field in self._merged(node.area)]
        return c.any_of(tuple(c.Prefix(pairs_field(field), pair) for field in fields))

    def _fuzzy(self, node: tree.Fuzzy) -> c.Clause:
        return c.all_of(
            tuple(
                c.any_of(tuple(c.Fuzzy(field, syllable.folded) for field in self._merged(node.area)))
                for syllable in syllables(node.text)
            )
        )

    def _fields(self, area: str | None) -> tuple[str, ...]:
        return (area,) if area else self.areas

    def _merged(self, area: str | None) -> tuple[str, ...]:
        """The same, with title and body as one field where both are asked."""
        fields = self._fields(area)
        return (WHOLE_TEXT, "files") if fields == TEXT_AREAS else fields

    # Scoring --------------------------------------------------------------------------------

    def _scoring(self, node: tree.Node) -> Iterable[c.Clause]:
        """Clauses that score the words of ``node``; neighbours in the query make pairs."""
        for area, run in _runs(node):
            fields = self._merged(area)
            for field in (*fields, "title") if WHOLE_TEXT in fields else fields:
                weight = ranking.FIELD_WEIGHTS[field]
                for term in dict.fromkeys(_ranking_term(syllable) for syllable in run):
                    yield _boosted(c.Term(field, term), weight)
                if field in PAIRED:
                    pairs = [f"{a.folded}_{b.folded}" for a, b in pairwise(run)]
                    for pair in dict.fromkeys(pairs):
                        yield _boosted(c.Term(pairs_field(field), pair), weight * ranking.PAIRS)
        for word in tree.words_of(node):
            if number := parse_number(word):
                yield c.Constant(c.Term("number", number.key), ranking.OWN_NUMBER)
                yield c.Constant(c.Term("cites", number.key), ranking.CITED_NUMBER)

    def _optional(self, node: tree.Node) -> Iterable[c.Clause]:
        """What an any-word reading may match beyond the scoring clauses: beginnings and typos."""
        match node:
            case tree.Prefix() | tree.Fuzzy():
                yield self._match(node)
            case tree.And() | tree.Or():
                for child in node.nodes:
                    yield from self._optional(child)


def _ranking_term(syllable: Syllable) -> str:
    """Exact accents rank first where accents were typed; without, all are equal."""
    return syllable.folded if syllable.toned == syllable.folded else TONED + syllable.toned


def _boosted(clause: c.Clause, factor: float) -> c.Clause:
    return clause if factor == 1.0 else c.Boost(clause, factor)


def _parts(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.nodes if isinstance(node, tree.And) else (node,)


def _is_wording(node: tree.Node) -> bool:
    """Whether ``node`` asks for words, which the any-word reading makes optional."""
    match node:
        case tree.Word() | tree.Quoted() | tree.Prefix() | tree.Fuzzy():
            return True
        case tree.And() | tree.Or():
            return all(map(_is_wording, node.nodes))
        case _:
            return False


def _runs(node: tree.Node) -> Iterable[tuple[str | None, list[Syllable]]]:
    """Yield the runs of syllables that stand side by side in the query, with their area."""
    area: str | None = None
    run: list[Syllable] = []
    for part in _parts(node):
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


def label_terms(field: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of the ``label`` field for ``values``: ``source:bao`` for every syllable."""
    return tuple(dict.fromkeys(f"{field}:{s.folded}" for value in values for s in syllables(value)))


def label_clause(field: str, text: str) -> c.Clause:
    """Match entries that have every word of ``text`` among the values of ``field``."""
    terms = label_terms(field, [fold(text)])
    return c.all_of(tuple(c.Term(LABEL_FIELD, term) for term in terms)) if terms else c.Nothing()


def day_range(first: date | None, last: date | None) -> c.Clause:
    """Match days from ``first`` to ``last``, both inclusive, either open."""
    return c.DayRange(day_number(first) if first else FIRST_DAY, day_number(last) if last else LAST_DAY)


def day_number(day: date) -> int:
    """Return ``day`` as the number ``YYYYMMDD``."""
    return day.year * 10000 + day.month * 100 + day.day
