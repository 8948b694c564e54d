"""Queries as passed to engines: a small tree of typed clauses over named fields, already analysed.

Matching and scoring follow Lucene's boolean model: ``All`` requires every clause, ``Any`` at least one, and the score of an
article is the sum of the scores of the clauses that match it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Articles with ``term`` in ``field``; scored by BM25 in text fields."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles with each term in ``field`` at its position relative to the others.

    ``terms`` are ``(position, term)``, with positions as in :class:`TermStreams`; at least two.
    """

    field: str
    terms: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles with a term in ``field`` that starts with ``prefix``; constant score."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Articles with a term in ``field`` within one edit of ``term``; constant score."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """Articles published between two dates, both inclusive, as ``YYYYMMDD`` numbers."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Undated:
    """Articles without a publication date."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of ``clauses`` matches; scores add up."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of ``clauses`` matches; scores add up."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every article that ``clause`` does not match; adds no score."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Boost:
    """``clause`` with its score multiplied by ``factor``."""

    clause: Clause
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """``clause`` with the constant ``score`` instead of its own; 0 makes it a mere filter."""

    clause: Clause
    score: float = 0.0


Clause = (
    Term
    | Phrase
    | Prefix
    | Fuzzy
    | DayRange
    | Undated
    | Everything
    | Nothing
    | All
    | Any
    | Not
    | Boost
    | Constant
)


def all_of(clauses: tuple[Clause, ...]) -> Clause:
    """Return the simplest clause that requires all of ``clauses``; none means everything."""
    if not clauses:
        return Everything()
    return clauses[0] if len(clauses) == 1 else All(clauses)


def any_of(clauses: tuple[Clause, ...]) -> Clause:
    """Return the simplest clause that requires one of ``clauses``; none means nothing."""
    if not clauses:
        return Nothing()
    return clauses[0] if len(clauses) == 1 else Any(clauses)
