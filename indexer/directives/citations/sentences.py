"""Where the sentence around a citation begins and ends."""

from __future__ import annotations

import re

from indexer.vietnamese.letters import CAPITALS

_OPEN = (
    "của", "và", "các", "những", "tỉnh", "huyện", "xã", "phường", "thành phố", "Thủ tướng", "Bộ trưởng", "số", "ngày",
    "tháng", "năm", "tại", "theo", "về", "đến", "từ", "với", "bởi", "bởi:", "do", "là", "một", "kèm", "Ủy", "Uỷ", "Hội",
    "Nghị", "Thông", "Quyết",
)  # fmt: skip
"""What a line ends with that goes on in the next one."""
_GOES_ON = (
    "".join(rf"(?<![ \n]{word}{blank}\n)" for word in _OPEN for blank in ("", " ")) + r"(?<!,\n)(?<!, \n)"
)
_END = re.compile(
    rf"[.!?…]+[”\"')]*\s+(?=[\"“'(]*[{CAPITALS}0-9-])"
    # Lines break within sentences in scans and PDF: before a small letter that is no "a)", and behind what goes on.
    rf"|\n{_GOES_ON}(?!(?![{CAPITALS}0-9_])\w+(?![.)\w]))\n*|\n\s*\n\s*"
)
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
