"""Are two articles the same text? Pure.

Copies differ by edits, templates (weather, lottery, appointments, conferences in one province after the other) by
names and figures. So most of the text must be shared, and names and figures must not differ both ways.
Thresholds were set by reading some 300 of the 3,342 pairs of the news that share at least half of their text.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from indexer.stored import StoredArticle
from indexer.vietnamese.terms import SYLLABLE, terms_of

_RUN = 3
_SHORT = 120
"""Syllables below which a text is mostly what it has in common with its like: rubrics, teasers, addresses."""
_LEAST_SHARE, _LEAST_SHARE_SHORT = 0.65, 0.8
"""Of all runs of syllables of both texts, those they share."""
_LEAST_CONTAINED, _LEAST_HEADLINE, _LEAST_LENGTH = 0.75, 0.6, 0.4
"""Or: of the shorter text's runs those that the longer has, of its headline's syllables the same, and how much shorter
it may be. So a notice of fifty syllables is known though its copy has a portal's lines before and behind it."""
_FIGURES = (1, 0.05)
_NAMES = (3, 0.1)
"""Figures and names that may differ both ways: so many, or that share of them."""
_LONGEST = 200_000
"""Characters that are compared; a comparison of two such texts takes some 100 ms."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“”'(\[|–-])[\s\"“”'(\[]*$")
_BEFORE = 4
_DIGITS = re.compile(r"\d+")


def same_text(one: StoredArticle, other: StoredArticle) -> bool:
    """Tell whether one of two articles is an edited copy of the other."""
    return one.audience == other.audience and not _told_apart(one, other) and _alike(_text(one), _text(other))


def _told_apart(one: StoredArticle, other: StoredArticle) -> bool:
    """Different numbers or different files make different documents, whatever the words around them."""
    if one.numbers and other.numbers and not set(one.numbers) & set(other.numbers):
        return True
    files = [{x for file in article.files for x in (file.name, file.sha256) if x} for article in (one, other)]
    if files[0] and files[1] and not files[0] & files[1]:
        return True
    return _both_ways(_figures(one.title), _figures(other.title), (0, 0.0))


def _alike(one: _Text, other: _Text) -> bool:
    if not _share_most(one, other):
        return False
    return not _both_ways(one.figures, other.figures, _FIGURES) and not _both_ways(
        one.names, other.names, _NAMES
    )


def _share_most(one: _Text, other: _Text) -> bool:
    runs = sorted((len(one.runs), len(other.runs)))
    shared = len(one.runs & other.runs)
    least = _LEAST_SHARE if min(one.length, other.length) >= _SHORT else _LEAST_SHARE_SHORT
    if shared >= least * (sum(runs) - shared):
        return True
    headline = min(len(one.headline), len(other.headline))
    return (
        runs[0] >= _LEAST_LENGTH * runs[1]
        and shared >= _LEAST_CONTAINED * runs[0]
        and len(one.headline & other.headline) >= _LEAST_HEADLINE * headline
    )


def _both_ways(one: Set[str], other: Set[str], allowed: tuple[int, float]) -> bool:
    """Tell whether each side has more than what is ``allowed`` that the other has not: put in place of each other."""
    number, share = allowed
    return min(len(one - other), len(other - one)) > max(number, share * min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class _Text:
    length: int
    headline: frozenset[str]
    """Folded syllables of the title."""
    runs: frozenset[tuple[str, ...]]
    names: frozenset[str]
    """Folded syllables with a capital inside a sentence."""
    figures: frozenset[str]


def _text(article: StoredArticle) -> _Text:
    text = f"{article.title}\n{article.summary}\n{article.body}"[:_LONGEST]
    folded: list[str] = []
    names: set[str] = set()
    figures: set[str] = set()
    for match in SYLLABLE.finditer(text):
        token = match[0]
        folded.append(terms_of(token)[1])
        if not token.isalpha():
            figures.update(_figures(token))
        elif token[0].isupper() and not _SENTENCE_START.search(
            text, max(0, match.start() - _BEFORE), match.start()
        ):
            names.add(folded[-1])
    runs = frozenset(zip(*(folded[i:] for i in range(_RUN)), strict=False))
    headline = frozenset(folded[: len(SYLLABLE.findall(article.title))])
    return _Text(len(folded), headline, runs, frozenset(names), frozenset(figures))


def _figures(text: str) -> set[str]:
    return {digits.lstrip("0") for digits in _DIGITS.findall(text)}
