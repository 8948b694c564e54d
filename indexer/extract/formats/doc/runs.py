"""Where properties change: pages of 512 bytes with positions in the main stream (FKP, [MS-DOC] 2.9.33, 2.9.175). PURE."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

_PAGE = 512
_NUMBER = 0x3FFFFF
_OF_PARAGRAPHS, _OF_OLD_PARAGRAPHS = 13, 7
"""Bytes beside each position in a page of paragraphs, since Word 97 and before."""


class Runs:
    """Runs of characters or paragraphs by position, in order and without overlaps, with the bytes of their properties."""

    def __init__(self, found: Iterator[tuple[int, int, bytes]]) -> None:
        self._runs: list[tuple[int, int, bytes]] = []
        behind = 0
        for run in sorted(found, key=itemgetter(0)):
            if behind <= run[0] < run[1]:
                self._runs.append(run)
                behind = run[1]
        self._starts = [run[0] for run in self._runs]

    def at(self, place: int) -> bytes | None:
        """Return the properties at ``place``, None if there are none."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._runs[number][1]:
            return None
        return self._runs[number][2]

    def __iter__(self) -> Iterator[tuple[int, int, bytes]]:
        return iter(self._runs)

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield the runs that overlap the range between two positions, clipped to it."""
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._runs)):
            first, last, properties = self._runs[number]
            if first >= end:
                return
            if last > start:
                yield max(first, start), min(last, end), properties


def runs_of_characters(main: bytes, pages: list[bytes], wanted: re.Pattern[bytes] | None) -> Runs:
    """Return the runs on those ``pages`` (their numbers) that contain ``wanted``, or on all."""
    return Runs(_characters(main, pages, wanted))


def runs_of_paragraphs(main: bytes, pages: list[bytes]) -> Runs:
    """Return the runs on ``pages``: for each paragraph the number of its style (2 bytes) and its changes."""
    return Runs(_paragraphs(main, pages, _OF_PARAGRAPHS, 1))


def runs_of_old_paragraphs(main: bytes, pages: list[bytes]) -> Runs:
    """Return the same for a document of Word 6 or 95."""
    return Runs(_paragraphs(main, pages, _OF_OLD_PARAGRAPHS, 0))


def _pages(main: bytes, numbers: list[bytes]) -> Iterator[bytes]:
    for number in dict.fromkeys(numbers):
        start = (int.from_bytes(number, "little") & _NUMBER) * _PAGE
        page = main[start : start + _PAGE]
        if len(page) == _PAGE:
            yield page


def _characters(
    main: bytes, numbers: list[bytes], wanted: re.Pattern[bytes] | None
) -> Iterator[tuple[int, int, bytes]]:
    for page in _pages(main, numbers):
        count = page[-1]
        if 5 * count + 4 >= _PAGE or (wanted and not wanted.search(page)):
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for at in range(count):
            where = 2 * page[4 * (count + 1) + at]
            if where:
                yield places[at], places[at + 1], page[where + 1 : where + 1 + page[where]]


def _paragraphs(
    main: bytes, numbers: list[bytes], beside: int, less: int
) -> Iterator[tuple[int, int, bytes]]:
    """Yield runs from pages with ``beside`` bytes beside each position; properties are ``less`` bytes shorter than stated."""
    for page in _pages(main, numbers):
        count = page[-1]
        if (4 + beside) * count + 4 >= _PAGE:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for at in range(count):
            where = 2 * page[4 * (count + 1) + beside * at]
            size = 2 * page[where] - less
            if size <= 0 and where + 1 < _PAGE:
                where += 1
                size = 2 * page[where]
            yield places[at], places[at + 1], page[where + 1 : where + 1 + size]
