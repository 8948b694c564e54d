"""Turns the query tree into clauses: matching uses folded syllables, ranking uses toned syllables and pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, QUANTITIES, TEXT_AREAS, WHOLE_TEXT, merged, pairs_field
from indexer.query import tree
from indexer.query.documents import sure_keys
from indexer.query.ranking import WEIGHTS, Weights
from indexer.query.scoring import score_clauses, title_clauses, tone_clauses
from indexer.query.values import day_range, label_clause
from indexer.vietnamese.terms import TONED, Syllable

Reading = Literal["close", "some"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The clause that must match, and the clauses that add to the score."""

    match: c.Clause
    rank: tuple[c.Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans queries over ``areas``; with ``strict``, accents of all syllables count as typed.

    ``accented`` does so for accented syllables only. Exclusions are planned with it: ``-chợ`` must not remove every article
    that contains ``cho``.
    """

    areas: tuple[str, ...] = TEXT_AREAS
    strict: bool = False
    accented: bool = False
    weights: Weights = WEIGHTS

    def plan(self, node: tree.Node, reading: Reading) -> Plan:
        """Return the plan of ``node`` in one reading: ``close`` requires all words, ``some`` any of them."""
        scoring = tuple(score_clauses(node, self.areas, self.weights))
        if reading == "close":
            tones = () if self.strict else tone_clauses(node, self.areas, self.weights)
            titles = title_clauses(node, self.areas, self.weights)
            return Plan(c.Constant(self.match(node)), (*scoring, *tones, *titles))
        clauses, optional = [], []
        for part in tree.parts_of(node):
            if not _is_wording(part):
                clauses.append(c.Constant(self.match(part)))
                continue
            # What may match besides the scoring clauses: prefixes and typos.
            optional += [
                self.match(asked)
                for asked in tree.asked_of(part)
                if isinstance(asked, tree.Prefix | tree.Fuzzy)
            ]
        wording = c.any_of((*scoring, *optional))
        return Plan(c.all_of((*clauses, wording)) if scoring or optional else c.all_of(tuple(clauses)))

    # Matching -------------------------------------------------------------------------------

    def match(self, node: tree.Node) -> c.Clause:
        """Return the clause that must match in the close reading."""
        match node:
            case tree.And():
                return conjunction(node, self.match)
            case tree.Or():
                return c.any_of(tuple(map(self.match, node.nodes)))
            case tree.Not():
                return c.Not(replace(self, accented=True).match(node.node))
            case tree.Word():
                return self._word(node)
            case tree.Either():
                typed = c.all_of(tuple(map(self._word, node.words)))
                return c.Any((typed, *(self.other(other, node.area) for other in node.others)))
            case tree.Compound():
                return c.all_of(tuple(map(self._word, node.words)))
            case tree.Hint():
                return c.Everything()
            case tree.Quoted():
                phrase = self._quoted(node)
                if node.number is None or node.area is not None:
                    return phrase
                return c.Any((phrase, c.Term("number", node.number.key)))  # records have it as a value alone
            case tree.Prefix():
                return self._prefix(node)
            case tree.Fuzzy():
                return self._fuzzy(node)
            case tree.Label():
                return label_clause(node.field, node.syllables)
            case tree.NumberIs():
                return c.Term(node.field, node.number.key) if node.number else c.Nothing()
            case tree.Dates():
                return day_range(node.first, node.last)
            case tree.NoDate():
                return c.Undated()
            case tree.Everything():
                return c.Everything()

    def _word(self, word: tree.Word) -> c.Clause:
        typed = self.strict or self.accented
        if word.number is None or word.area is not None:
            return self._phrase(word.syllables, word.area, typed)
        # Not the words of files: "74-UBND-KH.pdf" is a different document from the letter 74/UBND-KH.
        parts = [
            self._phrase(word.syllables, area, typed) for area in ("title", "body") if area in self.areas
        ]
        return c.any_of((c.Term("number", word.number.key), c.Term("cites", word.number.key), *parts))

    def other(self, node: tree.Other, area: str | None) -> c.Clause:
        """Return the clause for another form of what was typed, in ``area``."""
        if isinstance(node, tree.Document):
            return c.any_of(tuple(c.Term(field, key) for key in node.keys for field in ("number", "cites")))
        if isinstance(node, tree.Reading):
            return self._phrase(node.syllables, area, typed=node.exact)
        if self._fields(area) == TEXT_AREAS:
            return c.Term(QUANTITIES, node.term)
        # That field covers the whole article; a single area is searched for the usual spellings only.
        return c.any_of(tuple(self._phrase(spelling, area, typed=False) for spelling in node.spellings))

    def _phrase(self, found: Sequence[Syllable], area: str | None, typed: bool) -> c.Clause:
        """Neighbouring syllables in one area; ``typed`` enforces accents that were typed."""
        if len(found) == 1:
            term = self._strict_term(found[0]) if typed else found[0].folded
            return c.any_of(tuple(c.Term(field, term) for field in self._merged(area)))
        terms = tuple(
            (2 * i + (0 if typed and term.startswith(TONED) else 1), term)
            for i, syllable in enumerate(found)
            for term in [self._strict_term(syllable) if typed else syllable.folded]
        )
        return c.any_of(tuple(c.Phrase(field, terms) for field in self._fields(area)))

    def _quoted(self, node: tree.Quoted) -> c.Clause:
        phrase = self._phrase(node.syllables, node.area, typed=True)
        first, second = (*node.syllables, None, None)[:2]
        if (
            not first
            or not second
            or not first.folded.isdigit()
            or not node.text[first.end : second.start].isspace()
        ):
            return phrase
        # Pairs take into account that the "5" of "1,5 triệu" is not a number.
        pair = f"{first.folded}_{second.folded}"
        fields = [field if field in PAIRED else WHOLE_TEXT for field in self._merged(node.area)]
        return c.All((c.any_of(tuple(c.Term(pairs_field(field), pair) for field in fields)), phrase))

    def _strict_term(self, syllable: Syllable) -> str:
        """The toned term, if accents were typed or all accents must be as typed."""
        accented = syllable.is_accented
        return TONED + syllable.toned if accented or self.strict else syllable.folded

    def _prefix(self, node: tree.Prefix) -> c.Clause:
        *whole, last = node.syllables
        beginning = last.folded
        before = [*(node.before.syllables if node.before else ()), *whole]
        if not before:
            return c.any_of(tuple(c.Prefix(field, beginning) for field in self._merged(node.area)))
        pair = f"{before[-1].folded}_{beginning}"
        fields = [field if field in PAIRED else WHOLE_TEXT for field in self._merged(node.area)]
        return c.any_of(tuple(c.Prefix(pairs_field(field), pair) for field in fields))

    def _fuzzy(self, node: tree.Fuzzy) -> c.Clause:
        return c.all_of(
            tuple(
                c.any_of(tuple(c.Fuzzy(field, syllable.folded) for field in self._merged(node.area)))
                for syllable in node.syllables
            )
        )

    def _fields(self, area: str | None) -> tuple[str, ...]:
        return (area,) if area else self.areas

    def _merged(self, area: str | None) -> tuple[str, ...]:
        return merged(self._fields(area))


def _is_wording(node: tree.Node) -> bool:
    """Whether ``node`` consists of words, which are optional in the any-word reading."""
    match node:
        case (
            tree.Word()
            | tree.Quoted()
            | tree.Either()
            | tree.Hint()
            | tree.Compound()
            | tree.Prefix()
            | tree.Fuzzy()
        ):
            return True
        case tree.And() | tree.Or():
            return all(map(_is_wording, node.nodes))
        case _:
            return False


def conjunction(node: tree.And, match: Callable[[tree.Node], c.Clause]) -> c.Clause:
    """Return the conjunction of all parts of ``node``, each matched by ``match``.

    A query that names documents by number means them: each of them matches whatever other words are typed, which often come
    from its title, date or issuer, or are another number. Articles that merely cite them must contain everything.
    """
    named = [
        (part, keys)
        for part in node.nodes
        if isinstance(part, tree.Word | tree.Either) and (keys := sure_keys(part))
    ]
    words = [part for part in node.nodes if _is_wording(part)]
    others = [match(part) for part in node.nodes if not _is_wording(part)]
    if not named or len(words) == 1:
        return c.all_of(tuple(map(match, node.nodes)))
    itself = tuple(c.Term("number", key) for _, keys in named for key in keys)
    citing = c.all_of(tuple(map(match, words)))
    return c.all_of((*others, c.any_of((*itself, citing))))
