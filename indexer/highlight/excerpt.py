"""A part of a text for display: omissions, cuts and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.highlight.finder import Found, Wanted
from indexer.highlight.furniture import Range
from indexer.highlight.runs import joined
from indexer.highlight.window import LEAD, end_of
from indexer.model import Marked


class Part(NamedTuple):
    """``text[start:end]``, and whether its last sentence continues."""

    start: int
    end: int
    cut: bool


def excerpt(
    text: str,
    window: Range,
    whole: bool,
    length: int,
    skipped: Sequence[Range],
    found: Sequence[Found],
    wanted: Wanted,
) -> Marked:
    """Return about ``length`` characters of ``text`` within ``window``, marked and without the ``skipped`` ranges.

    ``whole`` tells that a sentence begins there. An ellipsis marks cut sentences and omissions; runs of blanks become one.
    """
    parts = _parts(text, window, length, skipped, found)
    shown = "" if whole or not parts or parts[0].start > window[0] else "… "
    marks: list[Range] = []
    for i, part in enumerate(parts):
        shown += " … " if i else ""
        inside = [one for one in found if part.start <= one.start and one.end <= part.end]
        ranges = [
            (first - part.start, last - part.start)
            for first, last in joined(text, inside, wanted, part.start, part.end)
        ]
        piece, ranges = _with_single_blanks(text[part.start : part.end], ranges)
        marks += ((first + len(shown), last + len(shown)) for first, last in ranges)
        shown += piece + (" …" if part.cut else "")
    return Marked(shown, tuple(marks))


def _parts(
    text: str, window: Range, length: int, skipped: Sequence[Range], found: Sequence[Found]
) -> list[Part]:
    parts: list[Part] = []
    at, limit = window[0], min(window[1], len(text))
    for first, last in (*skipped, (limit, limit)):
        if first > at and not text[at:first].isspace():
            high = min(first, at + length)
            if high < first or first == limit < len(text):
                marked = max((one.end for one in found if at <= one.start and one.end <= high), default=at)
                return [*parts, Part(at, *end_of(text, at, marked, high))]
            parts.append(Part(at, first, cut=False))
            length -= first - at
            if length < LEAD:
                break
        at = max(at, last)
    return parts


def _with_single_blanks(piece: str, ranges: list[Range]) -> tuple[str, list[Range]]:
    """Return ``piece`` with single blanks and none at its ends, and the adjusted ranges."""
    flat = " ".join(piece.split())
    if len(flat) == len(piece):
        return flat, ranges
    moved = []
    for first, last in ranges:
        before = " ".join(piece[:first].split())
        start = len(before) + (1 if before and piece[first - 1].isspace() else 0)
        moved.append((start, start + len(" ".join(piece[first:last].split()))))
    return flat, moved
