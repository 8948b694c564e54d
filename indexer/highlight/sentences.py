"""Sentence boundaries, in running text and in the lines of a page.

The lines of a page may break sentences; in articles, each paragraph is a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.directives.citations.sentences import ABBREVIATED

_BREAK = re.compile(r"[.!?…]+[”\"')\]]*\s+|\s*\n\s*")
_NUMBERED = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[IVX]{1,4})\.\s*$")
"""The number of a heading or list item, which precedes its text."""
_ENTRY = re.compile(r"[-–+•*□]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,4}\.|(?:Điều|Khoản|Chương|Mục|Phần|Phụ lục) \w")
"""How an item or an article of a document begins."""
_FULL_LINE = 60
"""Length in characters; a shorter line was not broken for lack of space."""


def sentence_start(text: str, low: int, at: int, start: int | None = None) -> int | None:
    """Return the start of the sentence that contains ``at``; ``start`` if it begins at or before ``low``."""
    for begins in _ends(text, low, at):
        start = begins
    return start


def sentence_end(text: str, low: int, high: int) -> int | None:
    """Return the end of the last sentence that ends in ``text[low:high]``, without trailing blanks."""
    end = None
    for start in _ends(text, low, high):
        end = start
    return None if end is None else low + len(text[low:end].rstrip())


def _ends(text: str, low: int, high: int) -> Iterator[int]:
    """Yield the positions at which a sentence begins after the end of another."""
    for found in _BREAK.finditer(text, low, high):
        if found.end() < len(text) and _divides(text, found.start(), found.end()):
            yield found.end()


def _divides(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]``, signs and blanks, ends a sentence."""
    if text[end].islower() and not _ENTRY.match(text, end):
        return False
    if text[start] in ".!?…":
        before = max(0, start - 6)
        return not (ABBREVIATED.search(text, before, end) or _NUMBERED.search(text, before, end))
    return (
        text[start - 1 : start] in (";", ":")
        or start - text.rfind("\n", 0, start) <= _FULL_LINE
        or _ENTRY.match(text, end) is not None
    )
