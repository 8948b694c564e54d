"""``python -m benchmarks.find FOLDER``: search times of ours and the limit over all of the news,
and of the peers over what they were built from; prints JSON of p50 and p95 in milliseconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.corpus import queries
from benchmarks.measure import percentile, times
from benchmarks.peers import fts5, whoosh_pyvi
from benchmarks.peers.tantivy_limit import Limit
from indexer.engine.opening import open_engine
from indexer.engine.protocol import EngineRequest
from indexer.model import SearchRequest
from indexer.query.parser import parse
from indexer.query.plan import Planner
from indexer.query.wanted import wanted
from indexer.search import open_search
from indexer.settings import Settings
from indexer.snippet import fragment, mark
from indexer.stored import unpack

_FACETS = ("source", "category", "month")


def main() -> None:
    """Measure everything in this one process."""
    folder = Path(sys.argv[1])
    asked = queries()
    settings = Settings(data=folder / "ours-all")
    service, engine = open_search(settings), open_engine(settings)
    limit = Limit(settings.data / "tantivy")
    rows = {
        "limit": times(limit.search, [limit.prepare(text) for text in asked]),
        "ours, no highlighting": times(lambda text: _without_snippets(engine, text), asked),
        "ours, whole response": times(lambda text: service.search(SearchRequest(text)), asked),
        "  of it: parse and plan": times(lambda text: Planner().plan(parse(text), "all"), asked),
        "  of it: unpack ten articles": times(_unpack, [_stored(engine, text) for text in asked]),
        "  of it: marks and fragments": times(_snippets, [(text, _stored(engine, text)) for text in asked]),
        "whoosh_pyvi": times(whoosh_pyvi.Searcher(folder / "whoosh_pyvi").search, asked, 1),
        "fts5": times(fts5.Searcher(folder / "fts5-all").search, asked, 1),
    }
    print(json.dumps({name: [percentile(ms, 50), percentile(ms, 95)] for name, ms in rows.items()}))


def _without_snippets(engine: object, text: str) -> None:
    plan = Planner().plan(parse(text), "all")
    response = engine.search(EngineRequest(plan.match, plan.rank, facets=_FACETS))  # type: ignore[attr-defined]
    for hit in response.hits:
        unpack(hit.stored)


def _stored(engine: object, text: str) -> list[bytes]:
    plan = Planner().plan(parse(text), "all")
    return [hit.stored for hit in engine.search(EngineRequest(plan.match, plan.rank)).hits]  # type: ignore[attr-defined]


def _unpack(stored: list[bytes]) -> None:
    for one in stored:
        unpack(one)


def _snippets(asked: tuple[str, list[bytes]]) -> None:
    text, stored = asked
    marks = wanted(parse(text))
    for article in map(unpack, stored):
        mark(article.title, marks)
        fragment(f"{article.summary}\n{article.body}", marks)


if __name__ == "__main__":
    main()
