"""Clauses that find the pages of attachments that contain what is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine import clauses as c
from indexer.engine.fields import PAGE_TEXT
from indexer.highlight.finder import Wanted
from indexer.highlight.phrases import Phrase
from indexer.vietnamese.terms import TONED

_WHOLE = 2.0
"""Weight of a whole phrase relative to its syllables: a page with "chuyển đổi số" ranks before one with "số" twice."""


def pages_with_all(marks: Wanted) -> c.Clause:
    """Return a clause for pages with every requested syllable, ranking whole phrases and typed accents first."""
    needed = {*marks.leading, *(syllable for term in marks.needed for syllable in term.split())}
    clauses = [c.Term(PAGE_TEXT, term) for term in sorted(needed)]
    typed: tuple[c.Clause, ...] = tuple(
        c.Term(PAGE_TEXT, term) for term in sorted(marks.optional & _typed(marks))
    )
    others = tuple(_phrase(other) for other in dict.fromkeys(marks.others))
    wanted: tuple[c.Clause, ...] = tuple(clauses)
    if others or typed:
        wanted += (c.any_of((*((c.all_of(typed),) if typed else ()), *others)),)
    if not wanted:
        return pages_with_some(marks)
    rank = tuple(_rank(marks))
    return c.All((*wanted, c.Any((*rank, c.Constant(c.Everything()))))) if rank else c.all_of(wanted)


def pages_with_some(marks: Wanted) -> c.Clause:
    """Return a clause for pages with any requested syllable."""
    terms = sorted(_typed(marks))
    others = tuple(_phrase(other) for other in dict.fromkeys(marks.others))
    return c.any_of((*(c.Term(PAGE_TEXT, term) for term in terms), *others, *_rank(marks)))


def _typed(marks: Wanted) -> frozenset[str]:
    in_phrases = (syllable.folded for phrase in marks.phrases for syllable in phrase)
    return frozenset((*marks.words, *marks.leading, *in_phrases))


def _rank(marks: Wanted) -> Iterator[c.Clause]:
    for phrase in dict.fromkeys(marks.phrases):
        yield c.Boost(_phrase(phrase), _WHOLE)
    for forms in marks.words.values():
        for toned in sorted(forms):
            yield c.Term(PAGE_TEXT, TONED + toned)


def _phrase(phrase: Phrase) -> c.Clause:
    """The syllables side by side, with the accents that were typed."""
    terms = [
        (2 * i, TONED + one.toned) if one.is_accented else (2 * i + 1, one.folded)
        for i, one in enumerate(phrase)
    ]
    return c.Phrase(PAGE_TEXT, tuple(terms)) if len(terms) > 1 else c.Term(PAGE_TEXT, terms[0][1])
