"""A copy that was promoted by half accepts no changes, until the writer has it opened again."""

from __future__ import annotations

import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.schema import key_of
from indexer.errors import ClusterError
from tests.cluster.broken import BROKEN, HOA, filled, index_of, settings_of, started
from tests.cluster.nodes import COUNT, Nodes
from tests.engine.entries import entry

pytestmark = BROKEN
_TRIES = 4
_PATIENT = "cluster.election.initial_timeout: 10s"
"""Of a node that is to lose the election."""

Primaries = dict[str, tuple[str, int]]
"""Node and term of the primary of each shard."""


@pytest.mark.parametrize("kind", ["state", "articles"])
def test_a_copy_that_was_promoted_by_half_is_opened_again(tmp_path: Path, kind: str) -> None:
    if not any(is_opened_again(tmp_path / f"{number}", kind) for number in range(_TRIES)):
        pytest.skip("this OpenSearch promotes copies as a whole")


def is_opened_again(folder: Path, kind: str) -> bool:
    """Return whether a copy was promoted by half in a new cluster; if so, it must not stop the writer."""
    with started() as nodes:
        settings = settings_of(nodes, shards=COUNT, replicas=2)
        with (
            closing(filled(folder / "index", settings)) as engine,
            closing(Connection(settings)) as connection,
        ):
            articles = index_of(folder / "index")
            stuck = lose_two(nodes, connection, f"{settings.index}-state" if kind == "state" else articles)
            if not stuck:
                return False
            # Also where the batch has nothing for the shard in question, which shows when the changes are to be shown.
            id = f"{elsewhere(connection, articles, stuck)}" if kind == "articles" else "new"
            with engine.writer() as writer:
                writer.put(entry(id, "hoa sen"))
            assert engine.snapshot((HOA,)).search(HOA).total == 7
            return True


def lose_two(nodes: Nodes, connection: Connection, name: str) -> set[str]:
    """Kill the node with the primary of a shard of the index ``name`` and another one, the manager being among them, and start only
    the first one again. Return the shards that were promoted by half on the node that stayed.
    """
    before = primaries(connection, name)
    first = int(before["0"][0].removeprefix("n"))
    manager = nodes.manager()
    stays = next(n for n in range(COUNT) if n not in (first, manager))
    for number in sorted({*range(COUNT)} - {stays}, key=lambda n: n == first):
        nodes.kill(number)
    nodes.start(first, _PATIENT)
    assert nodes.wait(2) == ""
    after = primaries(connection, name)
    return {
        shard
        for shard, (node, term) in before.items()
        if node == f"n{first}" and after[shard] == (f"n{stays}", term)
    }


def primaries(connection: Connection, name: str) -> Primaries:
    """Return the primaries of all shards of an index once they are started."""
    end = time.monotonic() + 60
    while True:
        try:
            shards = connection.ask("GET", f"/_cat/shards/{name}", format="json", h="shard,prirep,state,node")
            found = connection.ask(
                "GET", f"/_cluster/state/metadata/{name}", filter_path="metadata.indices.*.primary_terms"
            )
        except ClusterError:
            pass
        else:
            terms = found["metadata"]["indices"][name]["primary_terms"]
            nodes = {
                one["shard"]: one["node"]
                for one in shards["values"]
                if (one["prirep"], one["state"]) == ("p", "STARTED")
            }
            if nodes.keys() == terms.keys():
                return {shard: (node, int(terms[shard])) for shard, node in nodes.items()}
        assert time.monotonic() < end
        time.sleep(0.2)


def elsewhere(connection: Connection, name: str, stuck: set[str]) -> int:
    """Return the id of a new article that no ``stuck`` shard holds, if there are other shards."""

    def shard_of(id: int) -> str:
        found = connection.ask("GET", f"/{name}/_search_shards", routing=key_of(f"{id}"))
        return f"{found['shards'][0][0]['shard']}"

    return next(id for id in count(100) if len(stuck) == COUNT or shard_of(id) not in stuck)
