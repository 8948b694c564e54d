"""Counts of terms, and of more values than one answer can hold."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.asking import Question
from indexer.engine.opensearch_.clauses import Query
from indexer.engine.opensearch_.schema import COUNTED_TWINS, TONED_PREFIX, counted_twin

Ask = Callable[[Question], Json]
FieldTerm = tuple[str, str]

PAGE = 10_000
"""Number of values counted at a time, which limits the memory used here and on the nodes."""
MOST = 65_000
"""Maximum number of values in one answer; OpenSearch returns at most 65,535."""
_TERMS = 1_000
"""Number of terms whose frequencies are requested together."""
_NAME = "values"


def all_values(ask: Ask, query: Query, field: str) -> dict[str, int]:
    """Return every value of ``field`` in the articles that match ``query``, with the number of articles that have it."""
    return dict(_in_order(ask, query, field, None))


def _in_order(ask: Ask, query: Query, field: str, after: str | None) -> Iterator[tuple[str, int]]:
    """Yield the values after ``after`` with their counts, in order, in batches."""
    while True:
        pages: dict[str, Any] = {"size": PAGE, "sources": [{_NAME: {"terms": {"field": field}}}]}
        if after is not None:
            pages["after"] = {_NAME: after}
        body = _counting({"query": query, "aggs": {_NAME: {"composite": pages}}})
        found = ask(Question(body))["aggregations"][_NAME]
        buckets = found.get("buckets", ())
        for bucket in buckets:
            yield bucket["key"][_NAME], bucket["doc_count"]
        if len(buckets) < PAGE:
            return
        after = found["after_key"][_NAME]


def frequent_question(field: str, prefix: str, limit: int) -> Question:
    """Return the search for the ``limit`` most frequent values or terms of ``field`` with ``prefix``."""
    terms: dict[str, Any] = {
        "field": _counted_field(field, prefix),
        "size": min(limit, MOST),
        "shard_size": MOST,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    if prefix:
        terms["include"] = f"{_literal(prefix)}.*"
    return Question(_counting({"aggs": {_NAME: {"terms": terms}}}))


def _counted_field(field: str, prefix: str) -> str:
    """Return the field whose values are counted for the terms of ``field`` with ``prefix``."""
    if field in COUNTED_TWINS and (field != COUNTED_TWINS[0] or prefix.startswith(TONED_PREFIX)):
        return counted_twin(field)
    return field


def most_frequent(ask: Ask, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the ``limit`` most frequent values or terms of ``field`` with ``prefix``; ties are in order."""
    if limit <= 0:
        return []
    field = _counted_field(field, prefix)
    found = ask(frequent_question(field, prefix, limit))["aggregations"][_NAME]
    if not found["doc_count_error_upper_bound"]:
        return [(bucket["key"], bucket["doc_count"]) for bucket in found.get("buckets", ())]
    # If a shard has more values than one answer holds, the sums are uncertain, so all values are counted.
    return heapq.nsmallest(limit, _with_prefix(ask, field, prefix), key=lambda one: (-one[1], one[0]))


def _with_prefix(ask: Ask, field: str, prefix: str) -> Iterator[tuple[str, int]]:
    everything: Query = {"match_all": {}}
    if not prefix:
        yield from _in_order(ask, everything, field, None)
        return
    if itself := frequencies(ask, field, [prefix])[0]:
        yield prefix, itself
    for value, articles in _in_order(ask, everything, field, prefix):
        if not value.startswith(prefix):
            return
        yield value, articles


def frequencies(ask: Ask, field: str, terms: Sequence[str]) -> list[int]:
    """Return the exact number of articles with each of ``terms``."""
    asked = [(field, term) for term in terms]
    return [count for part in parts(asked) for count in counts_in(ask(frequency_question(part)))]


def parts(asked: Sequence[FieldTerm]) -> Iterator[Sequence[FieldTerm]]:
    """Yield ``asked`` in parts, one for each search."""
    return (asked[at : at + _TERMS] for at in range(0, len(asked), _TERMS))


def frequency_question(asked: Sequence[FieldTerm]) -> Question:
    """Return the search that counts the articles with each term in its field."""
    filters = [{"term": {field: term}} for field, term in asked]
    return Question(_counting({"aggs": {_NAME: {"filters": {"filters": filters}}}}))


def counts_in(found: Json) -> list[int]:
    """Return the counts from the answer to a :func:`frequency_question`, in its order."""
    return [bucket["doc_count"] for bucket in found["aggregations"][_NAME]["buckets"]]


def _counting(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "size": 0, "track_total_hits": False}


def _literal(text: str) -> str:
    """Return a Lucene regular expression that matches exactly ``text``."""
    return re.sub(r"([^\w])", r"\\\1", text)
