"""Converts our clauses to queries of OpenSearch. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from indexer.engine import clauses as c
from indexer.engine.fields import COUNTED, ID, KEYWORDS, PAGE_TEXT, TEXT_AREAS
from indexer.engine.opensearch_.schema import HOLE, PAGES
from indexer.errors import EngineError
from indexer.model import UNDATED

Query = dict[str, Any]

_VALUES = frozenset((*KEYWORDS, ID))
_FIELDS = _VALUES | {*TEXT_AREAS, *COUNTED, "slug"}
NOTHING: Query = {"match_none": {}}
_EVERYTHING: Query = {"constant_score": {"filter": {"match_all": {}}, "boost": 0.0}}
_LONGEST_OF_NODE = 255
"""Maximum length of a term, in characters, that the analyzer ``whitespace`` of OpenSearch does not split."""
_FEWEST_VALUES = 8
"""Number of values of one field from which they are combined into one clause; OpenSearch accepts 1,024 clauses in all."""


class Translator:
    """Builds queries for articles or, with ``pages``, for the pages nested in them. The query parser above bounds the depth.

    If nothing is ``scored``, clauses that would only add to the score are only matched.
    """

    def __init__(self, pages: bool = False, scored: bool = True) -> None:
        self._pages = pages
        self._scored = scored

    def query(self, clause: c.Clause) -> Query:
        """Return ``clause`` as a query; raises EngineError for an unknown field."""
        return self._BUILD[type(clause)](self, clause)

    def _field(self, name: str) -> str | None:
        """Return the name of the field in OpenSearch; None for the text of pages in a query for articles."""
        if name == PAGE_TEXT:
            return f"{PAGES}.{name}" if self._pages else None
        if name not in _FIELDS:
            raise EngineError(f"unknown field: {name}")
        return name

    def _term(self, clause: c.Term) -> Query:
        field = self._field(clause.field)
        if field is None:
            return NOTHING
        query: Query = {"term": {field: clause.term}}
        # Values have no statistics: every article that has one gets the same score.
        return {"constant_score": {"filter": query}} if clause.field in _VALUES else query

    def _phrase(self, clause: c.Phrase) -> Query:
        field = self._field(clause.field)
        if field is None:
            return NOTHING
        return {
            "match_phrase": {field: {"query": _with_holes(clause.terms), "analyzer": _analyzer(clause.terms)}}
        }

    def _prefix(self, clause: c.Prefix) -> Query:
        field = self._field(clause.field)
        return {"prefix": {field: {"value": clause.prefix}}} if field else NOTHING

    def _fuzzy(self, clause: c.Fuzzy) -> Query:
        field = self._field(clause.field)
        if field is None:
            return NOTHING
        asked = {"value": clause.term, "fuzziness": 1, "transpositions": True, "rewrite": "constant_score"}
        return {"fuzzy": {field: asked}}

    def _all(self, clause: c.All) -> Query:
        needed = [self.query(part) for part in clause.clauses if not isinstance(part, c.Not)]
        barred = [self.query(part.clause) for part in clause.clauses if isinstance(part, c.Not)]
        return {"bool": {"must": needed or [_EVERYTHING], "must_not": barred}}

    def _any(self, clause: c.Any) -> Query:
        if not clause.clauses:
            return NOTHING
        parts = (
            [self.query(part) for part in clause.clauses] if self._scored else self._united(clause.clauses)
        )
        return {"bool": {"should": parts, "minimum_should_match": 1}}

    def _united(self, clauses: Sequence[c.Clause]) -> list[Query]:
        """Return queries that match what any of ``clauses`` matches; several values of one field become one query."""
        values: dict[str, list[str]] = {}
        for part in clauses:
            if isinstance(part, c.Term) and part.field in _VALUES:
                values.setdefault(part.field, []).append(part.term)
        united = {field for field, terms in values.items() if len(terms) >= _FEWEST_VALUES}
        queries = [{"terms": {field: values[field]}} for field in united]
        return queries + [
            self.query(part) for part in clauses if not (isinstance(part, c.Term) and part.field in united)
        ]

    def _not(self, clause: c.Not) -> Query:
        return {"bool": {"must": [_EVERYTHING], "must_not": [self.query(clause.clause)]}}

    def _boost(self, clause: c.Boost) -> Query:
        return {"bool": {"must": [self.query(clause.clause)], "boost": clause.factor}}

    def _constant(self, clause: c.Constant) -> Query:
        kept = Translator(self._pages, scored=False).query(clause.clause)
        return {"constant_score": {"filter": kept, "boost": clause.score}}

    _BUILD = cast(
        "dict[type, Callable[[Translator, c.Clause], Query]]",
        {
            c.Term: _term,
            c.Phrase: _phrase,
            c.Prefix: _prefix,
            c.Fuzzy: _fuzzy,
            c.DayRange: lambda _, clause: {"range": {"day": {"gte": clause.first, "lte": clause.last}}},
            c.Undated: lambda _, __: {"constant_score": {"filter": {"term": {"month": UNDATED}}}},
            c.Everything: lambda _, __: _EVERYTHING,
            c.Nothing: lambda _, __: NOTHING,
            c.All: _all,
            c.Any: _any,
            c.Not: _not,
            c.Boost: _boost,
            c.Constant: _constant,
        },
    )


def _analyzer(terms: Sequence[tuple[int, str]]) -> str:
    """Return the analyzer that splits a phrase: that of the node if it can, since it outlasts the index on that node.

    If the shards of an index leave a node, its own analyzers are closed there, although points in time remain.
    """
    positions = sorted(position for position, _ in terms)
    whole = positions == list(range(positions[0], positions[0] + len(positions)))
    return "whitespace" if whole and all(len(term) <= _LONGEST_OF_NODE for _, term in terms) else "holes"


def _with_holes(terms: Sequence[tuple[int, str]]) -> str:
    """Return the terms of a phrase at their positions; a stop word between terms shifts the next one and matches anything."""
    at = dict(sorted(terms))
    return " ".join(at.get(position, HOLE) for position in range(min(at), max(at) + 1))
