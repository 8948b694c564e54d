"""Detects where a text merely repeats the title shown above it."""

from __future__ import annotations

import re

_BEHIND = re.compile(r"[\s.:!?…–-]*")
_FEWEST = 4
"""Minimum number of distinct syllables in a title for this check: shorter titles occur in every sentence on the subject."""
_SHARE = 0.8
"""Share of a title's syllables in a piece that repeats it: the lead of an article is often the title in a few more words."""


def title_end(text: str, title: str) -> int:
    """Return the position after the title if it is the first line or sentence of ``text``, otherwise 0."""
    size = len(title)
    if not size or text[:size].casefold() != title.casefold():
        return 0
    behind = _BEHIND.match(text, size)
    end = behind.end() if behind else size
    return end if end == len(text) or any(sign in text[size:end] for sign in "\n.!?…") else 0


def words_of(text: str) -> frozenset[str]:
    """Return the syllables of ``text`` in lower case, as compared by :func:`repeats`."""
    return frozenset(text.casefold().replace(",", " ").replace(".", " ").split())


def repeats(piece: str, title_words: frozenset[str]) -> bool:
    """Tell whether ``piece`` has most words of a title, in any order."""
    return len(title_words) >= _FEWEST and len(title_words & words_of(piece)) >= _SHARE * len(title_words)
