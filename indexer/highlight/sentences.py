"""Where sentences begin and end, in running text and in the lines of a page.

A page breaks its lines in the middle of sentences; an article has its paragraphs in lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.directives.citations.sentences import ABBREVIATED

_BREAK = re.compile(r"[.!?…]+[”\"')\]]*\s+|\s*\n\s*")
_NUMBERED = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[IVX]{1,4})\.\s*$")
"""The number of a heading or of an entry of a list: what it numbers follows."""
_ENTRY = re.compile(r"[-–+•*□]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,4}\.|(?:Điều|Khoản|Chương|Mục|Phần|Phụ lục) \w")
"""How an entry or an article of a document begins."""
_FULL_LINE = 60
"""Characters: a line that is shorter was not broken for want of room."""


def sentence_start(text: str, low: int, at: int, start: int | None = None) -> int | None:
    """Return where the sentence begins that holds ``at``; ``start`` where it begins at ``low`` or before."""
    for begins in _ends(text, low, at):
        start = begins
    return start


def sentence_end(text: str, low: int, high: int) -> int | None:
    """Return where the last sentence that ends in ``text[low:high]`` has its end, the blanks behind it left out."""
    end = None
    for start in _ends(text, low, high):
        end = start
    return None if end is None else low + len(text[low:end].rstrip())


def _ends(text: str, low: int, high: int) -> Iterator[int]:
    """Yield where a sentence begins behind the end of another."""
    for found in _BREAK.finditer(text, low, high):
        if found.end() < len(text) and _divides(text, found.start(), found.end()):
            yield found.end()


def _divides(text: str, start: int, end: int) -> bool:
    """Tell whether the signs and blanks ``text[start:end]`` end a sentence."""
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
