"""What a query may ask of the index before it is searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Statistics(Protocol):
    """In how many articles terms of each kind stand."""

    def words(self, terms: Sequence[str]) -> list[int]:
        """Of words with their accents, ``hải_phòng``."""

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        """Of words in any accents, ``hai_phong``."""

    def pairs(self, terms: Sequence[str]) -> list[int]:
        """Of neighbours in any accents, whether they are a word or not, ``hai_phong``."""

    def side_by_side(self, first: str, second: str) -> int:
        """Of two neighbours with just these accents, ``nội``, ``các``; dearer than the others."""

    def syllables(self, terms: Sequence[str]) -> list[int]:
        """Of syllables: toned terms with :data:`TONED`, folded ones without."""
