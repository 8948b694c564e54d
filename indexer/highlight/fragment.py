"""Pure: the marked ranges of a text and its best fragment.

Works on NFC text with the analyzer of the index, so that what was found is what is marked,
whatever the accents, the tone style or the case in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.highlight.finder import Found, Wanted
from indexer.model import Marked, Marks
from indexer.vietnamese.terms import SYLLABLE

FRAGMENT = 260
"""Characters of a fragment: two to three lines of a result on a desk, five on a phone."""
_LEAD = 60
"""Characters shown before the first mark, to begin with some context."""
_STRETCH = 1000
"""Characters looked through at a time: most articles answer in their first paragraphs."""
_LONGEST_TEXT = 300_000
"""Characters searched for the best fragment; hits beyond that in one text show its beginning."""
_BLANK = re.compile(r"\s")


def mark(text: str, wanted: Wanted) -> Marks:
    """Return the ranges of ``text`` to mark, in order, none overlapping."""
    return _join(text, _likely(text, list(_occurrences(text, wanted)), wanted))


def marked(text: str, wanted: Wanted) -> Marked:
    """Return ``text`` whole with its marks."""
    return Marked(text, mark(text, wanted))


def fragment(text: str, wanted: Wanted, length: int = FRAGMENT) -> Marked:
    """Return the part of ``text`` that answers best, about ``length`` characters, with its marks.

    Best is most different terms, then exact accents, then the earliest. Cut sides get an ellipsis.
    """
    found = _likely(text, _enough(text, wanted), wanted)
    start = _best_start(found, length)
    if len(text) <= length:
        begin, end = 0, len(text)
    else:
        begin = _word_start(text, max(0, start - _LEAD)) if start > _LEAD else 0
        end = _word_end(text, min(len(text), begin + length))
    inside = [one for one in found if begin <= one.start and one.end <= end]
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    # Blanks stay one for one, so that offsets hold.
    piece = _BLANK.sub(" ", text[begin:end])
    shift = len(before) - begin
    marks = tuple((first + shift, last + shift) for first, last in _join(text, inside))
    return Marked(before + piece + after, marks)


def _enough(text: str, wanted: Wanted) -> list[Found]:
    """Return the occurrences up to where one stretch of text has held everything wanted."""
    needed = wanted.words.keys() - wanted.optional
    found: list[Found] = []
    at, limit = 0, min(len(text), _LONGEST_TEXT)
    while at < limit:
        end = _blank_from(text, at + _STRETCH)
        stretch = list(_occurrences(text, wanted, at, end))
        found += stretch
        terms = {one.term for one in stretch}
        if needed <= terms and not wanted.prefixes and not wanted.typos:
            phrase = any(one.in_phrase for one in stretch)
            if phrase or not wanted.phrases or (wanted.optional and wanted.optional <= terms):
                # A fragment that begins in this stretch may end in the next.
                return [*found, *_occurrences(text, wanted, end, _blank_from(text, end + FRAGMENT))]
        at = end
    return found


def _blank_from(text: str, at: int) -> int:
    blank = _BLANK.search(text, at)
    return blank.start() if blank else len(text)


def has_match(text: str, wanted: Wanted) -> bool:
    """Tell whether anything of ``text`` would be marked."""
    return next(_occurrences(text, wanted), None) is not None


def _occurrences(text: str, wanted: Wanted, start: int = 0, end: int | None = None) -> Iterator[Found]:
    return wanted.finder.occurrences(text, start, len(text) if end is None else end)


def _likely(text: str, found: list[Found], wanted: Wanted) -> list[Found]:
    """Drop occurrences that merely look like what was meant.

    Of a term that also occurs with the accents typed, those with others; of a term typed without
    accents that also stands beside its neighbour of the query, those with other accents than it
    has there: ``chuyen doi so`` means ``số`` where the text has ``chuyển đổi số``, not ``sở``.
    """
    as_typed = {one.term for one in found if one.exact}
    kept = [one for one in found if one.exact or one.term not in as_typed]
    kept.sort(key=lambda one: one.start)
    meant: dict[str, set[str]] = {}
    for one, other in pairwise(kept):
        if (one.term, other.term) in wanted.pairs and not SYLLABLE.search(text, one.end, other.start):
            meant.setdefault(one.term, set()).add(one.toned)
            meant.setdefault(other.term, set()).add(other.toned)
    kept = [one for one in kept if one.term not in meant or one.toned in meant[one.term]]
    return [one for i, one in enumerate(kept) if not i or one.start >= kept[i - 1].end]


def _best_start(found: Sequence[Found], length: int) -> int:
    """Return where the window with the most different terms begins: two pointers, linear."""
    counts: dict[str, int] = {}
    best, best_score, last = 0, (0, 0), 0
    reach = length - _LEAD
    for first, one in enumerate(found):
        while last < len(found) and found[last].end <= one.start + reach:
            counts[found[last].term] = counts.get(found[last].term, 0) + 1
            last += 1
        score = (len(counts), min(last - first, 2 * len(counts)))
        if score > best_score:
            best, best_score = one.start, score
        if one.term in counts:
            counts[one.term] -= 1
            if not counts[one.term]:
                del counts[one.term]
        last = max(last, first + 1)
    return best


def _join(text: str, found: Sequence[Found]) -> Marks:
    """Turn occurrences into ranges; parts of one written word (``38-CT/TW``) become one."""
    marks: list[tuple[int, int]] = []
    for one in found:
        if (
            marks
            and one.start - marks[-1][1] <= 2
            and not any(map(str.isspace, text[marks[-1][1] : one.start]))
        ):
            marks[-1] = (marks[-1][0], one.end)
        else:
            marks.append((one.start, one.end))
    return tuple(marks)


def _word_start(text: str, at: int) -> int:
    while at and not text[at - 1].isspace() and at > 0:
        at -= 1
        if text[at : at + 1].isspace():
            return at + 1
    return at


def _word_end(text: str, at: int) -> int:
    limit = max(0, at - 40)
    end = at
    while end > limit and end < len(text) and not text[end].isspace():
        end -= 1
    return end if end > limit else at
