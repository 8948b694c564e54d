"""Which part of a text to show: where most of what is wanted stands close together, from the start of a sentence on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from indexer.highlight.finder import Found
from indexer.highlight.sentences import sentence_end, sentence_start

LEAD = 60
"""Characters shown before the first mark where its sentence begins too far before."""
_FARTHEST = 140
"""Characters from the beginning of a sentence to its first mark: beyond that the eye looks for the mark."""
_MOST = 4
"""Windows that hold as much as the best, of which the first is taken that does not repeat the title."""
_LAST_WORD = 40
"""Characters: a longer word is cut."""
_SHORTEST = 0.6
"""Of the length asked for: from there on a fragment may end with a sentence."""


def best_windows(
    found: Sequence[Found], beside: Sequence[tuple[Found, Found]], length: int
) -> list[tuple[int, int]]:
    """Return the parts that hold most of what is wanted, the best first: from the first mark to the end of the last.

    Most is most syllables of different words and phrases, and of neighbours of the query that stand side by side;
    then most marks, then the earliest.
    """
    points = sorted(
        chain(
            ((one.start, one.end, one.term, one.syllables) for one in found),
            ((one.start, other.end, f"{one.term}+{other.term}", 1) for one, other in beside),
        )
    )
    scored = list(_scored(points, length - LEAD))
    if not scored:
        return []
    most = max(scored)[0]
    windows: list[tuple[int, int]] = []
    for held, _, start, end in sorted(scored, key=lambda one: (-one[0], -one[1], one[2])):
        if held < most or len(windows) == _MOST:
            break
        if all(abs(start - other) > length // 2 for other, _ in windows):
            windows.append((start, end))
    return windows


def _scored(points: Sequence[tuple[int, int, str, int]], reach: int) -> list[tuple[int, int, int, int]]:
    """Return what the window from every point on holds, how many marks, and where it starts and ends: linear."""
    scored = []
    counts: dict[str, int] = {}
    held = last = 0
    for first, (start, _, term, weight) in enumerate(points):
        while last < len(points) and (last == first or points[last][1] <= start + reach):
            _, _, other, other_weight = points[last]
            held += 0 if counts.get(other) else other_weight
            counts[other] = counts.get(other, 0) + 1
            last += 1
        scored.append((held, min(last - first, 2 * len(counts)), start, points[last - 1][1]))
        counts[term] -= 1
        if not counts[term]:
            del counts[term]
            held -= weight
    return scored


def begin_of(text: str, low: int, window: tuple[int, int], length: int) -> tuple[int, bool]:
    """Return where a fragment with ``window`` begins, not before ``low``, and whether a sentence begins there."""
    start, end = window
    farthest = max(low, start - max(0, min(_FARTHEST, length - (end - start))))
    begins = sentence_start(text, farthest, start, low if farthest == low else None)
    if begins is not None:
        return begins, True
    at = max(low, start - LEAD)
    comma = text.find(", ", at, start)
    if comma >= 0:
        return comma + 2, False
    while at > low and not text[at - 1].isspace() and start - at < 2 * LEAD:
        at -= 1
    return at, False


def end_of(text: str, low: int, marked: int, high: int) -> tuple[int, bool]:
    """Return where a part from ``low`` on ends, at ``high`` at most, and whether it is cut within a sentence.

    ``marked`` is the end of what is marked in it.
    """
    if high >= len(text):
        return len(text), False
    end = sentence_end(text, max(marked, low + round((high - low) * _SHORTEST)), high + 2)
    if end is not None and end <= high:
        return end, False
    shortest = max(marked, high - _LAST_WORD)
    at = high
    while at > shortest and not text[at].isspace():
        at -= 1
    return (at if text[at].isspace() else high), True
