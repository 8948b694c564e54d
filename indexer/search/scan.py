"""Everything that answers a request, one article after the other: for lists to download and for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice

from indexer.engine.protocol import Engine, EngineHit, EngineRequest
from indexer.stored.article import StoredArticle, unpack

_BATCH = 1_000
"""Articles read at a time, some MB. Engines go through all before the first of a batch again: 10,000 in batches of
500 take 2.4 s of searching, of 1,000 half of that."""
_PASSES = 3
"""A commit moves articles to places that were read before. Then the whole is read again for what was missed, but
not for ever: an index that never rests must not keep a list from ending."""


def answers(engine: Engine, asked: EngineRequest, most: int) -> Iterator[StoredArticle]:
    """Return the first ``most`` articles that answer ``asked``, in its order, none of them twice.

    ``offset`` and ``limit`` of ``asked`` are not read. What is committed meanwhile may stand out of order.
    Raises EngineError at once where the first can't be read, and later where one of the others can't.
    """
    articles = islice(_each_once(engine, asked, min(_BATCH, most)), most)
    # Read now, not when it is asked for: a list that can't be made is an error, not one that breaks off.
    first = list(islice(articles, 1))
    return chain(first, articles)


def _each_once(engine: Engine, asked: EngineRequest, size: int) -> Iterator[StoredArticle]:
    seen: set[str] = set()
    for _ in range(_PASSES):
        generation = engine.generation
        for hit in _hits(engine, asked, size):
            if hit.id not in seen:
                seen.add(hit.id)
                yield unpack(hit.stored)
        if engine.generation == generation:
            return


def _hits(engine: Engine, asked: EngineRequest, size: int) -> Iterator[EngineHit]:
    for offset in count(0, size):
        hits = engine.search(replace(asked, offset=offset, limit=size)).hits
        yield from hits
        if len(hits) < size:
            return
