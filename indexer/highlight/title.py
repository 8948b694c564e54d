"""Where a text says no more than the title that stands above it."""

from __future__ import annotations

import re

_BEHIND = re.compile(r"[\s.:!?…–-]*")
_FEWEST = 4
"""Different syllables of a title that a sentence can repeat: shorter ones stand in every sentence on the subject."""
_SHARE = 0.8
"""Of the syllables of a title, in a piece that repeats it: the lead of an article often is the title in a few more words."""


def title_end(text: str, title: str) -> int:
    """Return where ``text`` goes on behind the title if that is its first line or sentence, else 0."""
    size = len(title)
    if not size or text[:size].casefold() != title.casefold():
        return 0
    behind = _BEHIND.match(text, size)
    end = behind.end() if behind else size
    return end if end == len(text) or any(sign in text[size:end] for sign in "\n.!?…") else 0


def words_of(text: str) -> frozenset[str]:
    """Return the syllables of ``text`` in small letters, as :func:`repeats` compares them."""
    return frozenset(text.casefold().replace(",", " ").replace(".", " ").split())


def repeats(piece: str, title_words: frozenset[str]) -> bool:
    """Tell whether ``piece`` has most of the words of a title, in whatever order."""
    return len(title_words) >= _FEWEST and len(title_words & words_of(piece)) >= _SHARE * len(title_words)
