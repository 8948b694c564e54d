"""Pure: the marked ranges of a text and its best fragment.

Works on NFC text with the analyzer of the index, so that what was found is what is marked,
whatever the accents, the tone style or the case in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.highlight.finder import Found, Wanted
from indexer.highlight.furniture import Range, furniture
from indexer.highlight.likely import likely, neighbours
from indexer.highlight.title import repeats, title_end, words_of
from indexer.highlight.window import LEAD, begin_of, best_windows, end_of
from indexer.model import Marked, Marks

FRAGMENT = 260
"""Characters of a fragment: two to three lines of a result on a desk, five on a phone."""
_STRETCH = 700
"""Characters looked through at a time: most articles answer in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Characters searched for the best fragment; hits beyond that in one text show its beginning."""
_BLANK = re.compile(r"\s")


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order, none overlapping."""
    return _join(text, likely(text, _occurrences(text, wanted), wanted))


def marked(text: str, wanted: Wanted) -> Marked:
    """Return ``text`` whole with its marks."""
    return Marked(text, mark(text, wanted))


def has_match(text: str, wanted: Wanted) -> bool:
    """Tell whether anything of ``text`` would be marked."""
    return bool(_occurrences(text, wanted))


def answers(text: str, wanted: Wanted) -> bool:
    """Tell whether ``text`` holds all that was asked for; beginnings and typos are never held to be there."""
    return wanted.is_answered({one.term for one in _occurrences(text, wanted)})


def fragment(text: str, wanted: Wanted, *, title: str = "", length: int = FRAGMENT) -> Marked:
    """Return the part of ``text`` that answers best, about ``length`` characters, with its marks.

    Best is what :func:`best_windows` says; among equals the first that does not repeat ``title``, which stands
    above it. Furniture is left out, unless nothing else answers, and a first line that is the title in any
    case. Where a sentence is cut, and where something is left out, stands an ellipsis; blanks are one.
    """
    low = title_end(text, title)
    found = _enough(text, wanted, low)
    begin, whole = _begin(text, low, found, wanted, title, length)
    skipped = furniture(text, begin, begin + 2 * length)
    if any(_is_within(one, skipped) for one in found if begin <= one.start < begin + length):
        outside = _enough(text, wanted, low, without_furniture=True)
        if outside:
            found = outside
            begin, whole = _begin(text, low, found, wanted, title, length)
            skipped = furniture(text, begin, begin + 2 * length)
        else:
            skipped = [
                (first, last) for first, last in skipped if not any(map(str.isalnum, text[first:last]))
            ]
    parts = _parts(text, begin, length, skipped, found)
    return _printed(text, parts, found, whole or (bool(parts) and parts[0][0] > begin))


def _enough(text: str, wanted: Wanted, low: int, *, without_furniture: bool = False) -> list[Found]:
    """Return the likely occurrences from ``low`` up to where one stretch of text has held everything wanted."""
    found: list[Found] = []
    at, limit = low, min(len(text), _LONGEST_TEXT)
    while at < limit:
        end = _blank_from(text, at + _STRETCH)
        stretch = _in_stretch(text, wanted, at, end, without_furniture)
        found += stretch
        if stretch and wanted.is_answered({one.term for one in stretch}):
            # A fragment that begins in this stretch may end in the next.
            found += _in_stretch(text, wanted, end, _blank_from(text, end + FRAGMENT), without_furniture)
            break
        at = end
    return likely(text, found, wanted)


def _in_stretch(text: str, wanted: Wanted, start: int, end: int, without_furniture: bool) -> list[Found]:
    found = _occurrences(text, wanted, start, end)
    aside = furniture(text, start, end) if found and without_furniture else []
    return [one for one in found if not _is_within(one, aside)] if aside else found


def _is_within(one: Found, stretches: Sequence[Range]) -> bool:
    return any(first <= one.start < last for first, last in stretches)


def _begin(
    text: str, low: int, found: Sequence[Found], wanted: Wanted, title: str, length: int
) -> tuple[int, bool]:
    """Return where the best window begins that does not repeat the title, and whether a sentence does there."""
    if len(text) - low <= length:
        return low, True
    windows = best_windows(found, neighbours(text, found, wanted), length)
    if not windows:
        return low, True
    first = begin, whole = begin_of(text, low, windows[0], length)
    title_words = words_of(title) if len(windows) > 1 else frozenset()
    for window in windows[1:]:
        if not repeats(text[begin : begin + length], title_words):
            return begin, whole
        begin, whole = begin_of(text, low, window, length)
    return first if repeats(text[begin : begin + length], title_words) else (begin, whole)


def _parts(
    text: str, begin: int, length: int, skipped: Sequence[Range], found: Sequence[Found]
) -> list[tuple[int, int, bool]]:
    """Return what is shown from ``begin`` on, without what is ``skipped``, and whether it is cut within a sentence."""
    parts: list[tuple[int, int, bool]] = []
    at = begin
    for first, last in (*skipped, (len(text), len(text))):
        if first > at and text[at:first].strip():
            high = min(first, at + length)
            if high < first:
                marked = max((one.end for one in found if at <= one.start and one.end <= high), default=at)
                parts.append((at, *end_of(text, at, marked, high)))
                return parts
            parts.append((at, first, False))
            length -= first - at
            if length < LEAD:
                return parts
        at = max(at, last)
    return parts


def _printed(
    text: str, parts: Sequence[tuple[int, int, bool]], found: Sequence[Found], whole: bool
) -> Marked:
    """Put the parts together, with their marks."""
    shown = "" if whole else "… "
    marks: list[Range] = []
    for i, (begin, end, cut) in enumerate(parts):
        shown += " … " if i else ""
        inside = [one for one in found if begin <= one.start and one.end <= end]
        ranges = [(first - begin, last - begin) for first, last in _join(text, inside)]
        piece, ranges = _with_single_blanks(text[begin:end], ranges)
        marks += ((first + len(shown), last + len(shown)) for first, last in ranges)
        shown += piece + (" …" if cut else "")
    return Marked(shown, tuple(marks))


def _with_single_blanks(piece: str, ranges: list[Range]) -> tuple[str, list[Range]]:
    """Return ``piece`` with one blank for any, none at its ends, and where its ranges then stand."""
    flat = " ".join(piece.split())
    if len(flat) == len(piece):
        return flat, ranges
    moved = []
    for first, last in ranges:
        before = " ".join(piece[:first].split())
        start = len(before) + (1 if before and piece[first - 1].isspace() else 0)
        moved.append((start, start + len(" ".join(piece[first:last].split()))))
    return flat, moved


def _blank_from(text: str, at: int) -> int:
    blank = _BLANK.search(text, at)
    return blank.start() if blank else len(text)


def _occurrences(text: str, wanted: Wanted, start: int = 0, end: int | None = None) -> list[Found]:
    return wanted.finder.occurrences(text, start, len(text) if end is None else end)


def _join(text: str, found: Sequence[Found]) -> Marks:
    """Turn occurrences into ranges; those that overlap and parts of one written word (``38-CT/TW``) become one."""
    marks: list[Range] = []
    for one in found:
        if marks and one.start - marks[-1][1] <= 2 and not _has_blank(text[marks[-1][1] : one.start]):
            marks[-1] = (marks[-1][0], max(marks[-1][1], one.end))
        else:
            marks.append((one.start, one.end))
    return tuple(marks)


def _has_blank(text: str) -> bool:
    return any(map(str.isspace, text))
