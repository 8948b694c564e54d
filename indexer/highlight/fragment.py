"""Pure: the marked ranges of a text and its best fragment.

Works on NFC text with the analyzer of the index, so that what was found is what is marked,
whatever the accents, the tone style or the case in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.highlight.excerpt import excerpt
from indexer.highlight.finder import Found, Wanted
from indexer.highlight.furniture import Range, furniture, leaders
from indexer.highlight.likely import likely, neighbours
from indexer.highlight.runs import joined
from indexer.highlight.title import repeats, title_end, words_of
from indexer.highlight.window import begin_of, best_windows
from indexer.model import Marked, Marks

FRAGMENT = 260
"""Characters of a fragment: two to three lines of a result on a desk, five on a phone."""
_STRETCH = 700
"""Characters looked through at a time: most articles answer in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Characters searched for the best fragment; hits beyond that in one text show its beginning."""
_WIDEST = 2
"""How far what is left out may stretch what is shown, in lengths of a fragment."""
_BLANK = re.compile(r"\s")


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order, none overlapping."""
    return joined(text, likely(text, _occurrences(text, wanted), wanted), wanted)


def marked(text: str, wanted: Wanted) -> Marked:
    """Return ``text`` whole with its marks.

    >>> from indexer.highlight.from_query import wanted_by
    >>> from indexer.query.parser import parse
    >>> marked("Ban hành Kế hoạch mới", wanted_by(parse("ke hoach")))
    Marked(text='Ban hành Kế hoạch mới', marks=((9, 17),))
    """
    return Marked(text, mark(text, wanted))


def has_match(text: str, wanted: Wanted, *, without_furniture: bool = False) -> bool:
    """Tell whether anything of ``text`` would be marked, on wish outside of furniture."""
    found = _occurrences(text, wanted)
    if not without_furniture:
        return bool(found)
    end = 0
    for one in found:
        if one.start >= end:
            # One look at the lines around a place: most places are no furniture, and one is enough.
            end = max((last for _, last in furniture(text, one.start, one.end)), default=0)
            if one.start >= end:
                return True
    return False


def terms_in(text: str, wanted: Wanted, start: int, end: int) -> set[str]:
    """Return the terms of what is wanted that stand in ``text[start:end]``, as :attr:`Found.term`."""
    return {one.term for one in _occurrences(text, wanted, start, end)}


def answers(text: str, wanted: Wanted) -> bool:
    """Tell whether ``text`` holds all that was asked for; of beginnings and typos that is never said."""
    return wanted.is_answered(terms_in(text, wanted, 0, len(text)))


def fragment(text: str, wanted: Wanted, *, title: str = "", length: int = FRAGMENT) -> Marked:
    """Return the part of ``text`` that answers best, about ``length`` characters, with its marks.

    Best is what :func:`best_windows` says; among equals the first that does not repeat ``title``, which stands
    above it. Furniture is left out, unless all else answers less than half as well, and in any case a first
    line that is the title. Where a sentence is cut, or something is left out, stands an ellipsis; blanks are one.
    """
    low = title_end(text, title)
    found = _enough(text, wanted, low)
    begin, whole = _begin(text, low, found, wanted, title, length)
    skipped = furniture(text, begin, begin + _WIDEST * length)
    if any(_is_within(one, skipped) for one in found if begin <= one.start < begin + length):
        outside = _enough(text, wanted, low, without_furniture=True)
        if 2 * _held(outside) >= _held(found):
            found = outside
            begin, whole = _begin(text, low, found, wanted, title, length)
            skipped = furniture(text, begin, begin + _WIDEST * length)
        else:
            skipped = leaders(text, begin, begin + _WIDEST * length)
    return excerpt(text, (begin, begin + _WIDEST * length), whole, length, skipped, found, wanted)


def _held(found: Sequence[Found]) -> int:
    """Return how many syllables of different words and phrases were found."""
    return sum({one.term: one.syllables for one in found}.values())


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


def _blank_from(text: str, at: int) -> int:
    blank = _BLANK.search(text, at)
    return blank.start() if blank else len(text)


def _occurrences(text: str, wanted: Wanted, start: int = 0, end: int | None = None) -> list[Found]:
    return wanted.finder.occurrences(text, start, len(text) if end is None else end)
