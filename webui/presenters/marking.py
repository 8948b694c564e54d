"""Text of the index -> HTML: every piece is escaped first, then tags are put between pieces."""

from __future__ import annotations

import functools

from markupsafe import Markup, escape

from indexer.model import Marked

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def marked_html(marked: Marked) -> Markup:
    """Return the escaped text with its ranges in ``<mark>``.

    Neighbouring words are marked as one. Ranges that overlap one before, or lie outside the text,
    mark only what is left of them: the text itself always comes out whole and once.
    """
    text, pieces, at = marked.text, [], 0
    for start, end in _joined(marked):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [escape(text[at:start]), _OPEN, escape(text[start:end]), _CLOSE]
            at = end
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)


def _joined(marked: Marked) -> list[tuple[int, int]]:
    """Close gaps of one blank: Vietnamese words are written in syllables, each a range of its own."""
    joined: list[tuple[int, int]] = []
    for start, end in marked.marks:
        if joined and start == joined[-1][1] + 1 and marked.text[start - 1 : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@functools.lru_cache(maxsize=4096)
def breakable(text: str) -> Markup:
    """Return the escaped ``text`` with places to break a line after its dots.

    Names of sources are mostly host names, wider than a column of filters.
    """
    return Markup(".<wbr>").join(text.split("."))
