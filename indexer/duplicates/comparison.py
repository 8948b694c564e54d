"""Decides whether two articles are the same text. Pure.

Copies differ by edits; texts from a template (weather, lottery, appointments, similar conferences in different provinces)
differ by names and figures. So copies must share most of their text, and names and figures must not differ on both sides. The
thresholds were set by reading some 300 of the 3,342 pairs of news articles that share at least half of their text.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cached_property

from indexer.stored.article import StoredArticle
from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import SYLLABLE, chunk_terms, folded_of, terms_of

_RUN = 3
_SHORT = 120
"""Number of syllables below which a text consists mostly of what it shares with similar ones: rubrics, teasers, addresses."""
_LEAST_SHARE, _LEAST_SHARE_SHORT = 0.65, 0.8
"""Minimum share of common runs among all runs of syllables in both texts."""
_LEAST_CONTAINED, _LEAST_HEADLINE, _LEAST_LENGTH = 0.75, 0.6, 0.4
"""Alternatively: the minimum share of the shorter text's runs found in the longer one, the same for the syllables of its
headline, and how much shorter it may be. This identifies a notice of fifty syllables whose copy has a portal's lines before and
after it."""
_FIGURES = (1, 0.05)
_NAMES = (3, 0.1)
"""Figures and names that may differ on both sides: this many, or this share of them."""
_DRAFT = "du thao"
_LONGEST = 50_000
"""Maximum number of syllables compared; comparing two such texts takes some 100 ms."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“”'(\[|–-])[\s\"“”'(\[]*$")
_BEFORE = 4
_DIGITS = re.compile(r"\d+")


class Text:
    """An article to compare; expensive properties are computed once, on first use."""

    def __init__(self, article: StoredArticle, title: str | None = None, body: str | None = None) -> None:
        """``title`` and ``body`` are its :attr:`TermStreams.text` if already known."""
        self.article = article
        self._title, self._body = title, body

    @cached_property
    def headline(self) -> frozenset[str]:
        """Folded syllables of the title."""
        return frozenset(_folded(self._title, self.article.title))

    @cached_property
    def length(self) -> int:
        """Number of syllables."""
        return len(self._syllables)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of the runs of folded syllables; valid only in this process."""
        return frozenset(map(hash, zip(*(self._syllables[i:] for i in range(_RUN)), strict=False)))

    @cached_property
    def _syllables(self) -> list[str]:
        article = self.article
        return [*_folded(self._title, article.title), *_folded(self._body, article.text)][:_LONGEST]

    @cached_property
    def names_and_figures(self) -> tuple[set[str], set[str]]:
        """Folded syllables with a capital inside a sentence, and runs of digits."""
        text = f"{self.article.title}\n{self.article.summary}\n{self.article.body}"
        names = {
            terms_of(match[0])[1]
            for match in SYLLABLE.finditer(text)
            if match[0].isalpha()
            and match[0][0].isupper()
            and not _SENTENCE_START.search(text, max(0, match.start() - _BEFORE), match.start())
        }
        return names, _figures(text)


def same_text(one: Text, other: Text) -> bool:
    """Tell whether one of two articles is an edited copy of the other."""
    if one.article.audience != other.article.audience or _told_apart(one.article, other.article):
        return False
    if not _share_most(one, other):
        return False
    (names, figures), (other_names, other_figures) = one.names_and_figures, other.names_and_figures
    return not _both_ways(figures, other_figures, _FIGURES) and not _both_ways(names, other_names, _NAMES)


def same_headline(one: Text, other: Text) -> bool:
    """Tell whether most of the shorter headline is contained in the other."""
    shortest = min(len(one.headline), len(other.headline))
    return len(one.headline & other.headline) >= _LEAST_HEADLINE * shortest


def _told_apart(one: StoredArticle, other: StoredArticle) -> bool:
    """Different numbers or files mean different documents, whatever surrounds them; and a draft differs from its final version."""
    if one.numbers and other.numbers and not set(one.numbers) & set(other.numbers):
        return True
    files = [{x for file in article.files for x in (file.name, file.sha256) if x} for article in (one, other)]
    if files[0] and files[1] and not files[0] & files[1]:
        return True
    if (_DRAFT in fold(one.title)) != (_DRAFT in fold(other.title)):
        return True
    return _both_ways(_figures(one.title), _figures(other.title), (0, 0.0))


def _share_most(one: Text, other: Text) -> bool:
    runs = sorted((len(one.runs), len(other.runs)))
    shared = len(one.runs & other.runs)
    least = _LEAST_SHARE if min(one.length, other.length) >= _SHORT else _LEAST_SHARE_SHORT
    if shared >= least * (sum(runs) - shared):
        return True
    return (
        runs[0] >= _LEAST_LENGTH * runs[1]
        and shared >= _LEAST_CONTAINED * runs[0]
        and same_headline(one, other)
    )


def _both_ways(one: Set[str], other: Set[str], allowed: tuple[int, float]) -> bool:
    """Tell whether each side has more than ``allowed`` elements that the other lacks, as if they had been exchanged."""
    number, share = allowed
    return min(len(one - other), len(other - one)) > max(number, share * min(len(one), len(other)))


def _folded(stream: str | None, text: str) -> list[str]:
    return folded_of(chunk_terms(chunks_of(text))) if stream is None else stream.split()[1::2]


def _figures(text: str) -> set[str]:
    return {digits.lstrip("0") for digits in _DIGITS.findall(text)}
