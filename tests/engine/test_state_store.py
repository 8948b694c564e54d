"""Which state is the newest, and a state that could not be replaced: whether this writer did it before, or another one has."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import half_promoted
from indexer.engine.opensearch_ import state_store as module
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.state import State, decoded_state, encoded_state
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

    def ask_one(self, host: str, method: str, path: str, body: Any = None, **parameters: Any) -> Json:
        node = self.nodes[host]
        if not node.answers:
            raise ClusterError([host], "it can't be reached")
        if path.startswith("/_cluster/state"):
            return {"metadata": {"indices": {"tracuu-state": {"primary_terms": {"0": node.term}}}}}
        assert method == "GET"
        if node.state is None:
            raise Refused(404, "", "")
        return _document(node.state)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        seconds: float | None = None,
        each: float | None = None,
        near: Sequence[str] = (),
        **parameters: Any,
    ) -> Json:
        if method == "GET":
            return self.ask_one(self.hosts[0], method, path)
        host = near[0] if near else self.hosts[0]
        if method == "DELETE":
            return {}
        assert method == "PUT"
        self.put.append(host)
        return self.replaced(self.nodes[host], body, parameters)

    def replaced(self, node: _Node, body: Any, parameters: Any) -> Json:
        if parameters.get("op_type") == "create":
            asked = (node.term, 0)
            wrong = node.state is not None
        else:
            asked = parameters["if_primary_term"], parameters["if_seq_no"]
            wrong = node.state is None or node.state.place != asked
        if wrong:
            raise Refused(409, "version_conflict_engine_exception", f"required seqNo [{asked}]")
        node.state = decoded_state(
            {"_source": json.loads(json.dumps(body)), "_primary_term": node.term, "_seq_no": asked[1] + 1}
        )
        return _document(node.state)


def _document(state: State) -> Json:
    term, number = state.place
    return {"_source": encoded_state(state), "_seq_no": number, "_primary_term": term}


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
    with pytest.raises(EngineError, match="another machine has started to write"):
        store(_Cluster(a=_Node(None))).write(WANTED)


def test_a_state_that_is_stored_too_slowly_is_written_again_with_more_time() -> None:
    """The client gives up each time before the answer, and finds its own change; the limit is that of the whole, not of a try."""

    class Slow(_Cluster):
        def ask(self, *args: Any, each: float | None = None, **more: Any) -> Json:
            found = super().ask(*args, **more)
            if len(self.put) < 4 or each is None or each < 20:
                return super().ask(*args, **more)  # what the client sends once more
            return found

    assert store(Slow(a=_Node(BEFORE))).write(WANTED, 5.0).commit == WANTED.commit


def test_the_first_state_continues_what_no_node_told_at_first() -> None:
    class Late(_Cluster):
        """Its copies are only opened when the state is put."""

        def ask(self, method: str, path: str, *args: Any, **more: Any) -> Json:
            if method == "PUT" and path == "/tracuu-state":
                return {}
            if method == "PUT":
                self.nodes["a"].state = self.nodes["a"].state or there
            return super().ask(method, path, *args, **more)

    there = BEFORE
    assert store(Late(a=_Node(None))).create(State("1", 1)) == State("1", 1, commit=4, place=(1, 8))
    # It is its own, whose answer was lost.
    there = State("1", 1, place=(1, 0))
    assert store(Late(a=_Node(None))).create(State("1", 1)) == there


def test_what_a_later_version_adds_is_left_out() -> None:
    document = _document(BEFORE)
    document["_source"]["token"] = "x"
    assert decoded_state(document) == BEFORE


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
        def ask_one(self, host: str, method: str, path: str, body: Any = None, **parameters: Any) -> Json:
            if path.startswith("/_cluster/state"):
                raise ClusterError(self.hosts, "it rejects the credentials (status 403)")
            return super().ask_one(host, method, path, body, **parameters)

    done = replace(BEFORE, place=(1, 8))
    assert store(Strict(a=_Node(BEFORE), b=_Node(done))).newest() == done


def test_where_all_copies_are_only_being_opened_it_waits() -> None:
    class Opening(_Cluster):
        def ask_one(self, host: str, method: str, path: str, body: Any = None, **parameters: Any) -> Json:
            raise ClusterError([host], "CurrentState[RECOVERING] operations only allowed when … (503)")

        def ask(self, *args: Any, **more: Any) -> Json:
            return _document(BEFORE)

    assert store(Opening(a=_Node(BEFORE))).newest() == BEFORE


def test_where_no_node_answers_it_is_an_error() -> None:
    with pytest.raises(ClusterError):
        store(_Cluster(a=_Node(None, answers=False), b=_Node(None, answers=False))).newest()


def test_a_node_that_lost_its_copy_keeps_no_writer_from_beginning() -> None:
    class Broken(_Cluster):
        def ask_one(self, host: str, method: str, path: str, body: Any = None, **parameters: Any) -> Json:
            if host == "a":
                raise Refused(500, "corrupt_index_exception", "checksum failed")
            return super().ask_one(host, method, path, body, **parameters)

    assert store(Broken(a=_Node(BEFORE), b=_Node(BEFORE))).newest() == BEFORE
    with pytest.raises(Refused, match="checksum failed"):
        store(Broken(a=_Node(BEFORE))).newest()


class _HalfPromoted(_Cluster):
    """Refuses changes until it is told to cancel its primary."""

    def __init__(self) -> None:
        super().__init__(a=_Node(BEFORE))
        self.cancelled: list[Json] = []

    def hosts_in_turn(self) -> list[str]:
        return list(self.hosts)

    def ask_one(self, host: str, method: str, path: str, body: Any = None, **parameters: Any) -> Json:
        if path == "/_cluster/state/routing_table/tracuu-state":
            copy = {
                "shard": 0,
                "primary": True,
                "state": "STARTED",
                "node": "n1",
                "allocation_id": {"id": "x"},
            }
            return {"routing_table": {"indices": {"tracuu-state": {"shards": {"0": [copy]}}}}}
        if path == "/_cluster/reroute":
            self.cancelled += body["commands"]
            return {}
        return super().ask_one(host, method, path, body, **parameters)

    def ask(self, method: str, *args: Any, **more: Any) -> Json:
        if not self.cancelled:
            raise Refused(500, "shard_not_in_primary_mode_exception", "shard is not in primary mode")
        return super().ask(method, *args, **more)


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
    assert cluster.cancelled == [
        {"cancel": {"index": "tracuu-state", "shard": 0, "node": "n1", "allow_primary": True}}
    ]


def test_a_primary_that_goes_on_to_refuse_is_an_error_of_the_cluster() -> None:
    cluster = _HalfPromoted()
    with pytest.raises(ClusterError, match="primary mode"):
        store(cluster).write(WANTED, 0.05)
    assert not cluster.cancelled, "it refused for a moment only"
