"""The fields of a document: codes, which nobody sees, and results; some fields show words of their code. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = re.compile("[\x13\x14\x15]")
_BEGIN, _SEPARATOR = "\x13", "\x14"
_BUTTON = re.compile(r"\x13\s*MACROBUTTON\s+\S+\s+", re.IGNORECASE)
"""What precedes the words of a button."""
_EQUATION = re.compile(r"\x13\s*EQ\s", re.IGNORECASE)
_OF_EQUATIONS = re.compile(r'\x13\s*EQ\s|\\\*\s*(?:"[^"\x15]*"|\S+)|\\[a-z]+(?:\s*\d+)?', re.IGNORECASE)
"""What controls the layout of an equation; the rest of it is shown."""

_LONGEST = 2000
"""The most characters of an equation: anything longer, with others nested in it, is not one."""


def codes_of_fields(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the beginnings and ends of the codes of fields between ``first`` and ``last``.

    A field without an end is ignored, so that it hides no text.
    """
    begun: list[tuple[int, bool]] = []
    for mark in _MARKS.finditer(text, first, last):
        if mark[0] == _BEGIN:
            begun.append((mark.start(), True))
        elif begun:
            start, in_code = begun.pop()
            if mark[0] == _SEPARATOR:
                begun.append((start, False))
            if in_code and mark[0] == _SEPARATOR:
                yield start, mark.end()
            elif in_code:
                yield from _unseen(text, start, mark.end())


def _unseen(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the invisible parts of a field without a result."""
    if button := _BUTTON.match(text, start, end):
        yield button.span()
    elif end - start < _LONGEST and _EQUATION.match(text, start, end):
        yield from (found.span() for found in _OF_EQUATIONS.finditer(text, start, end))
    else:
        yield start, end
