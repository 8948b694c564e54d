"""Abbreviations that a text explains itself: ``Ủy ban nhân dân (UBND)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.vietnamese.letters import fold

_EXPLAINED = re.compile(
    r"\((?:gọi tắt là |sau đây gọi tắt là |viết tắt là |viết tắt: )?([A-ZĐ][A-ZĐƯ&\-.]{1,11})\)"
)
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_BACK = 120
_MOST_SKIPPED = 3
"""Maximum number of small words ("và", "các" …) inside the long form that contribute no letter."""
_SMALL_WORDS = frozenset("và của các về cho trong với".split())


def explained(text: str) -> Iterator[str]:
    """Yield ``ubnd=ủy ban nhân dân`` for every abbreviation in brackets that matches the initials of the words before it.

    >>> list(explained("Quỹ Khuyến học (QKH) tỉnh"))
    ['qkh=quỹ khuyến học']
    """
    for match in _EXPLAINED.finditer(text):
        letters = [fold(letter) for letter in match[1] if letter.isalpha()]
        before = re.split(r"[,;:.()\n]", text[max(0, match.start() - _LOOK_BACK) : match.start()])[-1]
        words = _WORD.findall(before)
        if long := _long_form(letters, words):
            yield f"{''.join(letters)}={long}"


def _long_form(letters: list[str], words: list[str]) -> str | None:
    """Return the last of ``words`` whose initials are ``letters``; small words may be skipped."""
    at, skipped = len(words), 0
    for letter in reversed(letters):
        while True:
            at -= 1
            if at < 0:
                return None
            if fold(words[at])[:1] == letter:
                break
            skipped += 1
            if words[at].lower() not in _SMALL_WORDS or skipped > _MOST_SKIPPED:
                return None
    if at and words[at - 1][0].isupper() and not words[at][0].isupper():
        return None  # from the middle of a name: the initials agree by chance
    found = words[at:]
    return " ".join(found).lower() if len(found) > 1 and len(letters) > 1 else None
