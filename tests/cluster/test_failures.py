"""Nodes that are killed, paused, unreachable or full: what readers and a writer are told meanwhile, and what is there afterwards.

These tests break a cluster of their own, which takes its time, so that only ``make test-cluster`` runs them.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from benchmarks.cluster_kills import Numbered, measured
from indexer.engine import clauses as c
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.state_store import is_there
from indexer.engine.protocol import EngineRequest
from indexer.errors import ClusterError
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.cluster.broken import BROKEN, HOA, SEARCH_SECONDS, filled, index_of, settings_of, started
from tests.cluster.nodes import COUNT, Nodes
from tests.cluster.proxy import Proxy
from tests.collection import ARTICLES, index
from tests.engine.entries import entry
from webui import create_app

pytestmark = BROKEN
PHRASE = EngineRequest(c.Phrase("body", ((0, "hoa"), (4, "sen"))), limit=1)
"""With a gap, for which the nodes need an analyzer of the index."""


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    with started() as nodes:
        yield nodes


def tell(host: str, method: str, path: str, body: object = None) -> Any:
    """Ask a node what this program never asks."""
    content = None if body is None else json.dumps(body).encode()
    asked = Request(f"{host}{path}", content, {"content-type": "application/json"}, method=method)
    with urlopen(asked, timeout=30) as found:
        return json.load(found)


def longest(read: Callable[[], object], seconds: float) -> float:
    """Call ``read`` again and again for ``seconds``; return how long the longest call took."""
    most, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        read()
        most = max(most, time.monotonic() - start)
    return most


def test_a_search_goes_on_where_the_shards_of_its_commit_have_moved(nodes: Nodes, tmp_path: Path) -> None:
    settings = settings_of(nodes, shards=1, replicas=0)
    path = tmp_path / "index"
    with closing(filled(path, settings)) as engine:
        known = engine.snapshot()
        name = index_of(path)
        shard = tell(nodes.hosts[0], "GET", f"/_cat/shards/{name}?format=json")[0]
        other = next(f"n{n}" for n in range(COUNT) if f"n{n}" != shard["node"])
        move = {"index": name, "shard": 0, "from_node": shard["node"], "to_node": other}
        tell(nodes.hosts[0], "POST", "/_cluster/reroute", {"commands": [{"move": move}]})
        until_at(nodes, name, other)
        for asked in (HOA, EngineRequest(c.Phrase("body", ((0, "hoa"), (2, "sen"))), limit=1), PHRASE):
            assert known.search(asked).total == (0 if asked is PHRASE else 6)
        with engine.writer() as writer:
            writer.put(entry("9", "hoa sen"))
        # What needs no analyzer of the index is still answered from the commit before, where it was.
        assert known.search(EngineRequest(c.Phrase("body", ((0, "hoa"), (2, "sen"))))).total in (6,)
        assert engine.snapshot().search(HOA).total == 7


def until_at(nodes: Nodes, name: str, node: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        shards = tell(nodes.hosts[0], "GET", f"/_cat/shards/{name}?format=json")
        if [(one["node"], one["state"]) for one in shards] == [(node, "STARTED")]:
            return
        time.sleep(0.1)
    raise AssertionError(shards)


@pytest.mark.parametrize("what", ["a node", "two of three"])
def test_killed_nodes_lose_nothing_and_cause_no_error_but_an_honest_one(
    nodes: Nodes, tmp_path: Path, what: str
) -> None:
    path, settings = tmp_path / "index", settings_of(nodes)
    with closing(Numbered(path, settings, create=True).engine):
        pass
    first = Numbered(path, settings, create=False)
    with closing(first.engine):
        first.commit()
    found = measured(nodes, path, settings, what, down=3.0, after=5.0)
    assert (found.errors, found.mixed, found.lost) == ([], [], 0)
    assert found.writing.done and found.reading.done


def test_a_paused_node_does_not_stop_searches(nodes: Nodes, tmp_path: Path) -> None:
    for paused in range(COUNT):
        path = tmp_path / f"{paused}"
        with closing(filled(path, settings_of(nodes))) as engine:

            def read() -> None:
                assert engine.snapshot((HOA,)).search(HOA).total == 6

            read()
            nodes.kill(paused, signal.SIGSTOP)
            try:
                assert longest(read, 2.0) < SEARCH_SECONDS
                # Once it is known, nobody waits for it.
                assert longest(read, 4.0) < SEARCH_SECONDS / 4
            finally:
                nodes.kill(paused, signal.SIGCONT)
                assert nodes.wait() == ""
            read()


def test_connections_that_are_cut_or_hang(nodes: Nodes, tmp_path: Path) -> None:
    proxies = [Proxy(host) for host in nodes.hosts]
    try:
        settings = settings_of(nodes, hosts=tuple(proxy.address for proxy in proxies))
        with closing(filled(tmp_path / "index", settings)) as engine:

            def read() -> None:
                assert engine.snapshot((HOA,)).search(HOA).total == 6

            for harm in (Proxy.cut, Proxy.hold):
                for proxy in proxies[:2]:
                    harm(proxy)
                assert longest(read, 3.0) < SEARCH_SECONDS
                harm(proxies[2])
                start = time.monotonic()
                with pytest.raises(ClusterError):
                    read()
                assert time.monotonic() - start < 2 * SEARCH_SECONDS
                for proxy in proxies:
                    proxy.mend()
                read()
    finally:
        for proxy in proxies:
            proxy.stop()


def test_a_cluster_that_starts_is_not_said_to_have_no_index(nodes: Nodes, tmp_path: Path) -> None:
    impatient = settings_of(nodes, search_seconds=1.0)
    with (
        closing(filled(tmp_path / "index", settings_of(nodes))) as engine,
        closing(Connection(impatient)) as connection,
    ):
        for number in range(COUNT):
            nodes.kill(number)
        for number in range(COUNT):
            nodes.start(number)
        there = found = False
        end = time.monotonic() + 60
        while not found and time.monotonic() < end:
            with suppress(ClusterError):
                there = is_there(connection, index_of(tmp_path / "index"))
                assert there
                found = engine.snapshot((HOA,)).search(HOA).total == 6
        assert nodes.wait() == ""
        assert there and found


def test_a_service_started_before_its_shards_are_there(
    nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = settings_of(nodes, replicas=0, search_seconds=3.0)
    settings = Settings(data=tmp_path, engine="opensearch", opensearch=cluster, rate_limit=0)
    monkeypatch.setenv("TRACUU_OPENSEARCH_HOSTS", " ".join(nodes.hosts))
    index(settings, ARTICLES)
    name = next(tmp_path.glob("opensearch*/INDEX")).read_text().strip()
    shards = tell(nodes.hosts[0], "GET", f"/_cat/shards/{name}?format=json")
    gone = int(shards[0]["node"].removeprefix("n"))
    for number in range(COUNT):
        nodes.kill(number)
    for number in range(COUNT):
        if number != gone:
            nodes.start(number)
    assert nodes.wait(COUNT - 1) == ""
    with closing(open_search(settings, patient=True)) as service:
        client = create_app(service).test_client()
        for address in ("/search?q=hòa bình", "/api/v1/search?q=hòa bình"):
            start = time.monotonic()
            answer = client.get(address)
            assert (answer.status_code, "Retry-After" in answer.headers) == (503, True), address
            assert time.monotonic() - start < 3 * cluster.search_seconds
        nodes.start(gone)
        assert nodes.wait() == ""
        assert client.get("/search?q=hòa bình").status_code == 200
