"""The lines of a text that are not blank, and which of them stand within a quotation of several lines."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENED = re.compile(r"^[^\S\n]*(?:[“\"«„]|''|‘‘)", re.MULTILINE)
_OPENS = re.compile(r"[“\"«„]|''|‘‘")
_CLOSES_LINE = re.compile(r"(?:[”\"»]|''|’’)[\s.;,:)]*$")
_TAIL = 12
"""Characters at the end of a line among which a quotation ends."""
_INNER = re.compile(
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Khoản|\d{1,3}[a-zđ]?[.)/]|[a-zđ]{1,2}\)|[-–+])\s?",
    re.UNICODE,
)
"""How a provision begins that is quoted as new text."""


class Line(NamedTuple):
    """``text[start:end]``, stripped."""

    start: int
    end: int
    text: str
    apart: bool
    """Whether an empty line stands before it."""
    quoted: bool = False


def lines_of(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank; ``quoted`` where new text for another law is cited in them."""
    lines: list[Line] = []
    at, apart = 0, False
    for raw in text.split("\n"):
        shown = raw.strip()
        if shown:
            start = at + raw.index(shown[0])
            lines.append(Line(start, start + len(shown), shown, apart))
        apart = not shown
        at += len(raw) + 1
    return _quoted(lines) if _OPENED.search(text) else lines


def _quoted(lines: list[Line]) -> list[Line]:
    """Mark the lines of quotations that open at the start of a line and close at the end of one.

    One that is never closed, or opens again before it is, is its first line only: what stands behind it is then told by
    its numbers.
    """
    marked = list(lines)
    opened: int | None = None
    for i, line in enumerate(lines):
        opens = _OPENS.match(line.text)
        if opens and (opened is None or _INNER.match(line.text, opens.end())):
            opened = i
            marked[i] = _as_quoted(line)
            if _closes(line.text[opens.end() :]):
                opened = None
        elif opened is not None and _closes(line.text):
            marked[opened : i + 1] = [_as_quoted(one) for one in lines[opened : i + 1]]
            opened = None
    return marked


def _as_quoted(line: Line) -> Line:
    return Line(line.start, line.end, line.text, line.apart, quoted=True)


def _closes(line: str) -> bool:
    """Tell whether a quotation that was opened before ``line`` ends with it: more of its marks close than open."""
    if not _CLOSES_LINE.search(line, max(0, len(line) - _TAIL)):
        return False
    straight = line.count('"')
    return (
        line.count("”") > line.count("“")
        or line.count("»") > line.count("«")
        or straight % 2 == 1
        or "''" in line[-_TAIL:]
    )
