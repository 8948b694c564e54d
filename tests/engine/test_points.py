"""Points in time that are lost, and nodes that do not answer: which point is searched next, and for how long."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import points
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused, SilentError
from indexer.engine.opensearch_.points import PointsInTime
from indexer.engine.opensearch_.silence import SilentNodes
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import StateStore
from indexer.errors import ClusterError

STABLE = State("1", 2, commit=3)


def held_by(*nodes: str) -> str:
    """Return the id of a point in time as OpenSearch makes them."""
    return urlsafe_b64encode("|".join(nodes).encode()).decode().rstrip("=")


FIRST, SECOND = held_by("node-a", "node-b"), held_by("node-a", "node-c")


class _Cluster:
    """Answers searches by ``search``; tells of the nodes in ``silent`` that they do not answer."""

    search_seconds = 1.0
    hosts = ("http://tim-1.example",)

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.waited: list[float] = []
        self.opened: list[str] = []
        self.silent: list[str] = []
        self.commit = 3
        self.stable = True
        self.search: Callable[[str], Json] = lambda point: {"at": point}

    def holding(self, point: str) -> list[str]:
        return []

    def ask(self, method: str, path: str, body: Any = None, **how: Any) -> Json:
        if path.startswith("/_nodes"):
            self.asked.append("nodes")
            failures = [{"node_id": one} for one in self.silent]
            return {"_nodes": {"failures": failures}, "nodes": {"node-c": {"name": "c"}}}
        if "/_doc/" in path:
            said = {"version": "1", "shards": 2, "commit": self.commit, "stable": self.stable}
            return {"_source": {**said, "points": [], "old": []}, "_seq_no": 1, "_primary_term": 1}
        if path.endswith("/point_in_time"):
            self.opened.append(how.get("preference", ""))
            return {"pit_id": f"own{len(self.opened)}"}
        self.asked.append(body)
        self.waited.append(how["each"])
        return self.search(body)


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> _Cluster:
    monkeypatch.setattr(os, "getpid", lambda: 0)  # which point is first follows from it
    monkeypatch.setattr(points, "_PAUSE", 0.001)
    return _Cluster()


def points_of(nodes: _Cluster, *open_: str) -> PointsInTime:
    connection = cast(Connection, nodes)
    state = State("1", 2, commit=3, points=open_)
    states = StateStore(connection, "tracuu", "one")
    return PointsInTime(connection, states, SilentNodes(connection), "one", state)


def ask(found: PointsInTime, seconds: float = 1.0) -> Json:
    return found.ask("/_search", lambda point: point, seconds)


def fails_at(*lost: str, error: Exception) -> Callable[[str], Json]:
    def search(point: str) -> Json:
        if point in lost:
            raise error
        return {"at": point}

    return search


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(Refused(404, "search_context_missing_exception", "gone"), id="closed"),
        pytest.param(Refused(500, "node_not_connected_exception", "gone"), id="its node is gone"),
        pytest.param(Refused(400, "already_closed_exception", "closed"), id="its shard has moved"),
    ],
)
def test_a_lost_point_is_not_used_again(nodes: _Cluster, error: Refused) -> None:
    found = points_of(nodes, FIRST, SECOND)
    nodes.search = fails_at(FIRST, error=error)
    assert [ask(found), ask(found)] == [{"at": SECOND}] * 2
    assert nodes.asked == [FIRST, SECOND, SECOND]


def test_where_all_are_lost_one_is_opened_on_the_primaries(nodes: _Cluster) -> None:
    nodes.search = fails_at(FIRST, SECOND, error=Refused(404, "", "gone"))
    assert ask(points_of(nodes, FIRST, SECOND)) == {"at": "own1"}
    assert nodes.opened == ["_primary"]


def test_where_all_are_lost_and_there_is_a_newer_commit_it_says_so(nodes: _Cluster) -> None:
    nodes.search, nodes.commit = fails_at(FIRST, error=Refused(404, "", "gone")), 4
    with pytest.raises(points.LostCommitError, match="search again"):
        ask(points_of(nodes, FIRST))


def test_while_a_commit_is_being_written_none_is_opened(nodes: _Cluster) -> None:
    nodes.stable = False
    with pytest.raises(ClusterError, match="has not ended"):
        ask(points_of(nodes), seconds=0.05)
    assert nodes.opened == []


def test_a_writer_that_was_killed_in_a_commit_does_not_keep_readers_out_for_ever(
    nodes: _Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "_ABANDONED", 0.02)
    nodes.stable = False
    assert ask(points_of(nodes)) == {"at": "own1"}


def test_an_error_of_the_question_is_told_at_once(nodes: _Cluster) -> None:
    nodes.search = fails_at(FIRST, error=Refused(400, "parsing_exception", "no [x]"))
    with pytest.raises(Refused, match="no \\[x\\]"):
        ask(points_of(nodes, FIRST, SECOND))
    assert nodes.asked == [FIRST]


def test_shards_that_do_not_come_back_are_told_as_a_cluster_that_does_not_answer(nodes: _Cluster) -> None:
    def nobody(point: str) -> Json:
        raise Refused(500, "node_not_connected_exception", "Node not connected")

    nodes.search = nobody
    with pytest.raises(ClusterError, match="Node not connected"):
        ask(points_of(nodes, FIRST, SECOND), seconds=0.05)


def test_a_point_on_a_silent_node_is_left_out_for_all_searches(nodes: _Cluster) -> None:
    found = points_of(nodes, FIRST, SECOND)
    nodes.search, nodes.silent = fails_at(FIRST, error=SilentError((), "late")), ["node-b"]
    assert [ask(found), ask(found)] == [{"at": SECOND}] * 2
    assert nodes.asked == [FIRST, "nodes", SECOND, SECOND]


def test_where_a_silent_node_is_in_all_points_one_is_opened_on_the_others(nodes: _Cluster) -> None:
    nodes.search, nodes.silent = fails_at(FIRST, SECOND, error=SilentError((), "late")), ["node-a"]
    assert ask(points_of(nodes, FIRST, SECOND)) == {"at": "own1"}
    assert nodes.opened == ["_prefer_nodes:node-c"]


def test_where_no_node_is_silent_the_search_is_repeated_with_all_the_time_left(nodes: _Cluster) -> None:
    late = [SilentError((), "late")]

    def once(point: str) -> Json:
        if late:
            raise late.pop()
        return {"at": point}

    nodes.search = once
    assert ask(points_of(nodes, FIRST, SECOND)) == {"at": FIRST}
    assert nodes.waited[0] == 0.25 and nodes.waited[1] > 0.6


def test_it_ends_when_the_time_has_passed(nodes: _Cluster) -> None:
    nodes.search = fails_at(FIRST, error=SilentError((), "late"))
    with pytest.raises(SilentError):
        ask(points_of(nodes, FIRST), seconds=0.05)
    assert len(nodes.asked) > 2
