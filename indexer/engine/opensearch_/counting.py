"""Counts of terms, and of more values than one answer can hold."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator
from typing import Any

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.asking import Question
from indexer.engine.opensearch_.clauses import Query
from indexer.engine.opensearch_.schema import COUNTED_TWINS, TONED_PREFIX, counted_twin

Ask = Callable[[Question], Json]

PAGE = 10_000
"""Number of values counted at a time, which limits the memory used here and on the nodes."""
MOST = 65_000
"""Maximum number of values in one answer; OpenSearch returns at most 65,535."""
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
    body: dict[str, Any] = {"aggs": {_NAME: {"terms": terms}}}
    if prefix:
        terms["include"] = f"{_literal(prefix)}.*"
        if prefix != TONED_PREFIX:  # which nearly all articles have
            body["query"] = {"bool": {"filter": [{"prefix": {field: {"value": prefix}}}]}}
    return Question(_counting(body))


def _counted_field(field: str, prefix: str) -> str:
    """Return the field whose values are counted for the terms of ``field`` with ``prefix``."""
    if field in COUNTED_TWINS and (field != COUNTED_TWINS[0] or prefix.startswith(TONED_PREFIX)):
        return counted_twin(field)
    return field


def most_frequent(ask: Ask, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the ``limit`` most frequent values or terms of ``field`` with ``prefix``; ties are in order."""
    if limit <= 0:
        return []
    found = ask(frequent_question(field, prefix, limit))["aggregations"][_NAME]
    if not found["doc_count_error_upper_bound"]:
        return [(bucket["key"], bucket["doc_count"]) for bucket in found.get("buckets", ())]
    # If a shard has more values than one answer holds, the sums are uncertain, so all values are counted.
    field = _counted_field(field, prefix)
    return heapq.nsmallest(limit, _with_prefix(ask, field, prefix), key=lambda one: (-one[1], one[0]))


def _with_prefix(ask: Ask, field: str, prefix: str) -> Iterator[tuple[str, int]]:
    everything: Query = {"match_all": {}}
    if not prefix:
        yield from _in_order(ask, everything, field, None)
        return
    if itself := frequency(ask(frequency_question(field, prefix))):
        yield prefix, itself
    for value, articles in _in_order(ask, everything, field, prefix):
        if not value.startswith(prefix):
            return
        yield value, articles


def frequency_question(field: str, term: str) -> Question:
    """Return the search that counts the articles with ``term``.

    A segment without deletions knows the number, so a search for each term takes the nodes a quarter of the time in which one
    aggregation counts 30 of them in 20,000 articles, and hardly more in a larger index.
    """
    return Question({"query": {"term": {field: term}}, "size": 0, "track_total_hits": True})


def frequency(found: Json) -> int:
    """Return the number of articles from the answer to a :func:`frequency_question`."""
    return int(found["hits"]["total"]["value"])


def _counting(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "size": 0, "track_total_hits": False}


def _literal(text: str) -> str:
    """Return a Lucene regular expression that matches exactly ``text``."""
    return re.sub(r"([^\w])", r"\\\1", text)
