"""Value fields in queries: labels and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indexer.engine import clauses as c
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import Syllable, syllables

LABEL_FIELD = "label"
STAFF = c.Term(LABEL_FIELD, "audience:staff")
"""Articles that only staff may see."""
ACCENTLESS = "accents:none"
"""Label of articles whose own text is Vietnamese without accents."""
FIRST_DAY, LAST_DAY = 10101, 99991231


class _ValueTerms(Memo[tuple[str, ...]]):
    """Cache of the terms of a value with its field, ``source:Báo Lam Giang``; most look-ups are for a few values."""

    def made(self, text: str) -> tuple[str, ...]:
        field, _, value = text.partition(":")
        return _label_terms(field, syllables(value))


_value_terms = _ValueTerms()


def label_terms(field: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of the ``label`` field for ``values``: ``source:bao`` and so on for every syllable."""
    return tuple(dict.fromkeys(term for value in values for term in _value_terms[f"{field}:{value}"]))


def label_clause(field: str, asked: Iterable[Syllable]) -> c.Clause:
    """Match entries whose values of ``field`` contain every syllable of ``asked``."""
    terms = tuple(c.Term(LABEL_FIELD, term) for term in _label_terms(field, asked))
    return c.all_of(terms) if terms else c.Nothing()


def _label_terms(field: str, found: Iterable[Syllable]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{field}:{syllable.folded}" for syllable in found))


def day_range(first: date | None, last: date | None) -> c.Clause:
    """Match days from ``first`` to ``last``, both inclusive and either open."""
    return c.DayRange(day_number(first) if first else FIRST_DAY, day_number(last) if last else LAST_DAY)


def day_number(day: date) -> int:
    """Return ``day`` as the number ``YYYYMMDD``."""
    return day.year * 10000 + day.month * 100 + day.day
