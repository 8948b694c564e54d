"""Accents that were left out: of a whole text, as in old web pages and messages, and of what is typed for a phrase."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.vietnamese.terms import Syllable, TermStreams
from indexer.vietnamese.tones import is_syllable, without_tone

_LEAST_SYLLABLES = 8
"""A shorter text tells too little."""
_TOP = 1000
"""Characters of a text that are looked at first."""
_MOST_ACCENTED = 0.02
"""Share of syllables with accents: a name, a quotation. Texts with accents have them on three syllables in four."""
_LEAST_VIETNAMESE = 0.7
"""Share of tokens of letters that Vietnamese could spell: of English it is under a half."""


def without_accents(streams: TermStreams) -> bool:
    """Tell whether the text of ``streams`` is Vietnamese without accents."""
    text = streams.text
    number = text.count(" ") // 2 + 1
    if number < _LEAST_SYLLABLES:
        return False
    # Letters with accents are two or three bytes each; the top of nearly every text has more than all of it may have.
    if any(len(part.encode()) - len(part) > 2 * _MOST_ACCENTED * number for part in (text[:_TOP], text)):
        return False
    letters = [term for term in text.split(" ")[1::2] if term.isalpha()]
    return sum(map(is_syllable, letters)) >= _LEAST_VIETNAMESE * len(letters) > 0


def accents_agree(typed: Iterable[Syllable], meant: Iterable[Syllable]) -> bool:
    """Tell whether ``typed`` may stand for ``meant``, whose folded syllables are the same.

    Each syllable has no accents, those of ``meant``, or these without the tone.
    """
    return all(
        one.toned in (one.folded, other.toned) or one.toned == without_tone(other.toned)
        for one, other in zip(typed, meant, strict=True)
    )
