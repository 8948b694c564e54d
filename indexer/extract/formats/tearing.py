"""Pure: letters of a page that are stored in another order than they are shown, or so far apart that each looks like a word.

A program that takes some letters from another font may write these first ("Đề ự ầ án xây d ng ph n"). One that prints a web
page places each letter separately, without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from indexer.extract.formats.spacing import Letter, gap, joined
from indexer.model import Box
from indexer.vietnamese.spelling import is_syllable

_FEW = 20
"""The number of words below which a page is not judged."""
_CONSONANTS = frozenset("bcdghklmnpqrstvx")
_SINGLE = re.compile(r"(?<!\S)[^\W\d_](?!\S)")
_LINE, _LINE_SHARE = 5, 0.5
"""The number of single letters in a line, and their share of its words, from which it counts as torn."""
_PAGE_SHARE = 0.12
"""The same share for a page: prose has 0.01 to 0.02, a table with letters as columns 0.05."""
_NO_LETTER, _NO_LETTERS = re.compile("[\ue000-\uf8ff\ufffd]"), 0.4
"""Glyph numbers that stand for no letter, and their share of a page from which it is not text."""
_REST_SHARE = 0.4
"""The share of a page's words that are not words: "d ng ph n m m"."""
_GAP = 0.3
"""The gap that counts as a blank, in letter widths (0.14 em): PDFium's own measure."""
_JUMP = 1.5
"""The least factor between gaps within words and gaps between words."""


def is_torn(text: str) -> bool:
    """Return whether so many words of a page are single letters that this cannot be intended."""
    words = [word for word in text.split() if word.isalpha()]
    single = sum(len(word) == 1 for word in words)
    return len(words) >= _FEW and single >= _PAGE_SHARE * len(words)


def is_broken(text: str) -> bool:
    """Return whether the words of a page are unreadable: its font does not say which letters they are, or it is torn.

    Single letters in a table or formula leave the words between them whole.
    """
    if len(_NO_LETTER.findall(text)) > _NO_LETTERS * len(text):
        return True
    if not is_torn(text):
        return False
    words = [word for word in text.split() if word.isalpha()]
    rests = sum(map(_is_rest, words))
    return rests >= _REST_SHARE * len(words)


def _is_rest(word: str) -> bool:
    if len(word) == 1:
        return not word.isascii() or word in _CONSONANTS
    return not is_syllable(word)


def may_be_torn(text: str) -> bool:
    """Return whether it is worth checking the positions of a page's letters."""
    if len(_SINGLE.findall(text)) < _LINE:
        return False
    return is_torn(text) or any(_is_torn_line(line) for line in text.splitlines() if len(line) > 2 * _LINE)


def mended(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a page with each line ordered from left to right, and blanks in wide gaps."""
    found: list[Letter] = []
    for line in _lines(letters):
        back = sum(_is_back(one[1], other[1]) for one, other in pairwise(line) if not one[2] and not other[2])
        if back or _is_torn_line("".join(letter for letter, _, _ in line)):
            line = _mended_line(line)
        else:
            line = joined(line)
        found += line
        if line:
            found.append(("\n", line[-1][1], True))
    return found


def _lines(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield the lines; letters within the previous line belong to it."""
    line: list[Letter] = []
    before: list[Letter] = []
    for letter in _with_ends(letters):
        if letter[0] not in "\r\n":
            line.append(letter)
        elif line:
            if before and _is_within(before, line):
                before += line
            else:
                yield before
                before = line
            line = []
    yield before


def _with_ends(letters: Sequence[Letter]) -> Iterator[Letter]:
    """Yield the letters, also with an end of line where one is followed by a blank and the line below."""
    last: Box | None = None
    for letter in letters:
        if not letter[2]:
            if last and letter[1][0] < last[0] and 2 * (last[3] - letter[1][1]) < last[3] - last[1]:
                yield "\n", letter[1], True
            last = letter[1]
        yield letter
    yield "\n", (0, 0, 0, 0), True


def _is_within(before: Sequence[Letter], line: Sequence[Letter]) -> bool:
    one, other = _around(before), _around(line)
    tall = min(one[3] - one[1], other[3] - other[1])
    return (
        min(one[3], other[3]) - max(one[1], other[1]) > 0.7 * tall and other[0] < one[2] and one[0] < other[2]
    )


def _around(line: Sequence[Letter]) -> Box:
    lefts, tops, rights, bottoms = zip(*(box for _, box, made_up in line if not made_up), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_back(one: Box, other: Box) -> bool:
    return other[0] + other[2] < one[0] + one[2] and other[2] <= one[0] + 1


def _is_torn_line(text: str) -> bool:
    words = [word for word in text.split() if word.isalpha()]
    single = sum(len(word) == 1 for word in words)
    return single >= _LINE and single >= _LINE_SHARE * len(words)


def _mended_line(line: Sequence[Letter]) -> list[Letter]:
    real = sorted((one for one in line if not one[2]), key=lambda one: one[1][0] + one[1][2])
    widths = [box[2] - box[0] for letter, box, _ in real if not letter.isspace()]
    if not widths:
        return list(line)
    gaps = [gap(one, other) for one, other in pairwise(real) if not (one[0].isspace() or other[0].isspace())]
    blank = _blank(gaps, _GAP * median(widths))
    found = real[:1]
    for one, other in pairwise(real):
        if not (one[0].isspace() or other[0].isspace()) and gap(one, other) >= blank:
            found.append((" ", other[1], True))
        found.append(other)
    return found


def _blank(gaps: Sequence[int], usual: float) -> float:
    """Return the gap from which letters belong to two words: a spaced-out line has gaps of two sizes."""
    if not gaps or (middle := median(gaps)) < usual / 2:
        return usual
    wide = sorted(one for one in gaps if one >= middle)
    return next(((a + b) / 2 for a, b in pairwise(wide) if b >= _JUMP * a), float("inf"))
