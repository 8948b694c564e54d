"""Primaries that go on to refuse changes are opened again, and no others."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import half_promoted
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.batch import probes
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.half_promoted import RefusingPrimaries, is_refusal

KIND = "shard_not_in_primary_mode_exception"


class _Cluster:
    def __init__(self, *shards: tuple[str, str, str, str]) -> None:
        self.shards = [dict(zip(("shard", "prirep", "state", "node"), one, strict=True)) for one in shards]
        self.opened: list[tuple[int, str]] = []

    def ask(self, method: str, path: str, body: Any = None, **_: object) -> Json:
        if path == "/_cat/shards/tracuu-mot":
            return {"values": self.shards}
        assert (method, path) == ("POST", "/_cluster/reroute")
        self.opened += [(one["cancel"]["shard"], one["cancel"]["node"]) for one in body["commands"]]
        return {}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(half_promoted, "time", clock)
    return clock


def refusing(cluster: Any) -> RefusingPrimaries:
    return RefusingPrimaries(cast(Connection, cluster), "tracuu-mot")


def test_only_the_primary_of_a_shard_that_goes_on_to_refuse_is_opened_again(clock: SimpleNamespace) -> None:
    cluster = _Cluster(
        ("0", "p", "STARTED", "n0"), ("0", "r", "INITIALIZING", "n1"), ("1", "p", "STARTED", "n1")
    )
    seen = refusing(cluster)
    for later, opened in ((0, []), (3.9, []), (0.2, [(0, "n0")]), (0.1, [(0, "n0")])):
        clock.now += later
        seen.refused(["0"])
        assert cluster.opened == opened


def test_a_shard_that_refuses_now_and_then_is_left_alone(clock: SimpleNamespace) -> None:
    cluster = _Cluster(("0", "p", "STARTED", "n0"), ("1", "p", "STARTED", "n1"))
    seen = refusing(cluster)
    for shard in ("0", "1", "0"):
        seen.refused([shard])
        clock.now += 3
    assert not cluster.opened


@pytest.mark.parametrize("state", ["RELOCATING", "INITIALIZING", "UNASSIGNED"])
def test_a_shard_that_is_on_its_way_is_left_alone(clock: SimpleNamespace, state: str) -> None:
    cluster = _Cluster(("0", "p", state, "n0"))
    seen = refusing(cluster)
    seen.refused(["0"])
    clock.now += 60
    seen.refused(["0"])
    assert not cluster.opened


def test_without_permission_nothing_is_done(clock: SimpleNamespace) -> None:
    class Strict:
        def ask(self, *_: object, **__: object) -> Json:
            raise Refused(403, "security_exception", "no permissions")

    seen = refusing(Strict())
    for _ in range(3):
        seen.refused(["0"])
        clock.now += 60


def test_how_a_refusal_is_told() -> None:
    assert is_refusal({"type": KIND, "reason": "CurrentState[STARTED] shard is not in primary mode"})
    assert is_refusal({"type": "retry_on_primary_exception", "caused_by": {"type": KIND}})
    assert is_refusal(Refused(500, KIND, "shard is not in primary mode"))
    assert not is_refusal({"type": "unavailable_shards_exception"})
    assert not is_refusal(Refused(409, "version_conflict_engine_exception", ""))


def test_probes_change_nothing_and_there_are_several_for_each_shard() -> None:
    lines = probes(3).splitlines()
    assert len(set(lines)) == len(lines) == 48 and all(
        line.startswith(b'{"delete": {"_id": "none-') for line in lines
    )
