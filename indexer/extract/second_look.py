"""Reads number and date of a scan again if the first reading is uncertain, since staff search by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from PIL import Image

from indexer.directives.letterhead import pieces
from indexer.extract.ocr_words import Word, by_line, confidence, parts, text_of
from indexer.vietnamese.letters import fold

Look = Callable[[Image.Image, int], list[Word]]
"""Reads a picture with the given page segmentation mode of Tesseract."""
_LINE = 7
_HEAD = 0.4
"""Share of the page's height that contains its number and date."""
_SURE = 95
"""Confidence, in percent, from which the figures of a number or date are accepted: correct ones have 93 to 97, wrong ones up to
92.
"""
_SCALES = (0.45, 0.6, 0.8)
"""Scales for reading again: errors at one scale seldom recur at another, and small ones are read best."""
_NUMBER = re.compile(r"so\W{0,2}$|so[:.;]")
_DAY = re.compile(r"\bngay\b.*\b(?:thang|nam)\b")
_PLACE = re.compile(r"[^\W\d_][^\W\d_]*,?")


def second_look(found: list[Word], page: Image.Image, look: Look) -> list[Word]:
    """Return the words ``found`` on ``page``, with number and date as read by two of up to four readings.

    If no two agree, the first stays. Pages without a number cost nothing, others mostly one more reading of a line.
    """
    for part in list(_pieces(found, page.height * _HEAD)):
        if min(word.confidence for word in part if _is_figure(word)) < _SURE:
            found = _replaced(found, part, _agreed(part, page, look))
    return found


def _pieces(found: Sequence[Word], end: float) -> Iterator[list[Word]]:
    """Yield the words of the number and those of the date, which are above ``end``."""
    numbered = dated = False
    for line in by_line(word for word in found if word.top < end):
        for part in parts(line):
            number, day = part, part
            folded = [fold(word.text) for word in part]
            if "ngay" in folded:
                # Number and date may be close together: the place between them belongs to the date.
                start = folded.index("ngay")
                while start and _PLACE.fullmatch(part[start - 1].text):
                    start -= 1
                number, day = part[:start], part[start:]
            if not numbered and number and _NUMBER.match(folded[0]) and any(map(_is_figure, number)):
                numbered = True
                yield number
            if not dated and day and _DAY.search(" ".join(folded)) and any(map(_is_figure, day)):
                dated = True
                yield day


def _is_figure(word: Word) -> bool:
    return any(map(str.isdigit, word.text)) or "/" in word.text


def _agreed(part: Sequence[Word], page: Image.Image, look: Look) -> Sequence[Word]:
    """Return the first reading of ``part`` that another one confirms; ``part`` itself if there is none."""
    told: dict[Hashable, Sequence[Word]] = {_told(part): part}
    for scale in _SCALES:
        again = _again(part, page, scale, look)
        what = _told(again)
        if what is not None and what in told:
            return part if told[what] is part else max(told[what], again, key=confidence)
        told[what] = again
    return part


def _told(words: Sequence[Word]) -> Hashable | None:
    """Return the number or date in ``words``."""
    for piece in pieces(text_of(words).replace("\t", " ")):
        if piece.number is not None:
            return piece.number.key
        if piece.day is not None:
            return piece.day
    return None


def _again(part: Sequence[Word], page: Image.Image, scale: float, look: Look) -> list[Word]:
    """Return what is read at the position of ``part`` on ``page``, in its line."""
    top, bottom = min(word.top for word in part), max(word.bottom for word in part)
    height = bottom - top
    left, upper = max(0, part[0].left - height // 2), max(0, top - height // 3)
    box = left, upper, min(page.width, part[-1].right + height // 2), min(page.height, bottom + height // 3)
    piece = page.crop(box)
    size = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
    read = look(piece.resize(size, Image.Resampling.LANCZOS), _LINE)
    return [
        replace(word.moved(scale, left, upper), paragraph=part[0].paragraph, line=part[0].line)
        for word in read
    ]


def _replaced(found: list[Word], part: Sequence[Word], by: Sequence[Word]) -> list[Word]:
    if by is part:
        return found
    at = found.index(part[0])
    return [*found[:at], *by, *(word for word in found[at:] if word not in part)]
