"""Pure: the marked ranges of a text and its best fragment.

Works on NFC text with the analyzer of the index, so that what was found is what is marked,
whatever the accents, the tone style or the case in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.highlight.finder import Found, Wanted
from indexer.highlight.furniture import Range, furniture
from indexer.highlight.likely import likely, neighbours
from indexer.highlight.title import repeats, title_end, title_terms
from indexer.highlight.window import LEAD, begin_of, best_windows, end_of
from indexer.model import Marked, Marks

FRAGMENT = 260
"""Characters of a fragment: two to three lines of a result on a desk, five on a phone."""
_STRETCH = 1000
"""Characters looked through at a time: most articles answer in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Characters searched for the best fragment; hits beyond that in one text show its beginning."""
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(r"\s+")


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order, none overlapping."""
    return _join(text, likely(text, list(_occurrences(text, wanted)), wanted))


def marked(text: str, wanted: Wanted) -> Marked:
    """Return ``text`` whole with its marks."""
    return Marked(text, mark(text, wanted))


def has_match(text: str, wanted: Wanted) -> bool:
    """Tell whether anything of ``text`` would be marked."""
    return next(_occurrences(text, wanted), None) is not None


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
    found, only_furniture = _enough(text, wanted, low)
    found = likely(text, found, wanted)
    begin, whole = low, True
    if len(text) - low > length:
        windows = best_windows(found, neighbours(text, found, wanted), length)
        if windows:
            begin, whole = _begin(text, low, windows, title, length)
    skipped = furniture(text, begin, begin + 2 * length)
    if only_furniture:
        skipped = [(first, last) for first, last in skipped if not any(map(str.isalnum, text[first:last]))]
    parts = _parts(text, begin, length, skipped, found)
    return _printed(text, parts, found, whole or (bool(parts) and parts[0][0] > begin))


def _enough(text: str, wanted: Wanted, low: int) -> tuple[list[Found], bool]:
    """Return the occurrences up to where one stretch has held everything wanted, and whether all are furniture."""
    found: list[Found] = []
    aside: list[Found] = []
    at, limit = low, min(len(text), _LONGEST_TEXT)
    while at < limit:
        end = _blank_from(text, at + _STRETCH)
        stretch = _outside(text, list(_occurrences(text, wanted, at, end)), aside, at, end)
        found += stretch
        if stretch and wanted.is_answered({one.term for one in stretch}):
            # A fragment that begins in this stretch may end in the next.
            further = _blank_from(text, end + FRAGMENT)
            return found + _outside(
                text, list(_occurrences(text, wanted, end, further)), aside, end, further
            ), False
        at = end
    return (found, False) if found or not aside else (aside, True)


def _outside(text: str, found: list[Found], aside: list[Found], start: int, end: int) -> list[Found]:
    """Return what of ``found`` is not in furniture; the rest is put ``aside``."""
    stretches = furniture(text, start, end) if found else []
    if not stretches:
        return found
    outside: list[Found] = []
    for one in found:
        within = any(first <= one.start < last for first, last in stretches)
        (aside if within else outside).append(one)
    return outside


def _begin(text: str, low: int, windows: Sequence[Range], title: str, length: int) -> tuple[int, bool]:
    """Return where the first window begins that does not repeat the title, and whether a sentence does there."""
    terms = title_terms(title) if len(windows) > 1 else frozenset()
    best: tuple[int, bool] | None = None
    for window in windows:
        begins = begin_of(text, low, window, length)
        if not terms or not repeats(text[begins[0] : begins[0] + length], terms):
            return begins
        best = best or begins
    return best or (low, True)


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
        at = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        for first, last in _join(text, [one for one in found if begin <= one.start and one.end <= end]):
            shown += _BLANKS.sub(" ", text[at:first])
            marks.append((len(shown), len(shown) + len(_BLANKS.sub(" ", text[first:last]))))
            shown += _BLANKS.sub(" ", text[first:last])
            at = last
        shown += _BLANKS.sub(" ", text[at:end].rstrip()) + (" …" if cut else "")
    return Marked(shown, tuple(marks))


def _blank_from(text: str, at: int) -> int:
    blank = _BLANK.search(text, at)
    return blank.start() if blank else len(text)


def _occurrences(text: str, wanted: Wanted, start: int = 0, end: int | None = None) -> Iterator[Found]:
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
