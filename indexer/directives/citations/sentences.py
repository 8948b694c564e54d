"""The boundaries of the sentence around a citation."""

from __future__ import annotations

import re

from indexer.vietnamese.letters import CAPITALS

_OPEN = (
    "của", "và", "các", "những", "tỉnh", "huyện", "xã", "phường", "thành phố", "Thủ tướng", "Bộ trưởng", "số", "ngày",
    "tháng", "năm", "tại", "theo", "về", "đến", "từ", "với", "bởi", "bởi:", "do", "là", "một", "kèm", "Ủy", "Uỷ", "Hội",
    "Nghị", "Thông", "Quyết",
)  # fmt: skip
"""Line endings after which a sentence continues on the next line."""
_GOES_ON = (
    "".join(rf"(?<![ \n]{word}{blank}\n)" for word in _OPEN for blank in ("", " ")) + r"(?<!,\n)(?<!, \n)"
)
_END = re.compile(
    rf"[.!?…]+[”\"')]*\s+(?=[\"“'(]*[{CAPITALS}0-9-])"
    # In scans and PDF files, lines break within sentences: before a small letter other than "a)", and after open endings.
    rf"|\n{_GOES_ON}(?!(?![{CAPITALS}0-9_])\w+(?![.)\w]))\n*|\n\s*\n\s*"
)
ABBREVIATED = re.compile(
    r"(?:\b(?:TP|Tp|tp|TX|TT|Q|P|PGS|GS|TS|ThS|BS|Ths|KTS|LS|ông|bà|số|St|v\.v|T)|\b[A-ZĐ])\.\s*$"
)
"""A full stop with following blanks that ends an abbreviation rather than a sentence."""
_REACH = 600
"""Number of characters to examine on either side; longer sentences are cut there."""


def sentence_start(text: str, at: int) -> int:
    """Return the start of the sentence that contains ``at``."""
    low = max(0, at - _REACH)
    start = low
    for end in _END.finditer(text, low, at):
        if not ABBREVIATED.search(text, max(low, end.start() - 5), end.end()):
            start = end.end()
    return start


def sentence_end(text: str, at: int) -> int:
    """Return the end of the sentence that contains ``at``, without trailing blanks."""
    high = min(len(text), at + _REACH)
    for end in _END.finditer(text, at, high):
        if not ABBREVIATED.search(text, max(at, end.start() - 5), end.end()):
            return end.start() + len(end[0].rstrip())
    return high


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that contains ``text[start:end]``, with single blanks."""
    return " ".join(text[sentence_start(text, start) : sentence_end(text, end)].split())
