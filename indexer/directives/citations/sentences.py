"""Where the sentence around a citation begins and ends."""

from __future__ import annotations

import re

from indexer.vietnamese.letters import CAPITALS

_END = re.compile(rf"[.!?…]+[”\"')]*\s+(?=[\"“'(]*[{CAPITALS}0-9-])|\n+")
ABBREVIATED = re.compile(
    r"(?:\b(?:TP|Tp|tp|TX|TT|Q|P|PGS|GS|TS|ThS|BS|Ths|KTS|LS|ông|bà|số|St|v\.v|T)|\b[A-ZĐ])\.\s*$"
)
"""A full stop, and blanks behind it, that end an abbreviation rather than a sentence."""
_REACH = 600
"""Characters on either side that are looked at; longer sentences are cut there."""


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence begins that holds ``at``."""
    low = max(0, at - _REACH)
    start = low
    for end in _END.finditer(text, low, at):
        if not ABBREVIATED.search(text, max(low, end.start() - 5), end.end()):
            start = end.end()
    return start


def sentence_end(text: str, at: int) -> int:
    """Return where the sentence ends that holds ``at``, without the space after it."""
    high = min(len(text), at + _REACH)
    for end in _END.finditer(text, at, high):
        if not ABBREVIATED.search(text, max(at, end.start() - 5), end.end()):
            return end.start() + len(end[0].rstrip())
    return high


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds ``text[start:end]``, with single blanks."""
    return " ".join(text[sentence_start(text, start) : sentence_end(text, end)].split())
