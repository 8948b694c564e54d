"""Text from the index as HTML: every piece is escaped before tags are put between pieces."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from indexer.model import Marked

_OPEN, _CLOSE = "<mark>", "</mark>"
_END = Markup("</a>")


def marked_html(marked: Marked) -> Markup:
    """Return the escaped text with its ranges in ``<mark>``.

    Neighbouring words share one mark. Ranges that overlap an earlier one or extend beyond the text mark only the remaining
    part: the text always comes out complete and once.
    """
    text = marked.text
    escaped = escape(text)
    if not marked.marks:
        return escaped
    # Most texts need no escaping, nor do their parts.
    part: Callable[[str], str] = str if len(escaped) == len(text) else escape
    pieces: list[str] = []
    at = 0
    for start, end in _joined(marked):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += (part(text[at:start]), _OPEN, part(text[start:end]), _CLOSE)
            at = end
    pieces.append(part(text[at:]))
    # All parts are escaped; joining them as Markup would check each again.
    return Markup("".join(pieces))


def linked_html(marked: Marked, links: Sequence[tuple[int, int, Markup]]) -> Markup:
    """Return the text as in :func:`marked_html`, with the ranges ``links``, in order, inside the opening tag given with each."""
    if not links:
        return marked_html(marked)
    pieces: list[Markup] = []
    at = 0
    for start, end, tag in links:
        if at <= start < end <= len(marked.text):
            pieces += (_part(marked, at, start), tag, _part(marked, start, end), _END)
            at = end
    pieces.append(_part(marked, at, len(marked.text)))
    return Markup("").join(pieces)


def _part(marked: Marked, start: int, end: int) -> Markup:
    if not marked.marks:
        return escape(marked.text[start:end])
    inside = tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in marked.marks
        if first < end and last > start
    )
    return marked_html(Marked(marked.text[start:end], inside))


def _joined(marked: Marked) -> list[tuple[int, int]]:
    """Close gaps of one blank: each syllable of a Vietnamese word is a range of its own."""
    joined: list[tuple[int, int]] = []
    for start, end in marked.marks:
        if joined and start == joined[-1][1] + 1 and marked.text[start - 1 : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@functools.lru_cache(maxsize=4096)
def breakable(text: str) -> Markup:
    """Return the escaped ``text`` with optional line breaks after its dots.

    Names of sources are mostly host names, which are wider than the column of filters.
    """
    return Markup(".<wbr>").join(text.split("."))
