"""Translates clauses to tantivy queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import cast

import tantivy
from tantivy import FieldType, Occur, Query

from indexer.engine import clauses as c
from indexer.engine.fields import COUNTED, PAGE_TEXT, TEXT_AREAS
from indexer.engine.tantivy_.narrowing import narrowed_clause
from indexer.engine.tantivy_.schema import ARTICLE, PAGE
from indexer.model import UNDATED

_POSITIONAL = frozenset((*TEXT_AREAS, PAGE_TEXT))


class Translator:
    """Builds tantivy queries for one schema. The query parser limits their depth.

    Unless it is for ``pages``, the text of pages matches nothing, since a search finds articles; it is for either one or the
    other.
    """

    def __init__(self, schema: tantivy.Schema, pages: bool = False) -> None:
        self._schema = schema
        self._pages = pages
        self._everything = self._term("kind", PAGE if pages else ARTICLE)

    def query(self, clause: c.Clause) -> Query:
        """Return ``clause`` as a tantivy query."""
        if getattr(clause, "field", None) == PAGE_TEXT and not self._pages:
            return Query.empty_query()
        return self._BUILD[type(clause)](self, clause)

    def narrowed(self, match: c.Clause, filters: Iterable[c.Clause]) -> Query:
        """Return a query for what matches ``match`` and passes all ``filters``, with the score of ``match`` only."""
        if isinstance(match, c.Constant):
            return self.query(c.Constant(c.All((match.clause, *filters)), match.score))
        # Exclusions are left out, instead of including everything else.
        joined = [
            (Occur.MustNot, self.query(one.clause))
            if isinstance(one, c.Not)
            else (Occur.Must, self.query(c.Constant(one)))
            for one in filters
        ]
        query = self.query(match)
        return Query.boolean_query([(Occur.Must, query), *joined]) if joined else query

    def value(self, field: str, value: str | int) -> Query:
        """Return a query for one value of a keyword field."""
        return Query.term_query(self._schema, field, value, "basic")

    def _term(self, field: str, term: str) -> Query:
        option = "position" if field in _POSITIONAL else "freq" if field in COUNTED else "basic"
        return Query.term_query(self._schema, field, term, option)

    def _phrase(self, clause: c.Phrase) -> Query:
        # tantivy panics on a phrase of a single term.
        if len(clause.terms) == 1:
            return self._term(clause.field, clause.terms[0][1])
        first = min(position for position, _ in clause.terms)
        words: list[str | tuple[int, str]] = [(position - first, term) for position, term in clause.terms]
        return Query.phrase_query(self._schema, clause.field, words)

    def _prefix(self, clause: c.Prefix) -> Query:
        return Query.regex_query(self._schema, clause.field, _regex_literal(clause.prefix) + r"(.|\n)*")

    def _fuzzy(self, clause: c.Fuzzy) -> Query:
        return Query.fuzzy_term_query(self._schema, clause.field, clause.term, 1, True)

    def _days(self, clause: c.DayRange) -> Query:
        return Query.range_query(self._schema, "day", FieldType.Unsigned, clause.first, clause.last)

    def _all(self, clause: c.All) -> Query:
        parts = [
            (Occur.MustNot, self.query(part.clause))
            if isinstance(part, c.Not)
            else (Occur.Must, self.query(part))
            for part in clause.clauses
        ]
        if all(occur == Occur.MustNot for occur, _ in parts):
            parts.append((Occur.Must, self._nothing_scored()))
        return Query.boolean_query(parts)

    def _any(self, clause: c.Any) -> Query:
        if not clause.clauses:
            return Query.empty_query()
        return Query.boolean_query([(Occur.Should, self.query(part)) for part in clause.clauses])

    def _not(self, clause: c.Not) -> Query:
        return Query.boolean_query(
            [(Occur.Must, self._nothing_scored()), (Occur.MustNot, self.query(clause.clause))]
        )

    def _constant(self, clause: c.Constant) -> Query:
        return Query.const_score_query(self.query(narrowed_clause(clause.clause)), clause.score)

    def _nothing_scored(self) -> Query:
        return Query.const_score_query(self._everything, 0.0)

    _BUILD = cast(
        "dict[type, Callable[[Translator, c.Clause], Query]]",
        {
            c.Term: lambda self, clause: self._term(clause.field, clause.term),
            c.Phrase: _phrase,
            c.Prefix: _prefix,
            c.Fuzzy: _fuzzy,
            c.DayRange: _days,
            c.Undated: lambda self, _: self._term("month", UNDATED),
            c.Everything: lambda self, _: self._nothing_scored(),
            c.Nothing: lambda _, __: Query.empty_query(),
            c.All: _all,
            c.Any: _any,
            c.Not: _not,
            c.Boost: lambda self, clause: Query.boost_query(self.query(clause.clause), clause.factor),
            c.Constant: _constant,
        },
    )


def must(queries: Sequence[Query]) -> Query:
    """Return a query that requires all of ``queries``, with the sum of their scores."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _regex_literal(text: str) -> str:
    """Quote special characters of tantivy's regular expressions; it accepts no escapes of other characters."""
    return re.sub(r"([][\\^$.|?*+(){}#&~-])", r"\\\1", text)
