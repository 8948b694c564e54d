"""Sequences of syllables to look for, and the comparison of their syllables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.vietnamese.terms import Syllable

Phrase = tuple[Syllable, ...]


class Sought(NamedTuple):
    """A sequence of syllables with its derived properties."""

    phrase: Phrase
    term: str
    open: bool = False
    quoted: bool = False
    date: bool = False


def term_of(phrase: Phrase) -> str:
    """Return :attr:`Found.term` for ``phrase``."""
    return " ".join(syllable.folded for syllable in phrase)


def lone(beginnings: Sequence[Phrase]) -> tuple[Syllable, ...]:
    """Return the prefixes that need no syllable before them."""
    return tuple(phrase[0] for phrase in dict.fromkeys(beginnings) if len(phrase) == 1)


def begins(toned: str, typed: Syllable) -> bool:
    """Tell whether a syllable that begins with ``typed`` has its accents, or any accents if none were typed."""
    return typed.toned == typed.folded or toned.startswith(typed.toned)


def same(toned: str, typed: Syllable, exact: bool) -> bool:
    """Tell whether a syllable has the accents of ``typed``; any will do if none were typed, unless ``exact``."""
    return toned == typed.toned or not (exact or typed.toned != typed.folded)
