"""Everything that answers a request, one article after the other: for lists to download and for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice

from indexer.engine.protocol import EngineHit, EngineRequest
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

BATCH = 1_000
"""Articles read at a time, some MB. By relevance engines go through all before the first of a batch again: 10,000 in
batches of 500 take 2.4 s of searching, of 1,000 half of that."""

_LARGEST = 5 * BATCH
"""Of batches by day: each costs one pass over all that answers."""


def scan(index: VisibleIndex, asked: EngineRequest, most: int) -> Iterator[StoredArticle]:
    """Return the first ``most`` articles that answer ``asked``, in its order, as one commit holds them.

    ``offset`` and ``limit`` of ``asked`` are not read. Raises EngineError at once where the first can't be read, and
    later where one of the others can't.
    """
    articles = (unpack(hit.stored) for hit in islice(_hits(index, asked, min(BATCH, most)), most))
    # Read now, not when it is asked for: a list that can't be made is an error, not one that breaks off.
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
    """Yield all hits in the order of days, where each batch begins behind the last hit of the one before."""
    after = ""
    while True:
        hits = index.search(replace(asked, offset=0, limit=size, after=after)).hits
        yield from hits
        if len(hits) < size:
            return
        after, size = hits[-1].sort_key or "", min(4 * size, _LARGEST)
