"""Sequences of syllables that are looked for, and what is the same as one of their syllables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.vietnamese.terms import Syllable

Phrase = tuple[Syllable, ...]


class Sought(NamedTuple):
    """A sequence of syllables, and what is known of it."""

    phrase: Phrase
    term: str
    open: bool = False
    quoted: bool = False
    date: bool = False


def term_of(phrase: Phrase) -> str:
    """Return what :attr:`Found.term` is of ``phrase``."""
    return " ".join(syllable.folded for syllable in phrase)


def lone(beginnings: Sequence[Phrase]) -> tuple[Syllable, ...]:
    """Return the beginnings before which nothing has to stand."""
    return tuple(phrase[0] for phrase in dict.fromkeys(beginnings) if len(phrase) == 1)


def begins(toned: str, typed: Syllable) -> bool:
    """Tell whether a syllable that goes on from ``typed`` has its accents, or any where none were typed."""
    return typed.toned == typed.folded or toned.startswith(typed.toned)


def same(toned: str, typed: Syllable, exact: bool) -> bool:
    """Tell whether a syllable has the accents of ``typed``; any do where none were typed, unless ``exact``."""
    return toned == typed.toned or not (exact or typed.toned != typed.folded)
