"""Pure: whether two syllables stand side by side more often than chance would put them there.

Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993): the log-likelihood ratio
G² = 2 Σ O ln(O / E) over the table of "first or not" and "second or not". An observation is a syllable of an article,
counted once an article, since that is what an index knows without reading positions.
"""

from __future__ import annotations

import math

_CHANCE = 10.83
"""G² that chance exceeds once in a thousand (χ² with one degree of freedom)."""

_NEVER_BY_CHANCE = 30.0
"""G² that two rare syllables don't reach by meeting once or twice."""
_BOUND = 30
"""How many times as often as by chance the syllables of a standing phrase are neighbours at least: "giá xăng" is 200
times, "thế phòng" 4."""


def likelihood_ratio(together: int, first: int, second: int, total: int) -> float:
    """Return G² of two syllables that stand in ``first`` and ``second`` articles, side by side in ``together``.

    ``total`` is the sum of the articles of all syllables. 0 where they stand together less often than chance has it.
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
    """Tell whether that is more often than chance (p < 0.001)."""
    return likelihood_ratio(together, first, second, total) > _CHANCE


def are_bound(together: int, first: int, second: int, total: int) -> bool:
    """Tell whether they are so, and so much more often that they make a word or a standing phrase."""
    return (
        together * total > _BOUND * first * second
        and likelihood_ratio(together, first, second, total) > _NEVER_BY_CHANCE
    )
