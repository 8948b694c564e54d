"""Primaries that go on to refuse changes are cancelled once, and no others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import half_promoted
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.half_promoted import RefusingPrimaries, is_refusal, was_refused
from indexer.errors import ClusterError

KIND = "shard_not_in_primary_mode_exception"


class _Cluster:
    """Promotes the next copy of a shard when its primary is cancelled."""

    hosts = ("http://a", "http://b")

    def __init__(self, *copies: str, state: str = "STARTED", silent: tuple[str, ...] = ()) -> None:
        self.copies = list(copies)
        self.state = state
        self.silent = silent
        self.cancelled: list[tuple[int, str]] = []
        self.late: Callable[[], None] = lambda: None
        """Called before a silent node does not answer."""

    def hosts_in_turn(self) -> list[str]:
        return list(self.hosts)

    def ask_one(self, host: str, method: str, path: str, body: Any = None, **_: object) -> Json:
        if host in self.silent:
            self.late()
            raise ClusterError([host], "it did not answer in time")
        if path == "/_cluster/state/routing_table/tracuu-mot":
            shard = [
                {
                    "shard": 0,
                    "primary": not number,
                    "state": self.state,
                    "node": f"at-{copy}",
                    "allocation_id": {"id": copy},
                }
                for number, copy in enumerate(self.copies)
            ]
            return {"routing_table": {"indices": {"tracuu-mot": {"shards": {"0": shard}}}}}
        assert (method, path) == ("POST", "/_cluster/reroute")
        for one in body["commands"]:
            assert one["cancel"]["allow_primary"] and one["cancel"]["index"] == "tracuu-mot"
            self.cancelled.append((one["cancel"]["shard"], one["cancel"]["node"]))
        self.copies.append(self.copies.pop(0))
        return {}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(half_promoted, "time", clock)
    return clock


def refusing(cluster: Any) -> RefusingPrimaries:
    return RefusingPrimaries(cast(Connection, cluster), "tracuu-mot")


def test_a_primary_that_goes_on_to_refuse_is_cancelled_once(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x")
    seen = refusing(cluster)
    for later, times in ((0, 0), (3.9, 0), (0.2, 1), (0.1, 1), (3.8, 1)):
        clock.now += later
        seen.refused([0], clock.now)
        assert cluster.cancelled == [(0, "at-x")] * times


def test_a_node_that_does_not_answer_is_passed_over(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x", silent=("http://a",))
    seen = refusing(cluster)
    seen.refused([0], clock.now)
    clock.now += 5
    seen.refused([0], clock.now)
    assert cluster.cancelled


def test_two_senders_that_are_refused_at_once_do_not_cancel_the_next_primary(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x", "y", "z")
    seen = refusing(cluster)
    for _ in range(2):
        senders = [threading.Thread(target=seen.refused, args=([0], clock.now)) for _ in range(2)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        clock.now += 5
    assert cluster.cancelled == [(0, "at-x")]


def test_the_time_that_looking_takes_does_not_count(clock: SimpleNamespace) -> None:
    cluster = _Cluster("y", silent=("http://a",))
    seen = refusing(cluster)

    def wait() -> None:
        clock.now += 5

    cluster.late = wait
    sent = clock.now
    # Both were refused by another copy, which is gone.
    seen.refused([0], sent)
    seen.refused([0], sent)
    assert not cluster.cancelled
    seen.refused([0], clock.now)
    assert cluster.cancelled


def test_an_index_that_is_gone_is_no_error(clock: SimpleNamespace) -> None:
    class Gone(_Cluster):
        def ask_one(self, host: str, method: str, path: str, body: Any = None, **_: object) -> Json:
            return {"cluster_name": "x", "routing_table": {"indices": {}}}

    refusing(Gone("x")).refused([0], clock.now)


def test_another_primary_begins_anew(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x", "y")
    seen = refusing(cluster)
    seen.refused([0], clock.now)
    cluster.copies.reverse()
    clock.now += 5
    seen.refused([0], clock.now)
    assert not cluster.cancelled


def test_a_shard_that_refuses_now_and_then_is_left_alone(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x")
    seen = refusing(cluster)
    for _ in range(5):
        seen.refused([0], clock.now)
        clock.now += 60
    assert not cluster.cancelled


@pytest.mark.parametrize("state", ["RELOCATING", "INITIALIZING", "UNASSIGNED"])
def test_a_shard_that_is_on_its_way_is_left_alone(clock: SimpleNamespace, state: str) -> None:
    cluster = _Cluster("x", state=state)
    seen = refusing(cluster)
    seen.refused([0], clock.now)
    clock.now += 5
    seen.refused([0], clock.now)
    assert not cluster.cancelled


def test_where_no_node_answers_nothing_is_done(clock: SimpleNamespace) -> None:
    cluster = _Cluster("x", silent=_Cluster.hosts)
    seen = refusing(cluster)
    seen.refused([0], clock.now)
    clock.now += 5
    seen.refused([0], clock.now)
    assert not cluster.cancelled


def test_how_a_refusal_is_told() -> None:
    assert is_refusal({"type": KIND, "reason": "CurrentState[STARTED] shard is not in primary mode"})
    assert is_refusal({"type": "retry_on_primary_exception", "caused_by": {"type": KIND}})
    assert not is_refusal({"type": "unavailable_shards_exception"})
    assert was_refused(Refused(500, KIND, "shard is not in primary mode"))
    assert not was_refused(Refused(409, "version_conflict_engine_exception", ""))
