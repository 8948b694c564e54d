"""``python -m benchmarks.grown_find DATA...``: the cost of a search as a collection grows.

Each DATA is an index of articles from :mod:`benchmarks.grown`.

The figures are for complete responses (six facets, fragments, marks, looser readings) in one process. Processor time hardly
depends on the load of the machine; wall time is what a reader waits. The limit is tantivy alone with the same clauses, in the
same run.
"""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from benchmarks.corpus import queries
from benchmarks.peers.tantivy_limit import Limit
from benchmarks.tables import table
from indexer.engine.opening import index_path, open_engine
from indexer.engine.protocol import Engine, Foreseen, Snapshot
from indexer.evaluation import percentile
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService
from indexer.settings import Settings

_ROUNDS = 3
_YEAR = "2019"
"""A selective filter: some 14 % of the news."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one request in milliseconds."""

    processor: float
    wall: float
    engine: float
    """The part of ``processor`` spent in the engine."""


class _TimedSnapshot:
    """A snapshot that sums up the CPU time of all calls."""

    def __init__(self, snapshot: Snapshot, engine: _TimedEngine) -> None:
        self._snapshot, self._engine = snapshot, engine

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._snapshot, name)
        if not callable(found):
            return found

        def timed(*asked: Any, **more: Any) -> Any:
            with self._engine.timed():
                return found(*asked, **more)

        return timed


class _TimedEngine:
    """An engine with one snapshot; ``seconds`` is the CPU time of all calls so far."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._snapshot = _TimedSnapshot(engine.snapshot(), self)
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        return cast(Snapshot, self._snapshot)

    @contextmanager
    def timed(self) -> Iterator[None]:
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds += time.process_time() - start


def _kinds(text: str) -> dict[str, SearchRequest]:
    return {
        "best first": SearchRequest(text),
        "newest first": SearchRequest(text, sort="newest"),
        f"of {_YEAR}": SearchRequest(text, date=(_YEAR,)),
        "a hundred on page 10": SearchRequest(text, page=10, size=100),
    }


def rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one index."""
    settings = Settings(data=data)
    engine = _TimedEngine(open_engine(settings))
    service, limit = SearchService(engine, settings), Limit(index_path(settings))
    asked = queries()
    runs: dict[str, list[Callable[[], object]]] = {"the limit": []}
    for text in asked:
        runs["the limit"].append(partial(limit.search, limit.prepare(text)))
        for name, request in _kinds(text).items():
            runs.setdefault(name, []).append(partial(service.search, request))
    first = _cost(engine, runs["best first"][0])
    costs = _best(engine, runs)
    least = percentile([cost.processor for cost in costs["the limit"]], 50)
    articles = f"{engine.snapshot().count():,}"
    for name, found in costs.items():
        engine_share = sum(cost.engine for cost in found) / sum(cost.processor for cost in found)
        yield (
            articles,
            name,
            _figures([cost.processor for cost in found]),
            _figures([cost.wall for cost in found]),
            "–" if name == "the limit" else f"{engine_share:.0%}",
            f"{percentile([cost.processor for cost in found], 50) / least:.1f}×",
        )
    yield articles, "the first request of all", f"{first.processor:.0f}", f"{first.wall:.0f}", "–", "–"
    service.close()


def _best(engine: _TimedEngine, runs: dict[str, list[Callable[[], object]]]) -> dict[str, list[Cost]]:
    """Return the shortest of several rounds after a warm-up; the runs alternate query by query."""
    best = {name: [Cost(math.inf, math.inf, math.inf)] * len(of) for name, of in runs.items()}
    gc.freeze()
    for counted in range(_ROUNDS + 1):
        for i in range(len(runs["the limit"])):
            for name, of in runs.items():
                cost = _cost(engine, of[i])
                if counted and cost.processor < best[name][i].processor:
                    best[name][i] = cost
    return best


def _cost(engine: _TimedEngine, run: Callable[[], object]) -> Cost:
    before, processor, wall = engine.seconds, time.process_time(), time.perf_counter()
    run()
    ended, left = time.process_time(), time.perf_counter()
    return Cost((ended - processor) * 1000, (left - wall) * 1000, (engine.seconds - before) * 1000)


def _figures(ms: Sequence[float]) -> str:
    return " / ".join(f"{one:.1f}" for one in (percentile(ms, 50), percentile(ms, 95), max(ms)))


def section(folders: Sequence[Path]) -> str:
    """Return the table, smallest index first."""
    head = ("articles", "", "processor p50 / p95 / max, ms", "wall", "engine", "p50 to the limit")
    return (
        f"## Searching what grows (`python -m benchmarks.grown_find DATA...`): whole responses, {len(queries())} queries\n\n"
        + table(head, [row for folder in folders for row in rows(folder)])
    )


if __name__ == "__main__":
    print(section([Path(folder) for folder in sys.argv[1:]]))
