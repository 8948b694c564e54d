"""Pure: long text of formats without pages -> pieces that a hit can refer to."""

from __future__ import annotations

import re

PIECE = 4000
"""Characters per piece, about two printed pages."""
_LONGEST = 3 * PIECE
"""A paragraph longer than this is divided."""
HEADING = "\x01"
"""What a reader puts before a line that its document marks as a heading; it is not part of the text."""
_HEADING = re.compile(
    rf"(?:{HEADING}|#{{1,6}} |(?:Phần|Chương|Mục|Điều|Phụ lục|PHẦN|CHƯƠNG|MỤC|ĐIỀU|PHỤ LỤC)\s+[\dIVXLC]+)"
)


def pieces(text: str) -> list[str]:
    """Return ``text`` in pieces of about ``PIECE`` characters that begin at headings or paragraphs.

    Only blank lines between pieces are lost; blank text gives no pieces.
    """
    found: list[str] = []
    piece: list[str] = []
    size = 0
    for paragraph in _paragraphs(text):
        full = size + len(paragraph) > PIECE
        if piece and (full or (size > PIECE // 2 and _HEADING.match(paragraph))):
            found.append("\n".join(piece))
            piece, size = [], 0
        paragraph = paragraph.replace(HEADING, "")
        piece.append(paragraph)
        size += len(paragraph)
    if piece:
        found.append("\n".join(piece))
    return found


def _paragraphs(text: str) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [line[at : at + _LONGEST] for line in lines if line for at in range(0, len(line), _LONGEST)]
