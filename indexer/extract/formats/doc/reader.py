"""A document of Word 97 to 2003: its body with text boxes, then notes, comments, headers and footers, each once."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from indexer.extract.formats.about import of_persons, without_page_numbers
from indexer.extract.formats.content import Content, UnreadableError, in_pieces, in_unicode
from indexer.extract.formats.doc.drawings import Shape, shapes
from indexer.extract.formats.doc.fib import (
    ANCHORS,
    BOXES,
    DRAWINGS,
    HEADER_BOXES,
    NOTES_OF_HEADERS,
    Fib,
    is_word_97,
    stream,
)
from indexer.extract.formats.doc.inline import inline_words
from indexer.extract.formats.doc.plc import plc
from indexer.extract.formats.doc.story import Stories
from indexer.extract.formats.doc.word95 import OLD_BEGINNINGS, Word95
from indexer.extract.formats.ole_properties import said_in_ole
from indexer.extract.ole import OLE_MAGIC, Ole
from indexer.extract.reasons import problem
from indexer.model import Problem

_ANCHOR, _BOX, _SHAPE_OF_BOX = 26, 22, 14
"""Bytes beside each anchor and each text box, and where in the latter its shape is named."""
_OBJECTS = "ObjectPool"
_SEPARATORS = 6
"""Stories of the headers that stand between text and notes."""


def doc(path: Path, _media_type: str) -> Content:
    """Return the text of the document at ``path``; what is deleted or hidden, and codes of fields, are no text of it.

    The library is not asked for damaged documents: it would give what is deleted.
    """
    try:
        document = _opened(path.read_bytes())
        pages = in_pieces(document.text())
        return in_unicode(pages, document.problems if pages else document.problems + document.why_empty())
    except (struct.error, IndexError) as error:
        raise ValueError("the document is damaged") from error


def _opened(content: bytes) -> _Document:
    if content.startswith(OLD_BEGINNINGS):
        raise UnreadableError("old_word")
    if not content.startswith(OLE_MAGIC):
        raise ValueError("it does not start like a Word document")
    return _Document(Ole(content))


class _Document:
    def __init__(self, ole: Ole) -> None:
        self._ole = ole
        main = stream(ole, "WordDocument")
        self._fib = Fib.of_ole(ole, main) if is_word_97(main) else Word95(main)
        self._pieces = self._fib.pieces()
        self._stories = Stories(self._fib, self._pieces)
        last = self._fib.stories["header_boxes"][1]
        self.problems = () if len(self._pieces.text) >= last else (problem("text_damaged"),)
        self._shapes = shapes(self._fib.structure(DRAWINGS))

    def text(self) -> str:
        stories = self._fib.stories
        read = [self._stories.read(*stories["text"], self._anchored())]
        read += [self._stories.read(*stories[name]) for name in ("footnotes", "endnotes", "comments")]
        read += dict.fromkeys(map(without_page_numbers, self._margins()))
        written = "\n".join(read)
        text = "\n".join([written, *of_persons(said_in_ole(self._ole), written)])
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def why_empty(self) -> tuple[Problem, ...]:
        """Return why there may be no text, where that is known."""
        pool = self._ole.find(_OBJECTS)
        if pool is None or not any(True for _ in self._ole.inside(pool)):
            return ()
        return (problem("only_embedded"),)

    def _anchored(self) -> dict[int, str]:
        """Return what stands beside the text, in shapes and lists of forms, by the characters that they are anchored at."""
        boxes = dict(self._boxes("boxes", BOXES))
        groups: dict[int, list[int]] = {}
        for number, shape in self._shapes.items():
            groups.setdefault(shape.owner, []).append(number)
        found: dict[int, list[str]] = {}
        for place, text in inline_words(self._fib, self._pieces):
            found.setdefault(place, []).append(text)
        places, data = plc(self._fib.structure(ANCHORS), _ANCHOR)
        for place, anchor in zip(places, data, strict=False):
            owner = int.from_bytes(anchor[:4], "little")
            for number in groups.pop(owner, [owner]):
                words = self._of_shape(self._shapes.pop(number, None), boxes.pop(number, ""))
                found.setdefault(place, []).extend(words)
        if boxes:  # behind the text, rather than nowhere
            found.setdefault(self._fib.stories["text"][1], []).extend(boxes.values())
        return {place: "\n".join(words) for place, words in found.items()}

    def _of_shape(self, shape: Shape | None, box: str) -> list[str]:
        if shape is None:
            return [box]
        group = self._shapes.get(shape.owner, shape)
        return [] if shape.hidden or group.hidden else [box, *shape.words]

    def _boxes(self, story: str, structure: int) -> Iterator[tuple[int, str]]:
        """Yield number of shape and text of each text box of a story."""
        first, last = self._fib.stories[story]
        places, data = plc(self._fib.structure(structure), _BOX)
        read = 0
        for (start, end), box in zip(pairwise(places), data, strict=True):
            if read <= start < end <= last - first:
                read = end
                number = int.from_bytes(box[_SHAPE_OF_BOX : _SHAPE_OF_BOX + 4], "little")
                yield number, self._stories.read(first + start, first + end)

    def _margins(self) -> Iterator[str]:
        """Yield the headers and footers of all sections, and what is drawn in them."""
        first, last = self._fib.stories["headers"]
        borders, _ = plc(self._fib.structure(NOTES_OF_HEADERS), 0)
        read = 0
        for start, end in pairwise(borders[_SEPARATORS:]):
            if read <= start < end <= last - first:
                read = end
                yield self._stories.read(first + start, first + end)
        for number, text in self._boxes("header_boxes", HEADER_BOXES):
            yield from self._of_shape(self._shapes.pop(number, None), text)
        for shape in self._shapes.values():
            yield from () if shape.hidden else shape.words
