"""A request as the engine is asked: filters, order, recency."""

from __future__ import annotations

from indexer.engine import clauses as c
from indexer.query.dates import period
from indexer.query.values import day_range
from indexer.search.facets import KEYWORD_FACETS
from indexer.search.request import UNDATED, SearchRequest


def filters(request: SearchRequest) -> dict[str, c.Clause]:
    """Return the filters of ``request``, keyed by the engine field whose counts ignore them."""
    chosen: dict[str, c.Clause] = {
        name: c.any_of(tuple(c.Term(name, value) for value in getattr(request, name)))
        for name in KEYWORD_FACETS
        if getattr(request, name)
    }
    dates: list[c.Clause] = []
    if request.date:
        dates.append(c.any_of(tuple(map(_date, request.date))))
    if request.date_from or request.date_to:
        dates.append(day_range(request.date_from, request.date_to))
    if dates:
        chosen["month"] = c.all_of(tuple(dates))
    return chosen


def _date(value: str) -> c.Clause:
    if value == UNDATED:
        return c.Undated()
    days = period(value)
    return day_range(*days) if days else c.Nothing()
