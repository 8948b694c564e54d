"""What is drawn beside the text of a document: which shapes there are, and which group each belongs to. PURE."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.formats.office_art import IDENTITY, OPTIONS, SHAPE, Record, options, records

_OUTERMOST = 2
"""How deep the group stands that is the drawing itself."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, by the number that places in the text name it with."""

    owner: int
    """The group that it stands in, or itself."""
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
        # One byte says whether the drawing is of the text or of the headers.
        _walk(content, at + 1, at + 9 + size, None, 0, found)
        at += 9 + size
    return found


def _walk(content: bytes, at: int, end: int, owner: int | None, depth: int, found: dict[int, Shape]) -> None:
    """Put the shapes between two places into ``found``; ``owner`` is the group that they stand in."""
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
