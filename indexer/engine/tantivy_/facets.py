"""Counts of what matches, by the values of keyword fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Query

from indexer.engine.fields import KEYWORDS, SAME_TEXT
from indexer.engine.tantivy_.clauses import Filter, narrowed
from indexer.errors import EngineError

_FACET_SIZE = 65_000
"""Above the number of distinct values of any facet, so that counts are exact (tantivy's limit
on buckets is 65,000 for one request)."""
_TEXTS = 20_000
"""Texts with copies that are counted; where more match, ``folded`` leaves some out."""

Counts = dict[str, dict[str, int]]
"""Field -> value -> articles."""


def count_facets(
    searcher: tantivy.Searcher,
    match: Query,
    filters: Mapping[str, Filter],
    wanted: Sequence[str],
    matched: Query,
) -> tuple[Counts, int | None]:
    """Return the counts of the fields ``wanted`` and, where these give it, how many articles match.

    Counts once for all facets without a filter of their own, once for each of the others; ``matched`` is
    ``match`` narrowed by all ``filters``. Raises EngineError for a field that is none of values.
    """
    unknown = set(wanted) - set(KEYWORDS)
    if unknown:
        raise EngineError(f"no facet {', '.join(sorted(unknown))}")
    free = [name for name in wanted if name not in filters]
    counts: Counts = {}
    total = None
    if free:
        aggregations = {name: _terms(name) for name in free}
        # Every article has exactly one month value: their number is the total.
        aggregations[" total"] = {"value_count": {"field": "month"}}
        result = searcher.aggregate(matched, aggregations)
        total = int(result.pop(" total")["value"])
        counts |= {name: _buckets(result[name]) for name in free}
    for name in set(wanted) - set(free):
        others = [found for other, found in filters.items() if other != name]
        result = searcher.aggregate(narrowed(match, others), {name: _terms(name)})
        counts[name] = _buckets(result[name])
    return counts, total


def _terms(field: str) -> dict[str, Any]:
    size = _TEXTS if field == SAME_TEXT else _FACET_SIZE
    return {"terms": {"field": field, "size": size, "segment_size": size}}


def _buckets(result: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in result["buckets"]}
