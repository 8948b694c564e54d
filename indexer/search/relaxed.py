"""Fills a page that is not full with results of the next looser reading."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.protocol import EngineRequest, EngineResponse
from indexer.search.asking import filters
from indexer.search.hits import shown_hits
from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Relaxed
from indexer.search.understanding import Understood
from indexer.visible.index import VisibleIndex

_LEAST = 3
"""Minimum number of further hits that are requested, even if the page is nearly full."""


def further(
    request: SearchRequest, query: Understood, reading: Reading, found: EngineResponse
) -> Iterator[tuple[Reading, EngineRequest]]:
    """Yield the readings after ``reading`` that may add results, each with the request for what it adds to ``found``.

    There are none if the first page is full or a particular reading was requested.
    """
    if found.total >= request.size or request.reading is not None or request.page > 1:
        return
    known = query.plan(reading).match
    # A few articles are excluded by id, so that their conditions need not be evaluated again.
    ids = c.any_of(tuple(c.Term(ID, hit.id) for hit in found.hits))
    held = ids if len(found.hits) == found.total else known
    room = max(min(_LEAST, request.size), request.size - len(found.hits))
    for other in query.readings[query.readings.index(reading) + 1 :]:
        plan = query.plan(other)
        if plan.match != known:
            match = c.All((plan.match, c.Not(held)))
            yield other, EngineRequest(match, plan.rank, filters(request), limit=room, fold=True)


def relaxed(
    index: VisibleIndex, request: SearchRequest, query: Understood, reading: Reading, found: EngineResponse
) -> Relaxed | None:
    """Return the best results of the next reading that adds anything to what ``reading`` has ``found``."""
    for other, asked in further(request, query, reading, found):
        more = index.search(asked)
        if more.total:
            return Relaxed(other, more.total, shown_hits(index, asked, more.hits, query.marks(other)))
    return None
