"""Our own ranking as a ranker, with any weights, on any engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from benchmarks.relevance.judging import DEPTH, Ranker
from indexer.engine.opening import open_engine
from indexer.engine.protocol import Engine
from indexer.evaluation import JudgedSet, index_documents
from indexer.query.ranking import WEIGHTS, Weights
from indexer.search.request import Reading
from indexer.search.service import SearchService
from indexer.settings import Settings

SIGNALS = {
    "all signals": WEIGHTS,
    "without pairs": replace(WEIGHTS, pairs=0.0),
    "without the title's own weight": replace(WEIGHTS, title=0.0),
    "function words count in full": replace(WEIGHTS, function_word=1.0),
}


@contextmanager
def indexed(judged: JudgedSet, folder: Path, engine: Literal["tantivy", "whoosh"]) -> Iterator[Engine]:
    """Index the documents of a set for the duration of the block."""
    settings = Settings(data=Path(tempfile.mkdtemp(dir=folder)), engine=engine)
    index_documents(judged, settings)
    opened = open_engine(settings)
    try:
        yield opened
    finally:
        opened.close()


def ranker(engine: Engine, weights: Weights = WEIGHTS, reading: Reading = "some") -> Ranker:
    """Return our ranking of plain words."""
    service = SearchService(engine, Settings(), weights)
    return lambda text: service.searcher().ranked(text, DEPTH, reading)


def as_answered(engine: Engine) -> Ranker:
    """Return our ranking as displayed on a page: the exact hits, then close ones, then those with some words."""
    rankers = [ranker(engine, reading=reading) for reading in get_args(Reading)]
    return lambda text: list(dict.fromkeys(id for rank in rankers for id in rank(text)))[:DEPTH]
