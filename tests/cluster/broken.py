"""A cluster of its own for a test that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.engine import clauses as c
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.engine.protocol import EngineRequest
from indexer.opensearch_settings import OpenSearchSettings
from tests.cluster.nodes import COUNT, Nodes, missing, turn_to_break
from tests.engine.entries import entry

BROKEN = [
    pytest.mark.cluster,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=f"no OpenSearch: {missing()}"),
]

SEARCH_SECONDS = 6.0
HOA = EngineRequest(c.Term("text", "hoa"), limit=1)


@contextmanager
def started(
    *settings: str, mount: Callable[[Nodes], None] = lambda _: None, wired: bool = False
) -> Iterator[Nodes]:
    """Start a cluster to be broken, with these lines in its settings; ``mount`` prepares the folders of its nodes."""
    with turn_to_break():
        nodes = Nodes(shared=False, settings=settings, wired=wired)
        try:
            mount(nodes)
            for number in range(COUNT):
                nodes.start(number)
            reason = nodes.wait()
            assert not reason, reason
            yield nodes
        finally:
            nodes.stop()


def settings_of(nodes: Nodes, **more: Any) -> OpenSearchSettings:
    return OpenSearchSettings(
        **{"hosts": nodes.hosts, "search_seconds": SEARCH_SECONDS, "connect_seconds": 1.0, **more}
    )


def filled(path: Path, settings: OpenSearchSettings, text: str = "hoa sen") -> OpenSearchEngine:
    engine = OpenSearchEngine(path, settings, create=True)
    with engine.writer() as writer:
        for n in range(6):
            writer.put(entry(f"{n}", text))
    with closing(Connection(settings)) as connection:
        connection.ask(
            "GET",
            "/_cluster/health",
            seconds=30,
            wait_for_status="green",
            wait_for_no_relocating_shards="true",
        )
    return engine


def index_of(path: Path) -> str:
    return (path / "INDEX").read_text().strip()
