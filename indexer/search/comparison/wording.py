"""Marks in two versions of a paragraph what the other lacks. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from indexer.model import Marked, Marks
from indexer.search.comparison.alignment import Budget, aligned

_TOKEN = re.compile(r"\w+|[^\w\s]")


def words_changed(first: str, second: str, budget: Budget) -> tuple[Marked, Marked]:
    """Return both texts with the words only they contain marked; signs between two changed words are marked with them."""
    one, other = list(_TOKEN.finditer(first)), list(_TOKEN.finditer(second))
    pairs = aligned([token[0] for token in one], [token[0] for token in other], budget)
    kept = [(i, j) for n, (i, j) in enumerate(pairs) if one[i][0].isalnum() or not _is_alone(pairs, n)]
    return (
        Marked(first, _marks(one, {i for i, _ in kept})),
        Marked(second, _marks(other, {j for _, j in kept})),
    )


def _is_alone(pairs: Sequence[tuple[int, int]], n: int) -> bool:
    """Return whether both neighbours of a pair are changed: a comma that remains between changed words is meaningless."""
    i, j = pairs[n]
    before = n > 0 and (i - 1 == pairs[n - 1][0] or j - 1 == pairs[n - 1][1])
    behind = n + 1 < len(pairs) and (i + 1 == pairs[n + 1][0] or j + 1 == pairs[n + 1][1])
    return n > 0 and n + 1 < len(pairs) and not before and not behind


def _marks(tokens: Sequence[re.Match[str]], kept: Collection[int]) -> Marks:
    marks: list[tuple[int, int]] = []
    previous = -2
    for n, token in enumerate(tokens):
        if n in kept:
            continue
        if n == previous + 1:
            marks[-1] = (marks[-1][0], token.end())
        else:
            marks.append(token.span())
        previous = n
    return tuple(marks)
