"""The shapes drawn in a document, and the group each belongs to. PURE."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.formats.office_art import IDENTITY, OPTIONS, SHAPE, Record, options, records

_OUTERMOST = 2
"""The depth of the group that is the drawing itself."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape, with the number by which the text refers to it."""

    owner: int
    """The group that contains it, or itself."""
    words: tuple[str, ...]
    hidden: bool


def shapes(content: bytes) -> dict[int, Shape]:
    """Return the shapes of the drawings of a document (OfficeArtContent, [MS-DOC] 2.9.172) by their numbers."""
    found: dict[int, Shape] = {}
    if len(content) < 8:
        return found
    at = 8 + int.from_bytes(content[4:8], "little")  # what all drawings share
    while at + 9 < len(content):
        size = int.from_bytes(content[at + 5 : at + 9], "little")
        # One byte says whether the drawing belongs to the text or the headers.
        _walk(content, at + 1, at + 9 + size, None, 0, found)
        at += 9 + size
    return found


def _walk(content: bytes, at: int, end: int, owner: int | None, depth: int, found: dict[int, Shape]) -> None:
    """Put the shapes between two positions into ``found``; ``owner`` is the group that contains them."""
    for record in records(content, at, end):
        if record.kind == SHAPE:
            number = _number(content, record)
            said = [
                options(content, one)
                for one in records(content, record.start, record.end)
                if one.kind in OPTIONS
            ]
            words = tuple(word for one in said for word in one.words)
            found[number] = Shape(number if owner is None else owner, words, any(one.hidden for one in said))
            if depth > _OUTERMOST and owner is None:  # the first of a group is the group
                owner = number
        elif record.is_container and depth < _DEEPEST:
            _walk(content, record.start, record.end, owner, depth + 1, found)


def _number(content: bytes, shape: Record) -> int:
    identities = (one for one in records(content, shape.start, shape.end) if one.kind == IDENTITY)
    return next((int.from_bytes(content[one.start : one.start + 4], "little") for one in identities), 0)
