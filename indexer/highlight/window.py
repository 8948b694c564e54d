"""Selects the part of a text to show: where most of what is wanted is close together, starting at a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.highlight.finder import Found
from indexer.highlight.sentences import sentence_end, sentence_start

LEAD = 60
"""Number of characters shown before the first mark if its sentence begins too far away."""
_FARTHEST = 140
"""Maximum number of characters from the start of a sentence to its first mark; beyond it, the eye has to search."""
_MOST = 4
"""Number of windows among which the first one that does not repeat the title is selected."""
_NEARLY = 3
"""Windows are good enough if they lack at most one in so many of what the best one has. With a third missing, 140 instead of 155
of 981 fragments of the demo portal repeat the title; with a half, 124 do, but more fragments lack a typed word."""
_LAST_WORD = 40
"""Maximum length of a word in characters; a longer one is cut."""
_SHORTEST = 0.6
"""Share of the requested length from which a fragment may end with a sentence."""


def best_windows(
    found: Sequence[Found], beside: Sequence[tuple[Found, Found]], length: int
) -> list[tuple[int, int]]:
    """Return the parts with most or nearly most of what is wanted, best first, each from its first mark to the end of its last.

    Most means most syllables of distinct words and phrases, and of neighbours in the query that are side by side; then most
    marks; then earliest.
    """
    if not found or found[-1].end - found[0].start <= length - LEAD:
        return [(found[0].start, found[-1].end)] if found else []
    points = [(one.start, one.end, one.term, one.syllables) for one in found]
    if beside:
        points += ((one.start, other.end, f"{one.term}+{other.term}", 1) for one, other in beside)
        points.sort()
    scored = _scored(points, length - LEAD)
    most = max(scored)[0]
    nearly = [one for one in scored if one[0] >= most - most // _NEARLY]
    windows: list[tuple[int, int]] = []
    for _, _, start, end in sorted(nearly, key=lambda one: (-one[0], -one[1], one[2])):
        if all(abs(start - other) > length // 2 for other, _ in windows):
            windows.append((start, end))
            if len(windows) == _MOST:
                break
    return windows


def _scored(points: Sequence[tuple[int, int, str, int]], reach: int) -> list[tuple[int, int, int, int]]:
    """Return, for each starting point, what its window contains, the number of marks, its start and its end; takes linear time."""
    scored = []
    counts: dict[str, int] = {}
    held = last = 0
    number = len(points)
    for first, (start, _, term, weight) in enumerate(points):
        limit = start + reach
        while last < number and (last == first or points[last][1] <= limit):
            other = points[last]
            if other[2] in counts:
                counts[other[2]] += 1
            else:
                counts[other[2]] = 1
                held += other[3]
            last += 1
        scored.append((held, min(last - first, 2 * len(counts)), start, points[last - 1][1]))
        if counts[term] == 1:
            del counts[term]
            held -= weight
        else:
            counts[term] -= 1
    return scored


def begin_of(text: str, low: int, window: tuple[int, int], length: int) -> tuple[int, bool]:
    """Return the start of a fragment with ``window``, not before ``low``, and whether a sentence begins there."""
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
    """Return the end of a part from ``low`` on, at most ``high``, and whether it cuts a sentence.

    ``marked`` is the end of the marks in it.
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
