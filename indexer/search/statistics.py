"""In how many articles of one commit terms stand: what queries are cut into words by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engine.fields import FOLDED_WORDS, WHOLE_TEXT, WORDS, pairs_field
from indexer.engine.protocol import Snapshot


@dataclass(frozen=True, slots=True)
class IndexStatistics:
    """See :class:`indexer.query.cut.Statistics`. Articles for staff count, too: no word of theirs is ever shown by it."""

    snapshot: Snapshot

    def words(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(WORDS, terms)

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(FOLDED_WORDS, terms)

    def pairs(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(pairs_field(WHOLE_TEXT), terms)

    def syllables(self, terms: Sequence[str]) -> list[int]:
        return self.snapshot.frequencies(WHOLE_TEXT, terms)
