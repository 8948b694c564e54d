"""All articles that match a request, one after the other, for downloads and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice

from indexer.engine.protocol import EngineHit, EngineRequest
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

BATCH = 1_000
"""Number of articles read at a time, some MB. By relevance, engines go through everything before a batch again: 10,000 articles
take 2.4 s of searching in batches of 500, and half of that in batches of 1,000."""

_LARGEST = 5 * BATCH
"""Batch size by date: each batch costs one pass over all matches."""


def scan(index: VisibleIndex, asked: EngineRequest, most: int) -> Iterator[StoredArticle]:
    """Return the first ``most`` articles that match ``asked``, in its order, from one commit.

    ``offset`` and ``limit`` of ``asked`` are ignored. Raises EngineError immediately if the first cannot be read, and later if
    another one cannot.
    """
    articles = (unpack(hit.stored) for hit in islice(_hits(index, asked, min(BATCH, most)), most))
    # Read now rather than on demand: a list that cannot be made should be an error, not break off.
    first = list(islice(articles, 1))
    return chain(first, articles)


def _hits(index: VisibleIndex, asked: EngineRequest, size: int) -> Iterator[EngineHit]:
    if asked.sort != "relevance" and not asked.fold:
        yield from _hits_by_day(index, asked, size)
        return
    for offset in count(0, size):
        hits = index.search(replace(asked, offset=offset, limit=size)).hits
        yield from hits
        if len(hits) < size:
            return


def _hits_by_day(index: VisibleIndex, asked: EngineRequest, size: int) -> Iterator[EngineHit]:
    """Yield all hits in date order; each batch begins after the last hit of the previous one."""
    after = ""
    while True:
        hits = index.search(replace(asked, offset=0, limit=size, after=after)).hits
        yield from hits
        if len(hits) < size:
            return
        after, size = hits[-1].sort_key or "", min(4 * size, _LARGEST)
