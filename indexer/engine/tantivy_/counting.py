"""Counts of what matches: in all, by the values of keyword fields, of copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tantivy
from tantivy import Query

from indexer.engine.fields import KEYWORDS
from indexer.engine.protocol import EngineRequest
from indexer.engine.tantivy_.clauses import Translator
from indexer.engine.tantivy_.schema import TEXT_NUMBER
from indexer.errors import EngineError

_FACET_SIZE = 65_000
"""Above the number of distinct values of any facet, so that counts are exact (tantivy's limit
on buckets is 65,000 for one request)."""
_TEXTS = 20_000
"""Texts with copies that are counted; where more match, ``folded`` leaves some out."""

_TOTAL, _FOLDED = " total", " folded"
"""Names of counts that are no facets."""

Counts = dict[str, dict[str, int]]
"""Field -> value -> articles."""


def count(
    searcher: tantivy.Searcher, translate: Translator, request: EngineRequest, matched: Query
) -> tuple[Counts, int, int]:
    """Return the counts of the facets, how many articles match, and of how many a copy comes before them.

    Counts once for all facets without a filter of their own, once for each of the others; ``matched`` is what matches
    under all filters of ``request``. Raises EngineError for a field that is none of values.
    """
    unknown = set(request.facets) - set(KEYWORDS)
    if unknown:
        raise EngineError(f"unknown facet: {', '.join(sorted(unknown))}")
    free = [name for name in request.facets if name not in request.filters]
    counts: Counts = {}
    folded = 0
    aggregations = {name: _terms(name) for name in free}
    if request.fold:
        aggregations[_FOLDED] = _terms(TEXT_NUMBER, _TEXTS, min_doc_count=2)
    if aggregations:
        # Every article has exactly one month value: their number is the total.
        aggregations[_TOTAL] = {"value_count": {"field": "month"}}
        result = searcher.aggregate(matched, aggregations)
        total = int(result[_TOTAL]["value"])
        if request.fold:
            folded = sum(bucket["doc_count"] - 1 for bucket in result[_FOLDED]["buckets"])
        counts |= {name: _buckets(result[name]) for name in free}
    else:
        total = int(searcher.search(matched, 1, True).count)  # type: ignore[attr-defined]
    for name in set(request.facets) - set(free):
        others = [found for other, found in request.filters.items() if other != name]
        result = searcher.aggregate(translate.narrowed(request.match, others), {name: _terms(name)})
        counts[name] = _buckets(result[name])
    return counts, total, folded


def _terms(field: str, size: int = _FACET_SIZE, min_doc_count: int = 1) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "segment_size": size, "min_doc_count": min_doc_count}}


def _buckets(result: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in result["buckets"]}
