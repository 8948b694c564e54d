"""The exact reading: each word of the query must occur in an article as that word, with accents as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """Matches in ``areas``; with ``literal``, an unaccented syllable means exactly that rather than any accents."""

    areas: tuple[str, ...] = TEXT_AREAS
    literal: bool = False
    any_accents: bool = False
    """Whether typed accents are ignored, for articles whose own text has none."""

    def match(self, node: tree.Node) -> c.Clause:
        """Return the clause for ``node``, split into words by :func:`indexer.query.cut.cut`.

        Articles without accents are an alternative to the whole query, not to each word. The result is the same, because an
        article that has a syllable with certain accents also matches it with any; and few articles are checked twice.
        """
        accented, bare = self._match(node), replace(self, any_accents=True)._match(node)
        if accented == bare:
            return accented
        # Common parts are looked up once.
        kept = [part for part in _parts(accented) if part in _parts(bare)]
        alternatives = (
            c.all_of(tuple(part for part in _parts(accented) if part not in kept)),
            c.All((_WITHOUT_ACCENTS, *(part for part in _parts(bare) if part not in kept))),
        )
        return c.all_of((*kept, c.Any(alternatives)))

    def _match(self, node: tree.Node) -> c.Clause:
        match node:
            case tree.And():
                return conjunction(node, self._match)
            case tree.Or():
                return c.any_of(tuple(map(self._match, node.nodes)))
            case tree.Word():
                return self._word(node)
            case tree.Compound():
                return self._together(node.syllables, node.area)
            case tree.Either() if self._is_a_share(node):
                return c.all_of(tuple(self._other(other, None) for other in node.others))
            case tree.Either():
                typed = (
                    c.all_of(tuple(map(self._match, node.parts)))
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
            # Merely containing the same letters means another document, or none.
            return c.any_of((c.Term("number", word.number.key), c.Term("cites", word.number.key)))
        if len(word.syllables) == 1:
            return self._alone(word.syllables[0], word.area)
        return self._together(word.syllables, word.area, parts=True)

    def _other(self, other: tree.Other, area: str | None) -> c.Clause:
        if isinstance(other, tree.Reading) and other.why == "new place":
            # Before the merger, that name meant only another place.
            return c.All((_SINCE_MERGER, self._reading(other, area)))
        if isinstance(other, tree.Reading):
            return self._reading(other, area)
        return self._planner.other(other, area)

    def _reading(self, other: tree.Reading, area: str | None) -> c.Clause:
        # A number with its unit is not the tail of another number: "5 triệu" in "1,5 triệu".
        measure = len(other.syllables) == 2 and other.syllables[0].folded.isdigit()
        return self._together(other.syllables, area, parts=not measure)

    def _is_a_share(self, node: tree.Either) -> bool:
        """Tell whether ``node`` is a percentage: "10%" is a term of the index, and its digits alone say less."""
        return node.area is None and self.areas == TEXT_AREAS and bool(shares_of(node))

    def _alone(self, syllable: Syllable, area: str | None) -> c.Clause:
        term = TONED + syllable.toned if self._is_strict(syllable) else syllable.folded
        return c.any_of(tuple(c.Term(field, term) for field in self._merged(area)))

    def _together(self, found: Sequence[Syllable], area: str | None, parts: bool = False) -> c.Clause:
        """Match ``found`` side by side in one clause of a text; the ``parts`` of one written word (``Covid-19``) always."""
        if len(found) == 1:
            return self._alone(found[0], area)
        fields = self._merged(area)
        strict = any(map(self._is_strict, found))
        if len(found) == 2 and not strict and not parts and set(fields) <= set(PAIRED):
            pair = f"{found[0].folded}_{found[1].folded}"
            return c.any_of(tuple(c.Term(pairs_field(field), pair) for field in fields))
        areas = (area,) if area else self.areas
        return c.any_of(tuple(self._in(name, found, parts, WHOLE_TEXT in fields) for name in areas))

    def _in(self, area: str, found: Sequence[Syllable], parts: bool, whole: bool) -> c.Clause:
        """Match in one area. Pairs end with a clause, so they leave few articles whose positions must be read.

        If the ``whole`` text is searched, its pairs come before those of the title, so clauses common to all areas are looked
        up once.
        """
        own = (pairs_field(WHOLE_TEXT if area == "body" else area),)
        fields = (pairs_field(WHOLE_TEXT), *own) if whole and area == "title" else own
        beside = [] if parts else [f"{a.folded}_{b.folded}" for a, b in pairwise(found)]
        pairs = dict.fromkeys(c.Term(field, pair) for field in fields for pair in beside)
        terms = tuple(
            (2 * i, TONED + syllable.toned) if self._is_strict(syllable) else (2 * i + 1, syllable.folded)
            for i, syllable in enumerate(found)
        )
        return c.all_of((*pairs, c.Phrase(area, terms)))

    def _merged(self, area: str | None) -> tuple[str, ...]:
        return merged((area,) if area else self.areas)

    def _is_strict(self, syllable: Syllable) -> bool:
        return (self.literal or syllable.is_accented) and not self.any_accents


def _parts(clause: c.Clause) -> tuple[c.Clause, ...]:
    return clause.clauses if isinstance(clause, c.All) else (clause,)


_SINCE_MERGER = c.Any((day_range(MERGER, None), c.Undated()))
_WITHOUT_ACCENTS = c.Term(LABEL_FIELD, ACCENTLESS)
