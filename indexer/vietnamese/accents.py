"""Missing accents: in a whole text, as in old web pages and messages, and in words typed for a phrase."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.vietnamese.terms import Syllable, TermStreams
from indexer.vietnamese.tones import is_syllable, without_tone

_LEAST_SYLLABLES = 8
"""Minimum length of a text to judge, in syllables."""
_TOP = 1000
"""Number of characters examined first."""
_MOST_ACCENTED = 0.02
"""Maximum share of accented syllables, which leaves room for a name or a quotation. In normal text it is three in four."""
_LEAST_VIETNAMESE = 0.7
"""Minimum share of letter tokens that are possible Vietnamese syllables; in English it is below one half."""


def without_accents(streams: TermStreams) -> bool:
    """Tell whether the text of ``streams`` is Vietnamese written without accents."""
    text = streams.text
    number = text.count(" ") // 2 + 1
    if number < _LEAST_SYLLABLES:
        return False
    # Accented letters take two or three bytes each, so the beginning of most texts already exceeds the limit for all of it.
    if any(len(part.encode()) - len(part) > 2 * _MOST_ACCENTED * number for part in (text[:_TOP], text)):
        return False
    letters = [term for term in text.split(" ")[1::2] if term.isalpha()]
    return sum(map(is_syllable, letters)) >= _LEAST_VIETNAMESE * len(letters) > 0


def accents_agree(typed: Iterable[Syllable], meant: Iterable[Syllable]) -> bool:
    """Tell whether ``typed`` may stand for ``meant``; their folded syllables are equal.

    Each syllable must have no accents, those of ``meant``, or those of ``meant`` without the tone.
    """
    return all(
        one.toned in (one.folded, other.toned) or one.toned == without_tone(other.toned)
        for one, other in zip(typed, meant, strict=True)
    )
