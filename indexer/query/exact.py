"""The exact reading: what must match where every word of a query is to stand in an article as that word, accents as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, TEXT_AREAS, WHOLE_TEXT, merged, pairs_field
from indexer.lexicon.places import MERGER
from indexer.query import tree
from indexer.query.figures import shares_of
from indexer.query.plan import Planner, conjunction
from indexer.query.values import ACCENTLESS, LABEL_FIELD, day_range
from indexer.vietnamese.terms import TONED, Syllable


@dataclass(frozen=True, slots=True)
class ExactMatcher:
    """Matches in ``areas``; ``literal``: a syllable typed without accents has none, rather than any."""

    areas: tuple[str, ...] = TEXT_AREAS
    literal: bool = False

    def match(self, node: tree.Node) -> c.Clause:
        """Return what ``node``, which :func:`indexer.query.cut.cut` has cut into words, needs."""
        match node:
            case tree.And():
                return conjunction(node, self.match)
            case tree.Or():
                return c.any_of(tuple(map(self.match, node.nodes)))
            case tree.Word():
                return self._word(node)
            case tree.Compound():
                return self._together(node.syllables, node.area)
            case tree.Either() if self._is_a_share(node):
                return c.all_of(tuple(self._other(other, None) for other in node.others))
            case tree.Either():
                typed = (
                    c.all_of(tuple(map(self.match, node.parts)))
                    if node.parts
                    else self._together(
                        node.syllables, node.area, parts=len(node.syllables) > len(node.words)
                    )
                )
                return c.any_of((typed, *(self._other(other, node.area) for other in node.others)))
            case _:
                return self._planner.match(node)

    @property
    def _planner(self) -> Planner:
        return Planner(self.areas, self.literal)

    def _word(self, word: tree.Word) -> c.Clause:
        if word.number is not None and word.area is None and self.areas == TEXT_AREAS:
            # What merely holds the same letters is another document, or none.
            return c.any_of((c.Term("number", word.number.key), c.Term("cites", word.number.key)))
        if len(word.syllables) == 1:
            return self._alone(word.syllables[0], word.area)
        return self._together(word.syllables, word.area, parts=True)

    def _other(self, other: tree.Other, area: str | None) -> c.Clause:
        if isinstance(other, tree.Reading) and other.why == "new place":
            # Before the merger that name was of another place only.
            return c.All((_SINCE_MERGER, self._reading(other, area)))
        if isinstance(other, tree.Reading):
            return self._reading(other, area)
        return self._planner.other(other, area)

    def _reading(self, other: tree.Reading, area: str | None) -> c.Clause:
        # A number with what it counts is not the tail of another: "5 triệu" of "1,5 triệu".
        measure = len(other.syllables) == 2 and other.syllables[0].folded.isdigit()
        return self._together(other.syllables, area, parts=not measure)

    def _is_a_share(self, node: tree.Either) -> bool:
        """Tell whether ``node`` is in percent: the index has "10%" as a term, and its digits alone say less."""
        return node.area is None and self.areas == TEXT_AREAS and bool(shares_of(node))

    def _alone(self, syllable: Syllable, area: str | None) -> c.Clause:
        fields = merged((area,) if area else self.areas)
        folded = c.any_of(tuple(c.Term(field, syllable.folded) for field in fields))
        if not self._is_strict(syllable):
            return folded
        toned = tuple(c.Term(field, TONED + syllable.toned) for field in fields)
        return c.Any((*toned, c.All((_WITHOUT_ACCENTS, folded))))

    def _together(self, found: Sequence[Syllable], area: str | None, parts: bool = False) -> c.Clause:
        """Match ``found`` side by side in one clause of a text; ``parts`` of one written word (``Covid-19``) anyhow."""
        if len(found) == 1:
            return self._alone(found[0], area)
        strict = any(map(self._is_strict, found))
        fields = merged((area,) if area else self.areas)
        if len(found) == 2 and not strict and not parts and set(fields) <= set(PAIRED):
            pair = f"{found[0].folded}_{found[1].folded}"
            return c.any_of(tuple(c.Term(pairs_field(field), pair) for field in fields))
        areas = (area,) if area else self.areas
        sides = tuple(self._in(name, found, strict, parts) for name in areas)
        if not strict:
            return c.any_of(sides)
        folded = tuple(self._in(name, found, False, parts) for name in areas)
        return c.any_of((*sides, c.All((_WITHOUT_ACCENTS, c.any_of(folded)))))

    def _in(self, area: str, found: Sequence[Syllable], strict: bool, parts: bool) -> c.Clause:
        """Match in one area. Pairs, which end with a clause, leave few articles whose positions are looked at."""
        field = pairs_field(WHOLE_TEXT if area == "body" else area)
        pairs = (
            ()
            if parts
            else tuple(dict.fromkeys(c.Term(field, f"{a.folded}_{b.folded}") for a, b in pairwise(found)))
        )
        terms = tuple(
            (2 * i, TONED + syllable.toned)
            if strict and self._is_strict(syllable)
            else (2 * i + 1, syllable.folded)
            for i, syllable in enumerate(found)
        )
        return c.all_of((*pairs, c.Phrase(area, terms)))

    def _is_strict(self, syllable: Syllable) -> bool:
        return self.literal or syllable.is_accented


_SINCE_MERGER = c.Any((day_range(MERGER, None), c.Undated()))
_WITHOUT_ACCENTS = c.Term(LABEL_FIELD, ACCENTLESS)
