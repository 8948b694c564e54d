"""``python -m benchmarks.find FOLDER``: search times of ours and the limit over all of the news; prints JSON of p50 and
p95 in milliseconds. The peers have :mod:`benchmarks.peers`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import QUERIES, queries
from benchmarks.measure import child, times
from benchmarks.peers.tantivy_limit import Limit
from benchmarks.tables import table
from indexer.engine.opening import open_engine
from indexer.engine.protocol import Engine, EngineRequest
from indexer.evaluation import percentile
from indexer.highlight.fragment import fragment, mark
from indexer.highlight.from_query import wanted_by
from indexer.query.parser import parse
from indexer.query.plan import Planner
from indexer.search.facets import ENGINE_FACETS
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.stored.article import unpack

_FACETS = ("source", "category", "month")


def section(folder: Path) -> str:
    """Return the tables; measured in a process of its own."""
    figures = child("benchmarks.find", str(folder))
    figures.pop("peak_mb")
    limit, whole = figures["limit"], figures["ours, whole response"]
    names = {
        "limit": "the limit: tantivy, same clauses, 3 facets, 10 stored",
        "ours, no highlighting": "Tra Cứu, 3 facets, no highlighting",
        "ours, whole response": "Tra Cứu, whole response: 6 facets, snippets, relaxed reading",
    }
    rows = [(names.get(name, name), f"{p50:.2f}", f"{p95:.2f}") for name, (p50, p95) in figures.items()]
    verdicts = [
        ("p50 of the whole response to the limit", f"{whole[0] / limit[0]:.2f}×", "4× at most"),
        ("p95 of the whole response", f"{whole[1]:.1f} ms", "below 15 ms"),
    ]
    return (
        f"## Search (`python -m benchmarks FOLDER find`): {QUERIES} queries of 1 to 6 words, half without diacritics,"
        " all 86,416 articles\n\n"
        + table(("", "p50 ms", "p95 ms"), rows)
        + "\n\n"
        + table(("", "measured", "target"), verdicts)
    )


def main() -> None:
    """Measure everything in this process."""
    folder = Path(sys.argv[1])
    asked = queries()
    settings = Settings(data=folder / "ours-all")
    service, engine = open_search(settings), open_engine(settings)
    limit = Limit(settings.data / "tantivy")
    stored = [_stored(engine, text) for text in asked]
    rows = times(
        {
            "limit": (limit.search, [limit.prepare(text) for text in asked]),
            "ours, no highlighting": (lambda text: _without_snippets(engine, text), asked),
            "ours, whole response": (lambda text: service.search(SearchRequest(text)), asked),
            "  of it: parse and plan": (lambda text: Planner().plan(parse(text), "close"), asked),
            "  of it: engine with six facets": (lambda text: _engine(engine, text, ENGINE_FACETS), asked),
            "  of it: unpack ten articles": (_unpack, stored),
            "  of it: marks and fragments": (_snippets, list(zip(asked, stored, strict=True))),
        }
    )
    print(json.dumps({name: [percentile(ms, 50), percentile(ms, 95)] for name, ms in rows.items()}))


def _engine(engine: Engine, text: str, facets: Sequence[str]) -> list[bytes]:
    plan = Planner().plan(parse(text), "close")
    return [
        hit.stored
        for hit in engine.snapshot().search(EngineRequest(plan.match, plan.rank, facets=tuple(facets))).hits
    ]


def _without_snippets(engine: Engine, text: str) -> None:
    _unpack(_engine(engine, text, _FACETS))


def _stored(engine: Engine, text: str) -> list[bytes]:
    return _engine(engine, text, ())


def _unpack(stored: list[bytes]) -> None:
    for one in stored:
        unpack(one)


def _snippets(asked: tuple[str, list[bytes]]) -> None:
    text, stored = asked
    marks = wanted_by(parse(text))
    for article in map(unpack, stored):
        mark(article.title, marks)
        fragment(f"{article.summary}\n{article.body}", marks)


if __name__ == "__main__":
    main()
