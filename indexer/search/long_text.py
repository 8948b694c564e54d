"""A text for reading: its paragraphs, headings and links, and the places that match a query."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import marked, terms_in
from indexer.model import Marked
from indexer.provisions.provision import Outline, Provision

_LONGEST_HEADING = 250
"""Maximum length in characters; anything longer is a paragraph, even with a number."""
_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class Link:
    """``text[start:end]`` of a paragraph links to ``address``: a path, or a place on the page."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading with its title."""

    text: Marked
    provision: Provision | None = None
    """The provision that begins with it."""
    is_heading: bool = False
    links: tuple[Link, ...] = ()
    place: int = 0
    """Number of the matching place that begins with it, from 1; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that contains everything requested: a clause, an article or a paragraph."""

    number: int
    """Counted from 1."""
    anchor: str
    provision: Provision | None = None


@dataclass(frozen=True, slots=True)
class LongText:
    """A text split into paragraphs."""

    paragraphs: tuple[Paragraph, ...] = ()
    outline: Outline = field(default_factory=Outline)
    places: tuple[Place, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether it contains any marks."""
        return any(one.text.marks for one in self.paragraphs)


def long_text(text: str, outline: Outline, wanted: Wanted, links: Sequence[Link] = ()) -> LongText:
    """Return NFC ``text`` in paragraphs; ``links`` are in order, by position in the text, and ``outline`` belongs to it."""
    pieces = list(_pieces(text, outline))
    places = _places(text, outline, pieces, wanted)
    by_start = dict(places)
    linked = [one.start for one in links]
    paragraphs = tuple(
        Paragraph(
            marked(shown, wanted),
            provision,
            heading,
            () if heading else tuple(_within(links, linked, start, start + len(shown))),
            by_start[start].number if start in by_start else 0,
        )
        for start, shown, provision, heading in pieces
    )
    return LongText(paragraphs, outline, tuple(place for _, place in places))


_Piece = tuple[int, str, Provision | None, bool]
"""The start of a paragraph, its words, the provision that begins with it, and whether it is a heading."""


def _pieces(text: str, outline: Outline) -> Iterator[_Piece]:
    at = 0
    for provision in outline.provisions:
        for start, shown in _paragraphs(text, at, provision.start):
            yield start, shown, None, False
        end = text.find("\n", provision.head)
        end = len(text) if end < 0 else end
        lines = list(_paragraphs(text, provision.start, end))
        shown = " ".join(line for _, line in lines)
        heading = provision.kind != "clause" and _is_heading(provision, shown)
        if heading:
            yield provision.start, _joined([line for _, line in lines]), provision, True
        else:
            for i, (start, line) in enumerate(lines):
                yield start, line, provision if i == 0 else None, False
        at = end
    for start, shown in _paragraphs(text, at, len(text)):
        yield start, shown, None, False


def _is_heading(provision: Provision, shown: str) -> bool:
    return len(shown) <= _LONGEST_HEADING and (not provision.title or shown[-1] not in ".;:")


def _joined(lines: Sequence[str]) -> str:
    """Return a heading on one line: ``Chương I. QUY ĐỊNH CHUNG``."""
    first, *others = lines
    sign = ". " if others and first[-1].isalnum() and not first.isupper() else " "
    return sign.join((first, " ".join(others))) if others else first


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in _PARAGRAPH.finditer(text, start, end):
        shown = found.group().strip()
        yield found.start() + found.group().index(shown[0]), shown


def _within(links: Sequence[Link], starts: Sequence[int], start: int, end: int) -> Iterator[Link]:
    for one in links[bisect_left(starts, start) : bisect_left(starts, end)]:
        if one.end <= end:
            yield Link(one.start - start, one.end - start, one.address)


def _places(text: str, outline: Outline, pieces: Sequence[_Piece], wanted: Wanted) -> list[tuple[int, Place]]:
    """Return the places that contain everything requested, each with its start.

    These are the innermost such provisions, otherwise paragraphs. If there are none, there are no places.
    """
    found: list[tuple[int, Provision | None]] = []
    for start, end, provision in _units(text, outline, pieces):
        if _holds(text, wanted, start, end):
            found.append((start, provision))
    if not found:
        found = [(one.start, one) for one in outline.articles if _holds(text, wanted, one.start, one.end)]
    return [
        (start, Place(n, provision.anchor if provision else f"cho-{n}", provision))
        for n, (start, provision) in enumerate(found, 1)
    ]


def _holds(text: str, wanted: Wanted, start: int, end: int) -> bool:
    terms = terms_in(text, wanted, start, end)
    return bool(terms) and (wanted.is_answered(terms) or wanted.open_ended)


def _units(
    text: str, outline: Outline, pieces: Sequence[_Piece]
) -> Iterator[tuple[int, int, Provision | None]]:
    """Yield the candidates: clauses, the introductions of articles, and paragraphs of everything else."""
    starts = [(start, provision) for start, _, provision, _ in pieces]
    ends = [*(start for start, _ in starts[1:]), len(text)][: len(starts)]
    inner: Provision | None = None
    begin = 0
    for (start, provision), end in zip(starts, ends, strict=True):
        if provision is not None or (inner is not None and start >= inner.end):
            if inner is not None:
                yield begin, start, inner
            inner = provision if provision and provision.kind in ("article", "clause") else None
            begin = start
        if inner is None:
            yield start, end, provision
    if inner is not None:
        yield begin, min(inner.end, len(text)), inner
