"""Converts requests to engine requests: filters, order and recency."""

from __future__ import annotations

import re
from datetime import date, timedelta

from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.model import UNDATED
from indexer.query.dates import period
from indexer.query.ranking import RECENCY_STEPS
from indexer.query.values import day_range
from indexer.search.facets import ENGINE_FACETS, KEYWORD_FACETS
from indexer.search.request import Reading, SearchRequest
from indexer.search.understanding import Understood
from indexer.settings import Settings

_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d{2})?")


def engine_request(
    request: SearchRequest, query: Understood, reading: Reading, settings: Settings
) -> EngineRequest:
    """Return the engine request for one page of ``request`` in ``reading``, including all facets."""
    sort = request.sort or query.sort
    plan = query.plan(reading)
    rank = (*plan.rank, *_recency(settings)) if sort == "relevance" and plan.rank else ()
    return EngineRequest(
        match=plan.match,
        rank=rank,
        filters=filters(request),
        facets=ENGINE_FACETS,
        sort=sort,
        offset=(request.page - 1) * request.size,
        limit=request.size,
        fold=True,
    )


def counting(
    request: SearchRequest, query: Understood, reading: Reading, filtered: bool = True
) -> EngineRequest:
    """Return what counts all that ``reading`` of ``query`` finds, on wish without the filters of ``request``."""
    return EngineRequest(query.match(reading), filters=filters(request) if filtered else {}, limit=0)


def filters(request: SearchRequest) -> dict[str, c.Clause]:
    """Return the filters of ``request``, by the engine field whose counts ignore them."""
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
    if not days:
        return c.Nothing()
    first, last = days
    if _YEAR_OR_MONTH.fullmatch(value):
        # Months are terms, which take a fifth of the time of a range of days.
        months = range(first.month, last.month + 1)
        return c.any_of(tuple(c.Term("month", f"{first.year:04d}-{month:02d}") for month in months))
    return day_range(first, last)


def _recency(settings: Settings) -> tuple[c.Clause, ...]:
    """Score recent articles higher: the weight is halved with every half-life, in steps."""
    weight, life = settings.recency_weight, settings.recency_half_life
    if not weight:
        return ()
    today = settings.today()
    shares = [weight / 2**step for step in range(1, RECENCY_STEPS + 1)]
    return tuple(
        c.Constant(day_range(_days_before(today, life * step), None), share)
        for step, share in enumerate(shares, 1)
    )


def _days_before(today: date, days: float) -> date:
    return today - timedelta(days=min(days, (today - date.min).days))
