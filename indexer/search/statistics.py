"""Frequencies of terms in one commit, used to split queries into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engine import clauses as c
from indexer.engine.fields import FOLDED_WORDS, WHOLE_TEXT, WORDS, pairs_field
from indexer.engine.protocol import EngineRequest, Snapshot
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import TONED


@dataclass(frozen=True, slots=True)
class IndexStatistics:
    """See :class:`indexer.query.cut.Statistics`. Staff-only articles count, too: none of their words is ever shown because of
    it.
    """

    snapshot: Snapshot

    def words(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(WORDS, terms)

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(FOLDED_WORDS, terms)

    def pairs(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(pairs_field(WHOLE_TEXT), terms)

    def side_by_side(self, first: str, second: str) -> int:
        terms = ((0, TONED + first), (2, TONED + second))
        pair = c.Term(pairs_field(WHOLE_TEXT), f"{fold(first)}_{fold(second)}")
        phrase = c.any_of(tuple(c.Phrase(area, terms) for area in ("title", "body")))
        return self.snapshot.search(EngineRequest(c.Constant(c.All((pair, phrase))), limit=0)).total

    def syllables(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(WHOLE_TEXT, terms)
