"""Words that an article must contain to match a saved query; most queries are ruled out by these without being run.

This corresponds to the *presearcher* of Lucene's Monitor. What must match is reduced to *needs*: sets of terms of which an
article must contain at least one. They demand less than the query, ignoring positions and areas, but never more, so no match is
lost. They are also independent of everything that changes with the index: the splitting of a query into words, and the decision
whether unaccented syllables are meant literally.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from indexer.engine import clauses as c
from indexer.engine.fields import PAIRED, TEXT_AREAS, WHOLE_TEXT, pairs_field
from indexer.engine.protocol import Entry
from indexer.vietnamese.letters import fold
from indexer.vietnamese.terms import TONED

Need = frozenset[str]
Needs = frozenset[Need]
"""All needs; if there are none, any article may match."""
NOTHING: Needs = frozenset([frozenset()])
"""A need that no article meets."""
_TEXTS = frozenset((*TEXT_AREAS, WHOLE_TEXT))
_PAIRS = frozenset(map(pairs_field, PAIRED))
_KEYWORDS = ("source", "category", "type", "issuer", "number", "cites", "status", "file_type", "label")
"""Other fields whose terms are considered."""
_MOST = 64
"""Maximum number of terms in a need; larger ones are not worth storing."""


def needs_of(clauses: Iterable[c.Clause]) -> Needs:
    """Return what an article must contain to match all of ``clauses``."""
    return frozenset(need for need in _all(clauses) if len(need) <= _MOST)


def _needs(clause: c.Clause) -> Needs:
    match clause:
        case c.Term(field, term):
            return _of_term(field, term)
        case c.Phrase(field, terms):
            return frozenset(need for _, term in terms for need in _of_term(field, term))
        case c.All(clauses):
            return _all(clauses)
        case c.Any(clauses):
            return _any(list(map(_needs, clauses)))
        case c.Boost(inner, _) | c.Constant(inner, _):
            return _needs(inner)
        case c.Nothing():
            return NOTHING
        case _:
            return frozenset()


def _of_term(field: str, term: str) -> Needs:
    if field in _TEXTS:
        return frozenset(frozenset([one]) for one in _syllables(term))
    if field in _PAIRS:
        return frozenset(frozenset([part]) for part in term.split("_"))
    return frozenset([frozenset([f"{field}:{term}"])]) if field in _KEYWORDS else frozenset()


@functools.lru_cache(maxsize=50_000)
def _syllables(term: str) -> tuple[str, ...]:
    """Return the considered forms of a term: the unaccented syllable and, if it has accents, the accented one."""
    if not term.startswith(TONED):
        return (term,)
    folded = fold(term.removeprefix(TONED))
    return (folded,) if term == TONED + folded else (folded, term)


def _all(clauses: Iterable[c.Clause]) -> Needs:
    return frozenset(need for clause in clauses for need in _needs(clause))


def _any(branches: Sequence[Needs]) -> Needs:
    """Return the needs of each branch, and what remains of one of them, each with the most selective need of the others as an
    alternative.
    """
    possible = [branch for branch in branches if frozenset() not in branch]
    if not possible:
        return NOTHING
    common = reduce(and_, possible)
    left = [branch - common for branch in possible]
    if not all(left):
        return common
    first, *others = sorted(left, key=lambda branch: (-len(branch), sorted(map(sorted, branch))))
    choice: Need = reduce(or_, map(_hardest, others), frozenset())
    return common | {need | choice for need in first}


def _hardest(needs: Needs) -> Need:
    """Return the need that probably fewest articles meet: with few and long terms."""
    return min(needs, key=lambda need: (len(need), -min(map(len, need)), sorted(need)))


class Vocabulary:
    """Which articles contain which terms, as bits of a number for each term."""

    def __init__(self) -> None:
        self._everyone = 0
        self._holders: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Add an article."""
        own = self._everyone + 1
        self._everyone |= own
        for term in _terms_of(entry):
            self._holders[term] = self._holders.get(term, 0) | own

    def may_match(self, needs: Needs) -> bool:
        """Tell whether any article meets all of ``needs``."""
        left = self._everyone
        for need in needs:
            left &= reduce(or_, (self._holders.get(term, 0) for term in need), 0)
            if not left:
                return False
        return True


def _terms_of(entry: Entry) -> set[str]:
    terms: set[str] = set()
    for area in TEXT_AREAS:
        for term in set(entry.searched(area).text.split()):
            terms.update(_syllables(term))
    terms.update(f"{field}:{value}" for field in _KEYWORDS for value in entry.keywords.get(field, ()))
    return terms
