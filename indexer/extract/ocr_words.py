"""Arranges the words found by Tesseract as text: separates columns and cells, and puts the signer below the recipients."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.vietnamese.letters import fold

_GAP = 2.0
"""Width of a gap, in line heights, that separates columns or cells."""
_RIGHT = 0.4
"""Share of the text's width after which the signer's lines begin."""
_LEAST_LETTERS = 3
_LEAST_SURE = 30
"""Minimum confidence, in percent, of a word in the signer's lines: single shorter and less certain ones are remains of the
stamp.
"""
_STROKES = "_'`‘’“”\"<>‹›~^*"
"""Remains of a stamp or a signature at the edge of a word."""

_RULE = "|"
_RULES = re.compile(r"^\|+(?!\d)|(?<!\d)\|+$")
"""Table rules that Tesseract took for letters; beside a figure, they may be one."""
_CLOSING = "closing"
"""Paragraph number of the signer's lines; Tesseract's own are positive."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word found by Tesseract: its place in the text and on the picture, and its confidence in percent."""

    paragraph: tuple[str, str]
    line: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str
    ruled: bool = False
    """Whether a table rule precedes it."""

    @property
    def right(self) -> int:
        """Right edge in pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Lower edge in pixels."""
        return self.top + self.height

    def moved(self, scale: float, left: int, top: int) -> Word:
        """Return the word with its position on the picture from which a section at ``left``, ``top`` was scaled and read."""
        box = (round(side / scale) for side in (self.left, self.top, self.width, self.height))
        x, y, width, height = box
        return replace(self, left=left + x, top=top + y, width=width, height=height)


def words(tsv: str) -> list[Word]:
    """Return the words in Tesseract's table, in reading order."""
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
    """Return the mean confidence from 0 to 1, weighted by letters."""
    letters = sum(len(word.text) for word in found)
    return sum(max(0.0, word.confidence) * len(word.text) for word in found) / letters / 100


def text_of(found: Iterable[Word]) -> str:
    """Return the text in lines; an empty line separates paragraphs, a tab separates columns and cells."""
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
    """Yield the parts of a line that are separated by wide gaps."""
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
    """Return words with the signer's lines, which Tesseract takes for the right half of the recipients' lines, below these."""
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
    """Return left and top, in pixels, of the signer's lines on a page of that width; None without a list of recipients."""
    line = next(filter(_names_recipients, by_line(found)), None)
    # If the page has no other text, the recipients' lines determine its apparent width.
    edge = max(_edge(found), _RIGHT * width) if line else 0
    return (round(edge), max(0, line[0].top - line[0].height)) if line else None


def with_closing(found: Iterable[Word], closing: Iterable[Word]) -> list[Word]:
    """Return words with the signer's lines replaced by these."""
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
