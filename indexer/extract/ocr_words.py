"""Words as Tesseract saw them, and the text that they make: columns and cells apart, the signer's lines below the recipients."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.vietnamese.letters import fold

_GAP = 2.0
"""Heights of a line, from which blank room in it parts columns or cells."""
_RIGHT = 0.4
"""Share of the text's width, behind which the lines of the signer begin."""
_LEAST_LETTERS = 3
_LEAST_SURE = 30
"""Of a word in the signer's lines, in percent: shorter and less sure ones alone in a line are remains of the stamp."""
_STROKES = "_'`‘’“”\"<>‹›~^*"
"""What is left of a stamp, or of a signature, at the edge of a word."""

_RULE = "|"
_RULES = re.compile(r"^\|+(?!\d)|(?<!\d)\|+$")
"""Rules of tables that Tesseract took for letters; at a figure they may be one."""
_CLOSING = "closing"
"""Paragraph of the signer's lines; Tesseract's have numbers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as Tesseract saw it: where it stands in the text and on the picture, and how sure it is, in percent."""

    paragraph: tuple[str, str]
    line: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str
    ruled: bool = False
    """Whether a rule of a table stands before it."""

    @property
    def right(self) -> int:
        """Where it ends, in pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Where it ends below, in pixels."""
        return self.top + self.height

    def moved(self, scale: float, left: int, top: int) -> Word:
        """Return the word where it stands on the picture of which a piece from ``left``, ``top`` was scaled and read."""
        box = (round(side / scale) for side in (self.left, self.top, self.width, self.height))
        x, y, width, height = box
        return replace(self, left=left + x, top=top + y, width=width, height=height)


def words(tsv: str) -> list[Word]:
    """Return the words of Tesseract's table in reading order."""
    rows = csv.reader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: list[Word] = []
    ruled = False
    for row in rows:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left, top, width, height = map(int, row[6:10])
            seen = "".join(row[11].split())
            text = _RULES.sub("", seen)
            ruled = ruled or seen.startswith(_RULE) > text.startswith(_RULE)
            if text:
                found.append(
                    Word((row[2], row[3]), row[4], left, top, width, height, float(row[10]), text, ruled)
                )
                ruled = seen.endswith(_RULE) > text.endswith(_RULE)
    return _closed(found)


def confidence(found: Sequence[Word]) -> float:
    """Return the mean confidence in 0..1, by letters."""
    letters = sum(len(word.text) for word in found)
    return sum(max(0.0, word.confidence) * len(word.text) for word in found) / letters / 100


def text_of(found: Iterable[Word]) -> str:
    """Return the lines; a blank one parts paragraphs, a tab columns and cells."""
    return "\n".join(_lines(found))


def _lines(found: Iterable[Word]) -> Iterator[str]:
    before = None
    for line in by_line(found):
        if before not in (None, line[0].paragraph):
            yield ""
        before = line[0].paragraph
        yield "\t".join(" ".join(word.text for word in part) for part in parts(line))


def by_line(found: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the words of each line."""
    for _, line in groupby(found, key=lambda word: (word.paragraph, word.line)):
        yield list(line)


def parts(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a line that wide gaps divide."""
    heights = sorted(word.height for word in line)
    room = _GAP * heights[len(heights) // 2]
    part = [line[0]]
    for word in line[1:]:
        if word.ruled or word.left - part[-1].right > room:
            yield part
            part = []
        part.append(word)
    yield part


def _closed(found: list[Word]) -> list[Word]:
    """Return words with the lines of who signs, which Tesseract takes for the right half of the recipients', below these."""
    lines = list(by_line(found))
    start = next((at for at, line in enumerate(lines) if _names_recipients(line)), None)
    if start is None:
        return found
    edge = _edge(found)
    left: list[Word] = []
    signed: list[list[Word]] = []
    for line in lines[start:]:
        for part in parts(line):
            if part[0].left < edge:
                left += part
            else:
                signed.append(part)
    return [word for line in lines[:start] for word in line] + left + _closing(signed)


def closing_corner(found: Sequence[Word], width: int) -> tuple[int, int] | None:
    """Return left and top, in pixels, of where the signer's lines stand on a page of that width; None without recipients."""
    line = next(filter(_names_recipients, by_line(found)), None)
    # Where the page has no other text, the recipients' lines are as wide as it seems.
    edge = max(_edge(found), _RIGHT * width) if line else 0
    return (round(edge), max(0, line[0].top - line[0].height)) if line else None


def with_closing(found: Iterable[Word], closing: Iterable[Word]) -> list[Word]:
    """Return words with those lines of the signer's in place of their own."""
    signed = [part for line in by_line(closing) for part in parts(line)]
    return [word for word in found if word.paragraph[0] != _CLOSING] + _closing(signed)


def _edge(found: Sequence[Word]) -> float:
    first, last = min(word.left for word in found), max(word.right for word in found)
    return first + _RIGHT * (last - first)


def _closing(signed: Iterable[list[Word]]) -> list[Word]:
    lines = sorted(signed, key=lambda part: (not _is_text(part), part[0].top))
    return [
        replace(word, paragraph=(_CLOSING, ""), line=str(at), text=word.text.strip(_STROKES) or word.text)
        for at, part in enumerate(lines)
        for word in part
    ]


def _names_recipients(line: Sequence[Word]) -> bool:
    return fold(" ".join(word.text for word in line[:2])).startswith("noi nhan")


def _is_text(part: Sequence[Word]) -> bool:
    return any(
        sum(map(str.isalpha, word.text)) >= _LEAST_LETTERS and word.confidence >= _LEAST_SURE for word in part
    )
