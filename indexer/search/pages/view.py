"""One page of an attachment as picture and text, with matches of a query marked in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import mark
from indexer.model import Box, Marked, Page, PagePicture
from indexer.stored.article import StoredArticle, StoredFile

PICTURED = ("application/pdf", "image/")
"""Prefixes of the media types whose pages can be drawn."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page, its picture if there is one, and the matching words on it."""

    article: StoredArticle
    file: StoredFile
    number: int
    """From 1."""
    last: int
    """The number of pages."""
    answering: tuple[int, ...]
    """The matching pages of the file, in order."""
    paragraphs: tuple[Marked, ...] = ()
    ocr: bool = False
    confidence: float | None = None
    """Confidence of the OCR, from 0 to 1."""
    width: int = 0
    height: int = 0
    """Size of the picture in pixels; 0 if there is none."""
    boxes: tuple[Box, ...] = ()
    """Boxes of the matching words."""
    problem: str | None = None
    """Why there is no picture."""

    @property
    def before(self) -> int | None:
        """The previous matching page."""
        return max((number for number in self.answering if number < self.number), default=None)

    @property
    def after(self) -> int | None:
        """The next matching page."""
        return min((number for number in self.answering if number > self.number), default=None)


def paragraphs(text: str, marks: Wanted) -> tuple[Marked, ...]:
    """Return ``text``, which has the lines of the page, in paragraphs with marks."""
    text = unbroken(text)
    return tuple(_lines(text, mark(text, marks)))


def unbroken(text: str) -> str:
    """Return ``text``, with its length unchanged, with blanks in place of line ends within sentences."""
    return "".join(_unbroken(text.split("\n")))


def _unbroken(lines: Sequence[str]) -> Iterator[str]:
    """Yield ``lines`` and their separators: line ends, or blanks within a sentence, when the next line begins with a small
    letter.
    """
    yield lines[0]
    for line, after in pairwise(lines):
        goes_on = after[:1].islower() and (line[-1:].isalnum() or line[-1:] in (",", ")"))
        yield (" " if goes_on else "\n") + after


def _lines(text: str, found: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    """Yield the non-blank lines; marks that span lines are split."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    for start, line in zip(starts, lines, strict=False):
        if line.strip():
            end = start + len(line)
            inside = tuple(
                (max(first, start) - start, min(last, end) - start)
                for first, last in found
                if first < end and last > start
            )
            yield Marked(line, inside)


def answering_boxes(page: Page | None, picture: PagePicture | None, marks: Wanted) -> tuple[Box, ...]:
    """Return the boxes of the matching words; neighbours on one line share a box.

    OCR results take precedence over a text layer, since OCR is used only if that is garbage.
    """
    if page is not None and page.boxes:
        words: Sequence[str] = page.text.split()
        boxes: Sequence[Box] = page.boxes
    elif picture is not None:
        words, boxes = picture.words, picture.boxes
    else:
        return ()
    if len(words) != len(boxes):
        return ()
    text = " ".join(words)
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    found = mark(text, marks)
    hit: list[int] = []
    at = 0
    for i, word in enumerate(words):
        while at < len(found) and found[at][1] <= starts[i]:
            at += 1
        if at < len(found) and found[at][0] < starts[i] + len(word):
            hit.append(i)
    return tuple(_joined(boxes, hit))


def _joined(boxes: Sequence[Box], hit: Sequence[int]) -> Iterator[Box]:
    joined: Box | None = None
    before = -2
    for i in hit:
        box = boxes[i]
        if joined and i == before + 1 and box[0] >= joined[0] and box[1] < joined[3] and box[3] > joined[1]:
            joined = joined[0], min(joined[1], box[1]), max(joined[2], box[2]), max(joined[3], box[3])
        else:
            if joined:
                yield joined
            joined = box
        before = i
    if joined:
        yield joined
