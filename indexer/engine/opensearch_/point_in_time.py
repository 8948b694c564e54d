"""Requests about points in time, at which the shards of an index can be searched as they are at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from indexer.engine.opensearch_.connection import Connection
from indexer.errors import EngineError

_KEEP = "1h"
"""Time for which an unused point in time is kept; each search restarts it."""


def open_point(
    connection: Connection, index: str, nodes: Sequence[str] = (), seconds: float | None = None
) -> str:
    """Return a new point in time over all shards of ``index``, on copies held by ``nodes`` where these have one.

    Without ``nodes``, it is on the primaries. Raises EngineError if any shard does not answer, after ``seconds`` at most.
    """
    found = connection.ask(
        "POST",
        f"/{index}/_search/point_in_time",
        seconds=seconds,
        keep_alive=_KEEP,
        allow_partial_pit_creation="false",
        preference=f"_prefer_nodes:{','.join(nodes)}" if nodes else "_primary",
    )
    return str(found["pit_id"])


def holding_nodes(connection: Connection, index: str) -> tuple[str, ...]:
    """Return the nodes that hold copies of shards of ``index``, in order; raises EngineError."""
    found = connection.ask("GET", f"/{index}/_search_shards", filter_path="nodes.*.name")
    return tuple(sorted(found.get("nodes", ())))


def at_point(body: dict[str, Any], point: str) -> dict[str, Any]:
    """Return ``body`` as a search at one point in time."""
    return {**body, "pit": {"id": point, "keep_alive": _KEEP}}


def close_points(connection: Connection, points: Iterable[str]) -> None:
    """Close points in time; those that are gone or unreachable expire by themselves."""
    if ids := list(points):
        with suppress(EngineError):
            connection.ask("DELETE", "/_search/point_in_time", {"pit_id": ids})
