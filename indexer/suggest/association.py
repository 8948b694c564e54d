"""Pure: whether two syllables are side by side more often than by chance.

Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993): the log-likelihood ratio G² = 2 Σ O ln(O / E)
over the table of "first or not" and "second or not". An observation is a syllable in an article, counted once per article,
since an index knows that without reading positions.
"""

from __future__ import annotations

import math

_CHANCE = 10.83
"""Value of G² that chance exceeds once in a thousand cases (χ² with one degree of freedom)."""

_NEVER_BY_CHANCE = 30.0
"""Value of G² that two rare syllables do not reach by co-occurring once or twice."""
_BOUND = 30
"""Minimum ratio to chance for neighbours to form a fixed phrase: "giá xăng" has 200, "thế phòng" 4."""


def likelihood_ratio(together: int, first: int, second: int, total: int) -> float:
    """Return G² of two syllables that occur in ``first`` and ``second`` articles, and side by side in ``together``.

    ``total`` is the sum of the articles of all syllables. 0 if they co-occur less often than by chance.
    """
    if not together or together * total <= first * second:
        return 0.0
    first, second = max(first, together), max(second, together)
    observed = (together, first - together, second - together, total - first - second + together)
    rows, columns = (first, first, total - first, total - first), (second, total - second) * 2
    return 2 * sum(
        count * math.log(count * total / (row * column))
        for count, row, column in zip(observed, rows, columns, strict=True)
        if count > 0
    )


def belong_together(together: int, first: int, second: int, total: int) -> bool:
    """Tell whether this is more often than by chance (p < 0.001)."""
    return likelihood_ratio(together, first, second, total) > _CHANCE


def are_bound(together: int, first: int, second: int, total: int) -> bool:
    """Tell whether it is so much more often that they form a word or a fixed phrase."""
    return (
        together * total > _BOUND * first * second
        and likelihood_ratio(together, first, second, total) > _NEVER_BY_CHANCE
    )
