"""A shard that cannot be opened because points in time hold its files is freed, and no other."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any, cast

import pytest

from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.held import free_held_shards

OURS, THEIRS = (urlsafe_b64encode(f"..{name}..".encode()).decode() for name in ("tracuu-mot", "khac"))


class _Cluster:
    def __init__(self, prirep: str, state: str, reason: str | None, details: str | None = None) -> None:
        self.shard = {
            "prirep": prirep,
            "state": state,
            "unassigned.reason": reason,
            "unassigned.details": details,
        }
        self.asked: list[tuple[str, str, Any]] = []

    def ask(self, method: str, path: str, body: Any = None, **_: object) -> Any:
        if path.startswith("/_cat/shards"):
            return {"values": [self.shard]}
        if path.endswith("/_all"):
            return {"pits": [{"pit_id": OURS}, {"pit_id": THEIRS}]}
        self.asked.append((method, path, body))
        return {}


@pytest.mark.parametrize(
    ("prirep", "details"),
    [("p", None), ("r", "failure IOException[failed to obtain in-memory shard lock]; nested: …")],
)
def test_the_points_of_the_index_are_closed_and_the_cluster_tries_again(
    prirep: str, details: str | None
) -> None:
    cluster = _Cluster(prirep, "UNASSIGNED", "ALLOCATION_FAILED", details)
    assert free_held_shards(cast(Connection, cluster), "tracuu-mot")
    assert cluster.asked == [
        ("DELETE", "/_search/point_in_time", {"pit_id": [OURS]}),
        ("POST", "/_cluster/reroute", None),
    ]


@pytest.mark.parametrize(
    ("prirep", "state", "reason"),
    [
        ("p", "STARTED", None),
        ("p", "UNASSIGNED", "NODE_LEFT"),
        ("p", "UNASSIGNED", "CLUSTER_RECOVERED"),
        ("r", "UNASSIGNED", "ALLOCATION_FAILED"),
        ("r", "STARTED", None),
    ],
)
def test_others_are_left_alone(prirep: str, state: str, reason: str | None) -> None:
    cluster = _Cluster(prirep, state, reason, "failed recovery")
    assert not free_held_shards(cast(Connection, cluster), "tracuu-mot")
    assert cluster.asked == []


def test_without_permission_nothing_is_done() -> None:
    class Strict(_Cluster):
        def ask(self, method: str, path: str, body: Any = None, **_: object) -> Any:
            raise Refused(403, "security_exception", "no permissions")

    assert not free_held_shards(cast(Connection, Strict("p", "", None)), "tracuu-mot")
