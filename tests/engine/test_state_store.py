"""Which state is the newest, and a state that could not be replaced: whether this writer did it before, or another one has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import half_promoted
from indexer.engine.opensearch_ import state_store as module
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import StateStore
from indexer.errors import ClusterError, EngineError

BEFORE = State("1", 1, commit=3, place=(1, 7))
WANTED = replace(BEFORE, commit=4)


@dataclass
class _Node:
    """Holds a copy of the state, and takes changes as the primary of this term."""

    state: State | None
    term: int = 1
    answers: bool = True


class _Cluster:
    """Asks the nodes, by default the first one."""

    search_seconds = 0.05

    def __init__(self, **nodes: _Node) -> None:
        self.nodes = nodes
        self.hosts = tuple(nodes)
        self.put: list[str] = []
        """The hosts that were asked to replace the state."""

    def ask(
        self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **parameters: Any
    ) -> Json:
        host = near[0] if near else self.hosts[0]
        node = self.nodes[host]
        if not node.answers:
            raise ClusterError(self.hosts, "it can't be reached")
        if path.startswith("/_cluster/state"):
            return {"metadata": {"indices": {"tracuu-state": {"primary_terms": {"0": node.term}}}}}
        if method == "PUT":
            self.put.append(host)
            asked = parameters["if_primary_term"], parameters["if_seq_no"]
            assert node.state
            if node.state.place != asked:
                raise Refused(409, "version_conflict_engine_exception", f"required seqNo [{asked}]")
            node.state = State(**{**body, "place": (node.term, asked[1] + 1), "old": (), "points": ()})
        elif node.state is None:
            raise Refused(404, "", "")
        assert node.state
        said = asdict(node.state)
        term, number = said.pop("place")
        return {"_source": said, "_seq_no": number, "_primary_term": term}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.001)


def store(cluster: Any) -> StateStore:
    return StateStore(cast(Connection, cluster), "tracuu", "one")


def test_a_write_that_arrived_twice_is_written_again_and_done() -> None:
    """What a primary holds may not have reached the other nodes when its answer was lost."""
    cluster = _Cluster(a=_Node(replace(WANTED, place=(1, 8))), b=_Node(BEFORE))
    assert store(cluster).write(WANTED) == replace(WANTED, place=(1, 9))


def test_a_write_that_only_a_primary_without_the_others_took_is_not_done() -> None:
    cut_off = _Node(replace(WANTED, place=(1, 8)))
    cluster = _Cluster(a=cut_off, b=_Node(BEFORE, term=2), c=_Node(BEFORE, term=2))
    assert store(cluster).write(WANTED) == replace(WANTED, place=(2, 8))
    assert cluster.put == ["a", "b"]


def test_a_node_that_has_just_come_back_is_not_believed() -> None:
    done = replace(WANTED, place=(2, 8))
    cluster = _Cluster(a=_Node(BEFORE), b=_Node(done, term=2))
    assert store(cluster).newest() == done


def test_the_state_of_another_writer_stops_this_one() -> None:
    other = replace(BEFORE, epoch=1, place=(1, 8))
    with pytest.raises(EngineError, match="another machine has started to write"):
        store(_Cluster(a=_Node(other), b=_Node(other))).write(WANTED)


def test_an_index_that_is_gone_stops_its_writer() -> None:
    class Gone(_Cluster):
        def ask(
            self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **more: Any
        ) -> Json:
            if method == "PUT":
                raise Refused(409, "version_conflict_engine_exception", "document does not exist")
            return super().ask(method, path, body, near, **more)

    with pytest.raises(EngineError, match="another machine has started to write"):
        store(Gone(a=_Node(None))).write(WANTED)


def test_where_nobody_knows_the_newest_state_it_is_an_error_of_the_cluster() -> None:
    """The state that was read is lost, with the only node that had it."""
    lost = replace(WANTED, place=(1, 8))
    with pytest.raises(ClusterError, match="no node knows"):
        store(_Cluster(a=_Node(BEFORE), b=_Node(BEFORE))).write(lost)


def test_the_newest_state_is_the_one_of_the_newest_primary() -> None:
    """A primary that is cut off may have written what the others never saw, under a greater number."""
    newest = replace(BEFORE, commit=4, place=(2, 8))
    cluster = _Cluster(
        a=_Node(BEFORE, term=2), b=_Node(newest, term=2), c=_Node(replace(BEFORE, place=(1, 9)))
    )
    assert store(cluster).newest() == newest
    # The same before the new primary has written anything.
    cluster.nodes["b"].state = BEFORE
    assert store(cluster).newest() == BEFORE


def test_a_user_who_must_not_see_the_state_of_the_cluster_gets_the_newest_state() -> None:
    class Strict(_Cluster):
        def ask(
            self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **more: Any
        ) -> Json:
            if path.startswith("/_cluster/state"):
                raise ClusterError(self.hosts, "it rejects the credentials (status 403)")
            return super().ask(method, path, body, near, **more)

    done = replace(BEFORE, place=(1, 8))
    assert store(Strict(a=_Node(BEFORE), b=_Node(done))).newest() == done


def test_where_no_node_answers_it_is_an_error() -> None:
    with pytest.raises(ClusterError):
        store(_Cluster(a=_Node(None, answers=False), b=_Node(None, answers=False))).newest()


def test_a_node_that_lost_its_copy_keeps_no_writer_from_beginning() -> None:
    class Broken(_Cluster):
        def ask(
            self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **more: Any
        ) -> Json:
            if near[0] == "a":
                raise Refused(500, "corrupt_index_exception", "checksum failed")
            return super().ask(method, path, body, near, **more)

    assert store(Broken(a=_Node(BEFORE), b=_Node(BEFORE))).newest() == BEFORE
    with pytest.raises(Refused, match="checksum failed"):
        store(Broken(a=_Node(BEFORE))).newest()


class _HalfPromoted(_Cluster):
    """Refuses changes until it is told to open its primary again."""

    def __init__(self) -> None:
        super().__init__(a=_Node(BEFORE))
        self.reopened: list[Json] = []

    def ask(self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **more: Any) -> Json:
        if path == "/_cat/shards/tracuu-state":
            return {"values": [{"shard": "0", "prirep": "p", "state": "STARTED", "node": "n1"}]}
        if path == "/_cluster/reroute":
            self.reopened += body["commands"]
            return {}
        if method in ("PUT", "DELETE") and not self.reopened:
            raise Refused(500, "shard_not_in_primary_mode_exception", "shard is not in primary mode")
        return super().ask(method, path, body, near, **more)


@pytest.mark.parametrize(
    "change", [lambda states: states.write(WANTED, 5.0), StateStore.delete], ids=["write", "delete"]
)
def test_a_state_whose_primary_was_promoted_by_half_is_changed(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[StateStore], object]
) -> None:
    monkeypatch.setattr(half_promoted, "_PATIENCE", 0.01)
    cluster = _HalfPromoted()
    cluster.search_seconds = 5.0
    change(store(cluster))
    assert cluster.reopened == [
        {"cancel": {"index": "tracuu-state", "shard": 0, "node": "n1", "allow_primary": True}}
    ]


def test_a_primary_that_goes_on_to_refuse_is_an_error_of_the_cluster() -> None:
    cluster = _HalfPromoted()
    with pytest.raises(ClusterError, match="primary mode"):
        store(cluster).write(WANTED, 0.05)
    assert not cluster.reopened, "it refused for a moment only"
