"""``python -m benchmarks.cluster FOLDER [ARTICLES]``: three OpenSearch nodes on this machine compared with tantivy.

Both index the same news articles and answer the same requests in turn. The nodes are real processes on loopback, with 1 GB of heap
each, as OpenSearch has by default, and their files in memory if there is room (``tests/cluster/nodes.py``), so the figures show
the work rather than the disk. As Java compiles what it does often, the index is built once before that is timed, and all requests
are asked ten times. The nodes do not cache answers, since after a commit they would have none.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any
from unittest import mock
from urllib.request import urlopen

from benchmarks.build import Part
from benchmarks.corpus import NEWS, queries
from benchmarks.measure import times
from benchmarks.tables import table
from indexer.engine.opening import index_path, index_size, open_engine
from indexer.engine.opensearch_.administration import index_name
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.protocol import Engine
from indexer.indexing.opening import open_pipeline
from indexer.opensearch_settings import OpenSearchSettings
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService
from indexer.settings import EngineName, Settings
from indexer.upkeep.rebuild import rebuild
from tests.cluster.nodes import COUNT, SERVING, Nodes, missing, turn_to_break
from tests.engine.entries import entry

_ARTICLES = 20_000
_ENGINES: tuple[EngineName, ...] = ("tantivy", "opensearch")
_COMMITS = 20
_WARM_UP = 10
"""Number of times that all requests are asked before they are timed: by then Java has compiled most of what answers them."""
_QUIET, _IDLE, _LONGEST_SETTLING = 3.0, 0.1, 120.0
"""Nodes that take less than this share of a processor for so many seconds have nothing left to do; the last number is the limit."""
_SECONDS = 120.0
"""Time limit for a request; the first ones after a rebuild are slow on a machine that runs everything itself."""


def main() -> None:
    """Print the tables."""
    if reason := missing():
        sys.exit(reason)
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else _ARTICLES
    with _serving() as nodes:
        base = Settings(
            data=Path(sys.argv[1]),
            opensearch=OpenSearchSettings(hosts=nodes.hosts, search_seconds=_SECONDS),
        )
        with open_pipeline(base) as pipeline:
            for _ in pipeline.index(Part(NEWS, base, articles)):
                pass
        print(section(base, articles))


@contextmanager
def _serving() -> Iterator[Nodes]:
    """Run nodes as a service would, instead of the shared ones, which start fast."""
    with turn_to_break():
        nodes = Nodes(shared=False, java=SERVING)
        try:
            for number in range(COUNT):
                nodes.start(number)
            if reason := nodes.wait():
                sys.exit(reason)
            yield nodes
        finally:
            nodes.stop()


def section(base: Settings, articles: int) -> str:
    """Return the tables; the catalog of ``base`` holds the articles."""
    rows = []
    # A shard on each node, so that all of them are warmed up.
    _rebuilt(replace(base, engine="opensearch", opensearch=replace(base.opensearch, shards=COUNT)))
    rates = {}
    copies = {"tantivy": 1, "opensearch": 1 + base.opensearch.replicas}
    for name in _ENGINES:
        _settle(base)
        rates[name] = _rebuilt(replace(base, engine=name))
    _settle(base)
    for name in _ENGINES:
        seconds, ours, theirs = rates[name]
        size = index_size(replace(base, engine=name)) / copies[name] / articles / 1000
        rows.append(
            (
                name,
                f"{articles / seconds:,.0f}",
                f"{ours / articles * 1000:.1f}",
                f"{theirs / articles * 1000:.1f}",
                f"{size:.1f}",
            )
        )
    head = (
        "rebuilt",
        "articles/s",
        "ms of CPU time per article",
        "of the nodes",
        "KB of one copy of the index an article",
    )
    return f"{table(head, rows)}\n\n{_responses(base)}"


def _settle(settings: Settings) -> None:
    """Wait until the nodes have compiled and merged what they wanted to after the work before, which is not part of the next."""
    deadline = time.monotonic() + _LONGEST_SETTLING
    while time.monotonic() < deadline:
        before = _nodes_seconds(settings)
        time.sleep(_QUIET)
        if _nodes_seconds(settings) - before < _IDLE * _QUIET:
            return


def _rebuilt(settings: Settings) -> tuple[float, float, float]:
    """Return the seconds of ``tracuu rebuild``: wall time, CPU time of our processes, and CPU time of the nodes."""
    ours, theirs, start = _processor(), _nodes_seconds(settings), time.perf_counter()
    rebuild(settings, beside=True)
    return time.perf_counter() - start, _processor() - ours, _nodes_seconds(settings) - theirs


def _responses(base: Settings) -> str:
    with ExitStack() as stack:
        engines: dict[str, Engine] = {}
        services: dict[str, SearchService] = {}
        for name in _ENGINES:
            settings = replace(base, engine=name)
            engines[name] = stack.enter_context(closing(open_engine(settings)))
            services[name] = stack.enter_context(closing(SearchService(engines[name], settings)))
        asked = [SearchRequest(text) for text in queries()]
        keep_no_answers(replace(base, engine="opensearch"))
        for _ in range(_WARM_UP):
            for request in asked:
                services["opensearch"].search(request)
        runs = {name: (_asking(service), asked) for name, service in services.items()}
        taken = times(runs)
        answers = {"tantivy": list(map(services["tantivy"].search, asked)), "opensearch": []}
        trips = []
        for request in asked:
            with _counted() as paths:
                answers["opensearch"].append(services["opensearch"].search(request))
            trips.append(len(paths))
        before, ours = _nodes_seconds(base), time.process_time()
        for request in asked:
            services["opensearch"].search(request)
        spent = (time.process_time() - ours, _nodes_seconds(base) - before)
        commits = {name: _commits(engine) for name, engine in engines.items()}
    rows = [
        (name, f"{median(ms):.1f}", f"{quantiles(ms, n=20)[-1]:.1f}", f"{median(commits[name]) * 1000:.0f}")
        for name, ms in taken.items()
    ]
    head = ("whole response", "p50 ms", "p95 ms", "ms until an article put is found")
    per = [1000 * one / len(asked) for one in spent]
    same = _agreement(answers["tantivy"], answers["opensearch"])
    return (
        f"{table(head, rows)}\n\n{_shares(trips)} CPU time per response: {per[0]:.1f} ms here and {per[1]:.1f} on all nodes."
        f" {same}"
    )


def keep_no_answers(settings: Settings) -> None:
    """Make the nodes answer repeated requests as if they were new."""
    with closing(Connection(settings.opensearch)) as connection:
        connection.ask(
            "PUT", f"/{index_name(index_path(settings))}/_settings", {"index.requests.cache.enable": False}
        )


def _shares(trips: list[int]) -> str:
    """Return the numbers of round trips per response, including the request for the newest commit."""
    usual = ", ".join(f"{most} or fewer in {sum(n <= most for n in trips)}" for most in (2, 3, 6))
    return (
        f"Round trips of {len(trips)} responses: {usual}; {max(trips)} at most, {mean(trips):.1f} on average."
    )


def _asking(service: SearchService) -> Callable[[SearchRequest], SearchResponse]:
    return service.search


def _commits(engine: Engine) -> list[float]:
    """Return the seconds between a put and its visibility, for a different article each time; all are removed at the end."""
    seconds = []
    for number in range(_COMMITS):
        start = time.perf_counter()
        with engine.writer() as writer:
            writer.put(entry(f"benchmark-{number}", "một tin mới"))
        assert engine.snapshot().documents([f"benchmark-{number}"])
        seconds.append(time.perf_counter() - start)
    with engine.writer() as writer:
        for number in range(_COMMITS):
            writer.delete(f"benchmark-{number}")
    return seconds


def _agreement(one: list[SearchResponse], other: list[SearchResponse]) -> str:
    counts = first = best = 0
    apart = [0.0]
    for a, b in zip(one, other, strict=True):
        counts += (a.total, a.folded, a.facets) == (b.total, b.folded, b.facets)
        ids = [hit.id for hit in a.hits], [hit.id for hit in b.hits]
        first += ids[0] == ids[1]
        best += set(ids[0]) == set(ids[1])
        scores = {hit.id: hit.score for hit in a.hits}
        least = min(scores.values(), default=0.0)
        apart += [
            abs(hit.score / max(scores.get(other, least), 1e-9) - 1)
            for hit, other in zip(a.hits, ids[1], strict=False)
            if hit.id != other
        ]
    return (
        f"Of {len(one)} requests, total, facets and folded are equal in {counts}, the first ten in {first}, as a set in {best};"
        f" tantivy's scores of hits that changed places differ by at most {max(apart):.1%}."
    )


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Record every request to the cluster."""
    asked: list[str] = []
    usual = Connection.ask

    def noted(connection: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        asked.append(path)
        return usual(connection, method, path, *rest, **more)

    with mock.patch.object(Connection, "ask", noted):
        yield asked


def _processor() -> float:
    """Return the CPU seconds of this process and of its finished child processes."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _nodes_seconds(settings: Settings) -> float:
    """Return the CPU seconds of all nodes."""
    with urlopen(f"{settings.opensearch.hosts[0]}/_nodes/stats/process") as found:
        told = json.load(found)
    return float(sum(one["process"]["cpu"]["total_in_millis"] for one in told["nodes"].values())) / 1000


if __name__ == "__main__":
    main()
