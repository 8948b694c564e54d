"""The non-blank lines of a text, and which of them are in a quotation of several lines."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENED = re.compile(r"^[^\S\n]*(?:[“\"«„]|''|‘‘)", re.MULTILINE)
_OPENS = re.compile(r"[“\"«„]|''|‘‘")
_CLOSES_LINE = re.compile(r"(?:[”\"»]|''|’’)[\s.;,:)]*$")
_TAIL = 12
"""Number of characters at the end of a line in which a quotation may end."""
_INNER = re.compile(
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Khoản|\d{1,3}[a-zđ]?[.)/]|[a-zđ]{1,2}\)|[-–+])\s?",
    re.UNICODE,
)
"""The beginning of a provision that is quoted as new text."""


class Line(NamedTuple):
    """``text[start:end]``, stripped."""

    start: int
    end: int
    text: str
    apart: bool
    """Whether an empty line precedes it."""
    quoted: bool = False


def lines_of(text: str) -> list[Line]:
    """Return the non-blank lines of ``text``; ``quoted`` if they quote new text of another law."""
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

    For a quotation that never closes, or opens again before it does, only the first line is marked; the numbers tell about the
    rest.
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
    """Tell whether a quotation opened before ``line`` ends with it: more quotation marks close than open."""
    if not _CLOSES_LINE.search(line, max(0, len(line) - _TAIL)):
        return False
    straight = line.count('"')
    return (
        line.count("”") > line.count("“")
        or line.count("»") > line.count("«")
        or straight % 2 == 1
        or "''" in line[-_TAIL:]
    )
