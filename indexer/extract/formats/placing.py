"""Pure: words placed on a page outside its text -> where in the text they are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import WHOLE, Box

_WORD = re.compile(r"\S+")
_WIDE = 2
"""The gap between two pieces, in line heights: a stamp leaves room between number and date."""
_DINGBATS = re.compile(r"[\u2700-\u27BF\u25A0-\u25FF\u2022]+")
"""Ticks and boxes."""
_LONG = 8
"""The length from which the same text in two adjacent annotations counts as one: a signature is often a field and a stamp."""
_FEW = 20
"""The most pieces with the same words that are compared."""
_FIELDS = 200
"""The number of fields on a page above which the same value in adjacent fields counts as one."""
_LOOK = 200
"""The number of characters examined after a position."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Adjacent words."""

    text: str
    box: Box
    """The box around all words, after turning their lines level: left, top, right, bottom from the page's upper left."""
    boxes: tuple[Box, ...]
    """The box of each word."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Words inserted into the text of a page after its first ``after`` words."""

    page: int
    after: int
    text: str
    inline: bool
    """Whether they join the line of their neighbours, rather than form one of their own."""
    boxes: tuple[Box, ...] = ()
    """The box of each word; none if it is not visible on the page."""


def _pieces(drawn: Iterable[tuple[str, Box]], turned: Callable[[Box], Box]) -> Iterator[Piece]:
    """Yield the ``drawn`` words in pieces: those of one line without a wide gap."""
    line: list[tuple[str, Box]] = []
    for word, box in drawn:
        if _DINGBATS.fullmatch(word):
            continue
        if line and not _goes_on(turned(line[-1][1]), turned(box)):
            yield _piece(line, turned)
            line = []
        line.append((word, box))
    if line:
        yield _piece(line, turned)


def _goes_on(last: Box, box: Box) -> bool:
    return _alike(last, box) and -1 <= box[0] - last[2] <= _WIDE * (box[3] - box[1])


def _piece(line: Sequence[tuple[str, Box]], turned: Callable[[Box], Box]) -> Piece:
    boxes = tuple(box for _, box in line)
    lefts, tops, rights, bottoms = zip(*map(turned, boxes), strict=True)
    around = min(lefts), min(tops), max(rights), max(bottoms)
    return Piece(" ".join(word for word, _ in line), around, boxes)


def _turned(words: Sequence[tuple[str, Box]]) -> Callable[[Box], Box]:
    """Return a function that turns lines level that run down or up the page."""
    wide = sum((box[2] - box[0]) - (box[3] - box[1]) for word, box in words if len(word) > 1)
    if wide >= 0:
        return lambda box: box
    steps = [after[1] - before[1] for (_, before), (_, after) in pairwise(words) if before[0] == after[0]]
    if sum(step > 0 for step in steps) * 2 >= len(steps):
        return lambda box: (box[1], WHOLE - box[2], box[3], WHOLE - box[0])
    return lambda box: (WHOLE - box[3], box[0], WHOLE - box[1], box[2])


def placed(
    page: int,
    own: Sequence[tuple[str, Box]],
    drawn: Sequence[tuple[str, Box]],
    values: Sequence[tuple[str, Box]],
    notes: Sequence[str],
) -> list[Addition]:
    """Return where in the words of a page its annotations are read, each text once.

    ``drawn`` words go beside their neighbours, as do ``values`` that are not drawn; ``notes`` come last. Two form fields may
    have the same value.
    """
    turned = _turned([*own, *drawn])
    fields = [turned(box) for _, box in values[:_FIELDS]]
    level = [(word, turned(box)) for word, box in own]
    seen = list(_pieces(drawn, turned))
    found: list[Addition] = []
    told: dict[str, list[tuple[int, Box]]] = {}
    for piece in (*seen, *_undrawn(values, seen, turned)):
        after, inline = _place(piece.box, level)
        others = told.setdefault(piece.text, [])
        if not any(
            _alike(piece.box, box)
            and (at == after or len(piece.text) >= _LONG)
            and not _in_two(fields, piece.box, box)
            for at, box in others[-_FEW:]
        ):
            found.append(Addition(page, after, piece.text, inline, piece.boxes))
        others.append((after, piece.box))
    said = _plain(" ".join([*(word for word, _ in own), *(one.text for one in found)]))
    found += (
        Addition(page, len(own), note, False)
        for note in dict.fromkeys(notes)
        if note and _plain(note) not in said
    )
    return found


def with_additions(text: str, additions: Sequence[Addition]) -> str:
    """Return ``text`` with ``additions`` inserted."""
    ends = [0, *(word.end() for word in _WORD.finditer(text))]
    parts: list[str] = []
    done = 0
    for one in sorted(additions, key=lambda one: one.after):
        end = max(done, ends[min(one.after, len(ends) - 1)])
        parts.append(text[done:end])
        rest = text[end : end + _LOOK].lstrip(" ")
        gap = " " if one.inline else "\n"
        if any(parts):
            parts.append(gap)
        parts.append(one.text)
        # A number stamped into "Số: …/QĐ-UBND" forms one word with its symbol.
        if one.inline and one.text[-1:].isdigit() and rest[:1] == "/":
            end = text.index("/", end)
        elif rest[:1] not in ("", "\n") and not (one.inline and text[end : end + 1] == " "):
            parts.append(gap)
        done = end
    return "".join([*parts, text[done:]]).strip()


def with_added(own: Sequence[tuple[str, Box]], additions: Iterable[Addition]) -> list[tuple[str, Box]]:
    """Return the words of a page with the visible added words."""
    found = list(own)
    for one in sorted(additions, key=lambda one: one.after, reverse=True):
        found[one.after : one.after] = zip(one.text.split(), one.boxes, strict=False)
    return found


def _undrawn(
    values: Iterable[tuple[str, Box]], seen: Iterable[Piece], turned: Callable[[Box], Box]
) -> Iterator[Piece]:
    drawn = _plain(" ".join(piece.text for piece in seen))
    for value, box in values:
        if value and _plain(value) not in drawn:
            yield Piece(value, turned(box), (box,) * len(value.split()))


def _in_two(fields: Sequence[Box], one: Box, other: Box) -> bool:
    first, second = ({at for at, field in enumerate(fields) if _holds(field, box)} for box in (one, other))
    return bool(first and second) and not first & second


def _holds(field: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    return field[0] <= x <= field[2] and field[1] <= y <= field[3]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _place(box: Box, own: Sequence[tuple[str, Box]]) -> tuple[int, bool]:
    """Return the number of words before the piece in ``box``, and whether it joins their line."""
    line = [at for at, (_, other) in enumerate(own) if _alike(box, other)]
    before = [at for at in line if own[at][1][0] < box[0]]
    if before:
        return max(before, key=lambda at: own[at][1][2]) + 1, True
    if line:
        return min(line, key=lambda at: own[at][1][0]), True
    above = [at for at, (_, other) in enumerate(own) if other[3] <= (box[1] + box[3]) // 2]
    if not above:
        return 0, False
    lowest = own[max(above, key=lambda at: own[at][1][3])][1]
    return max(at for at in above if _alike(lowest, own[at][1])) + 1, False


def _alike(one: Box, other: Box) -> bool:
    """Return whether two boxes are on one line: they overlap by half the height of the lower one."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return 2 * shared >= min(one[3] - one[1], other[3] - other[1]) > 0
