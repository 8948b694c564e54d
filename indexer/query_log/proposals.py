"""Lexicon lines that might help queries without results. Pure.

A line may add accents or correct a slip, expand an abbreviation whose letters are the initials of a known phrase, or equate a
word with the one that others used in an otherwise equal query. Successive queries of a person are not examined: the log does
not know who searched twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.query_log.masking import MAIL, NUMBER
from indexer.query_log.store import Proposal
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import SYLLABLE, terms_of
from indexer.vietnamese.tones import is_syllable

_LONGEST_ABBREVIATION = 8
_LEAST_COMMON = 2
"""Minimum number of words that two queries must share for their other words to mean the same."""
_MOST_APART = 4

Corrected = Callable[[str], tuple[int, str | None]]
"""Returns the number of articles that a query finds now, and the better query suggested by the search."""
Phrases = Callable[[str], Sequence[str]]
"""Returns known phrases with the given initials, most frequent first."""


def proposals(
    queries: Iterable[str], frequent: Sequence[str], corrected: Corrected, phrases: Phrases
) -> Iterator[tuple[str, Proposal | None]]:
    """Yield each of ``queries`` that still finds nothing, with what would help.

    ``frequent`` has queries with results, most frequent first.
    """
    for text in queries:
        total, suggestion = corrected(text)
        if total:
            continue
        if MAIL in text or NUMBER in text:
            yield text, None
        elif suggestion:
            yield text, Proposal("typed", text, suggestion)
        else:
            yield text, _abbreviation(text, corrected, phrases) or _synonym(text, frequent)


def _abbreviation(text: str, corrected: Corrected, phrases: Phrases) -> Proposal | None:
    words = text.split()
    for word in words:
        letters = word.strip(".,;:?!()\"'").lower()
        if not (2 <= len(letters) <= _LONGEST_ABBREVIATION and letters.isalpha()) or is_syllable(letters):
            continue
        for phrase in phrases(letters):
            if corrected(" ".join(phrase if other == word else other for other in words))[0]:
                return Proposal("abbreviations", letters.upper(), phrase)
    return None


def _synonym(text: str, frequent: Sequence[str]) -> Proposal | None:
    asked = SYLLABLE.findall(nfc(text))
    folded = [terms_of(word)[1] for word in asked]
    for other in frequent:
        words = SYLLABLE.findall(nfc(other))
        apart = _apart(folded, [terms_of(word)[1] for word in words])
        if apart is not None:
            start, end, other_end = apart
            return Proposal("synonyms", " ".join(asked[start:end]), " ".join(words[start:other_end]))
    return None


def _apart(one: list[str], other: list[str]) -> tuple[int, int, int] | None:
    """Return the range in which two queries differ, as its start and its end in each; None if they differ too much."""
    shorter, start, behind = min(len(one), len(other)), 0, 0
    while start < shorter and one[start] == other[start]:
        start += 1
    while behind < shorter - start and one[-1 - behind] == other[-1 - behind]:
        behind += 1
    end, other_end = len(one) - behind, len(other) - behind
    if start + behind < _LEAST_COMMON or start in (end, other_end):
        return None
    return (start, end, other_end) if max(end, other_end) - start <= _MOST_APART else None
