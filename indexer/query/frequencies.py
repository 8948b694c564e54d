"""The frequencies that query analysis may request from the index before searching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Statistics(Protocol):
    """Numbers of articles that contain given terms, by kind of term."""

    def words(self, terms: Sequence[str]) -> list[int]:
        """Words with accents, ``hải_phòng``."""

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        """Words with any accents, ``hai_phong``."""

    def pairs(self, terms: Sequence[str]) -> list[int]:
        """Neighbours with any accents, whether or not they form a word, ``hai_phong``."""

    def side_by_side(self, first: str, second: str) -> int:
        """Two neighbours with exactly these accents, ``nội``, ``các``; more expensive than the others."""

    def syllables(self, terms: Sequence[str]) -> list[int]:
        """Syllables: toned terms begin with :data:`TONED`, folded ones do not."""
