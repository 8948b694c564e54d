"""What surrounds words: whether something separates them, and whether a text is written without accents."""

from __future__ import annotations

import re

from indexer.directives.citations.sentences import ABBREVIATED
from indexer.vietnamese.terms import SYLLABLE, terms_of

_PARTS = re.compile(r"[()\[\]{}]|[.!?…;:][”\"'’]*\s|\n\s*\n")
"""Separators of words: the end of a sentence, ``;``, ``:``, a bracket or an empty line; not the sign in ``05:2013``."""
_NEAR = 200
"""Number of characters on either side that tell whether a text is written without accents."""


def parted(text: str, end: int, start: int) -> bool:
    """Tell whether the stretch between ``text[:end]`` and ``text[start:]`` separates the words there."""
    if start - end == 1:
        return text[end] in "()[]{}"
    parted = _PARTS.search(text, end, start)
    return parted is not None and not ABBREVIATED.search(text, max(0, end - 5), start)


def without_accents(text: str, start: int, end: int) -> bool:
    """Tell whether the text around ``text[start:end]`` is written without accents."""
    near = SYLLABLE.findall(text, max(0, start - _NEAR), end + _NEAR)
    return all(toned == folded for toned, folded in map(terms_of, near))
