"""Pure: blanks between the letters of a page that PDFium omits or inserts wrongly, found by the letters' positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from statistics import mean, median

from indexer.model import Box

Letter = tuple[str, Box, bool]
"""A letter, blank or end of line, its position, and whether PDFium inserted it."""
_WELDED = re.compile(
    r"[^\W\d_A-ZĐ][A-ZĐ][^\W\d_A-ZĐ]|\d[A-ZĐ][^\W\d_A-ZĐ]{2}|[^\W\d_]{7}[^\W\d_A-Za-z]|[^\W\d_A-Za-z][^\W\d_]{7}"
)
"""What no Vietnamese word looks like: "UyBan", "1Theo", or longer than a syllable."""
_FEW = 500
"""Up to so many characters a page is always checked: labels in a drawing are above one another."""
_MOST = 100
"""The most words of a page that are checked."""
_BESIDE = 3
"""The number of letters around such a word that show how wide gaps are."""
_GAP = 0.23
"""The gap from which two words may be separate, as a share of the width of nearby letters (0.1 em)."""
_ALONE = 4
"""A gap between words is this many times as wide as those between nearby letters, so that spaced letters are not separated."""
_EVEN = 1.2
"""The largest gap that still belongs to a spaced-out line, relative to its other gaps."""


def is_welded(text: str, letters: Callable[[int, int], Sequence[Letter]]) -> bool:
    """Return whether words of a page are joined wrongly, by checking those that look like it.

    ``letters`` returns the letters of a part of ``text``.
    """
    if len(text) <= _FEW:
        return True
    for found in islice(_WELDED.finditer(text), _MOST):
        start, end = max(0, found.start() - _BESIDE), min(len(text), found.end() + _BESIDE)
        part = letters(start, end)
        if [letter for letter, _, _ in part] != list(text[start:end]) or len(parted(part)) > len(part):
            return True
    return False


def parted(letters: Sequence[Letter]) -> list[Letter]:
    """Return ``letters`` with a blank in each gap between two words, and an end of line between letters above one another."""
    found = list(letters[:1])
    for at, (one, other) in enumerate(pairwise(letters)):
        if not (one[0].isspace() or other[0].isspace()):
            if _is_above(one[1], other[1]):
                found.append(("\n", other[1], True))
            elif _is_gap(letters, at):
                found.append((" ", other[1], True))
        found.append(other)
    return found


def joined(line: Sequence[Letter]) -> list[Letter]:
    """Return ``line`` without the blanks inserted in gaps as wide as all others, as between spaced-out letters."""
    gaps = [gap(one, other) for one, other in pairwise(line) if not (one[0].isspace() or other[0].isspace())]
    usual = median(gaps) if len(gaps) > 1 else 0
    if usual <= 0:
        return list(line)
    found: list[Letter] = []
    for at, letter in enumerate(line):
        if letter[0] == " " and letter[2] and 0 < at < len(line) - 1:
            one, other = line[at - 1], line[at + 1]
            if not (one[0].isspace() or other[0].isspace()) and -usual < gap(one, other) <= _EVEN * usual:
                continue
        found.append(letter)
    return found


def gap(one: Letter, other: Letter) -> int:
    """Return the distance from ``one`` to ``other``."""
    return other[1][0] - one[1][2]


def _is_above(one: Box, other: Box) -> bool:
    """Return whether they are labels above one another; letters in vertical text are closer."""
    tall = max(one[3] - one[1], other[3] - other[1])
    apart = max(other[1] - one[3], one[1] - other[3])
    return apart >= tall > 0 and other[0] < one[2]


def _is_gap(letters: Sequence[Letter], at: int) -> bool:
    one, other = letters[at], letters[at + 1]
    wide = gap(one, other)
    if wide <= 0 or not _is_word(one, other) or not _is_beside(one, other):
        return False
    widths = [box[2] - box[0] for letter, box, _ in letters[max(0, at - 2) : at + 4] if not letter.isspace()]
    around = list(_around(letters, at))
    return bool(around) and wide >= _GAP * mean(widths) and all(_ALONE * beside <= wide for beside in around)


def _is_word(one: Letter, other: Letter) -> bool:
    return (one[0].isalnum() or one[0] in ",;:)") and other[0].isalpha()


def _is_beside(one: Letter, other: Letter) -> bool:
    (_, top, _, bottom), (_, upper, _, lower) = one[1], other[1]
    return min(bottom, lower) - max(top, upper) > 0.7 * max(bottom - top, lower - upper)


def _around(letters: Sequence[Letter], at: int) -> Iterator[int]:
    for before in (at - 2, at - 1, at + 1, at + 2):
        if 0 <= before < len(letters) - 1:
            one, other = letters[before], letters[before + 1]
            if not (one[0].isspace() or other[0].isspace()) and _is_beside(one, other):
                yield gap(one, other)
