"""Aligns the elements of two sequences in order, in time linear in their length. Pure.

This is patience diff (Bram Cohen): elements that occur exactly once in both are anchors, and the stretches between anchors are
treated separately. Small remainders are passed to difflib; large ones without an anchor have no meaningful commonality.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Pairs = list[tuple[int, int]]
"""Positions in the first and the second sequence, both ascending."""
_SMALL = 10_000
"""Product of the lengths: difflib takes some 2 ms for this, or 50 ms in bad cases."""


class Budget:
    """The total number of steps that a comparison may take, so that no two texts block a server."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def take(self, steps: int) -> bool:
        """Take ``steps`` and tell whether they were available; once they are not, nothing is."""
        self._left = self._left - steps if steps <= self._left else 0
        return self._left > 0


def aligned(first: Sequence[Hashable], second: Sequence[Hashable], budget: Budget) -> Pairs:
    """Return the positions of equal elements that correspond; fewer of them if ``budget`` runs out."""
    found: Pairs = []
    spans = [(0, len(first), 0, len(second))]
    while spans:
        start, end, at, to = spans.pop()
        while start < end and at < to and first[start] == second[at]:
            found.append((start, at))
            start, at = start + 1, at + 1
        while start < end and at < to and first[end - 1] == second[to - 1]:
            end, to = end - 1, to - 1
            found.append((end, to))
        if start == end or at == to or not budget.take(end - start + to - at):
            continue
        anchors = _anchors(first[start:end], second[at:to])
        if anchors:
            found += [(start + i, at + j) for i, j in anchors]
            spans += _between([(start + i, at + j) for i, j in anchors], (start, end, at, to))
        elif (end - start) * (to - at) <= _SMALL and budget.take((end - start) * (to - at)):
            found += [(start + i, at + j) for i, j in _by_difflib(first[start:end], second[at:to])]
    return sorted(found)


def ascending(pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Return the longest subsequence of ``pairs``, ordered by first position, that is also ordered by second position."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [n]
    run: Pairs = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]


def gaps(pairs: Pairs, first: int, second: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the spans between consecutive ``pairs``, in sequences of these lengths, that are non-empty on both sides."""
    yield from _between(pairs, (0, first, 0, second))


def _between(pairs: Pairs, span: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    start, end, at, to = span
    starts = [(start, at), *((i + 1, j + 1) for i, j in pairs)]
    ends = [*pairs, (end, to)]
    return [(i, k, j, m) for (i, j), (k, m) in zip(starts, ends, strict=True) if i < k and j < m]


def _anchors(first: Sequence[Hashable], second: Sequence[Hashable]) -> Pairs:
    once = _once(first)
    other = _once(second)
    return ascending([(place, other[element]) for element, place in once.items() if element in other])


def _once(elements: Sequence[Hashable]) -> dict[Hashable, int]:
    """Return the positions of elements that occur exactly once, in order."""
    counts = Counter(elements)
    return {element: n for n, element in enumerate(elements) if counts[element] == 1}


def _by_difflib(first: Sequence[Hashable], second: Sequence[Hashable]) -> Pairs:
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
