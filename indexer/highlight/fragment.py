"""Pure: the marked ranges of a text, and its best fragment.

The text is in NFC and is analysed as for the index, so that whatever was found is marked, regardless of accents, tone style and
case.
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
"""Length of a fragment in characters: two to three lines of a result on a desktop, five on a phone."""
_STRETCH = 700
"""Number of characters examined at a time; most articles match in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Number of characters searched for the best fragment; if a text matches only after them, its beginning is shown."""
_WIDEST = 2
"""Maximum extent of a fragment including omissions, in fragment lengths."""
_BLANK = re.compile(r"\s")


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order and without overlaps."""
    return joined(text, likely(text, _occurrences(text, wanted), wanted), wanted)


def marked(text: str, wanted: Wanted) -> Marked:
    """Return the whole ``text`` with its marks.

    >>> from indexer.highlight.from_query import wanted_by
    >>> from indexer.query.parser import parse
    >>> marked("Ban hành Kế hoạch mới", wanted_by(parse("ke hoach")))
    Marked(text='Ban hành Kế hoạch mới', marks=((9, 17),))
    """
    return Marked(text, mark(text, wanted))


def has_match(text: str, wanted: Wanted, *, without_furniture: bool = False) -> bool:
    """Tell whether anything in ``text`` would be marked, optionally ignoring furniture."""
    found = _occurrences(text, wanted)
    if not without_furniture:
        return bool(found)
    end = 0
    for one in found:
        if one.start >= end:
            # One check of the surrounding lines is enough, since most places are not furniture.
            end = max((last for _, last in furniture(text, one.start, one.end)), default=0)
            if one.start >= end:
                return True
    return False


def terms_in(text: str, wanted: Wanted, start: int, end: int) -> set[str]:
    """Return the wanted terms in ``text[start:end]``, as :attr:`Found.term`."""
    return {one.term for one in _occurrences(text, wanted, start, end)}


def answers(text: str, wanted: Wanted) -> bool:
    """Tell whether ``text`` contains everything that was requested; always False with prefixes and typos."""
    return wanted.is_answered(terms_in(text, wanted, 0, len(text)))


def fragment(text: str, wanted: Wanted, *, title: str = "", length: int = FRAGMENT) -> Marked:
    """Return the best part of ``text``, about ``length`` characters, with its marks.

    :func:`best_windows` defines what is best; among equals, the first that does not repeat the ``title`` shown above it.
    Furniture is left out unless everything else is less than half as good; a first line equal to the title is always left out.
    An ellipsis marks cut sentences and omissions; runs of blanks become one.
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
    """Return the number of syllables in distinct words and phrases that were found."""
    return sum({one.term: one.syllables for one in found}.values())


def _enough(text: str, wanted: Wanted, low: int, *, without_furniture: bool = False) -> list[Found]:
    """Return the likely occurrences from ``low`` up to the end of a stretch that contains everything wanted."""
    found: list[Found] = []
    at, limit = low, min(len(text), _LONGEST_TEXT)
    while at < limit:
        end = _blank_from(text, at + _STRETCH)
        stretch = _in_stretch(text, wanted, at, end, without_furniture)
        found += stretch
        if stretch and wanted.is_answered({one.term for one in stretch}):
            # A fragment that begins in this stretch may end in the next one.
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
    """Return the start of the best window that does not repeat the title, and whether a sentence begins there."""
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
