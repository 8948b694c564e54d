"""Shards that their node cannot open again, because points in time still hold the files of the copy that it had before.

This is so if a node loses the others for a while, but its process goes on. The cluster gives up after some attempts. If the copy
is the only complete one, nothing can be written, otherwise there is a replica less.
"""

from __future__ import annotations

from collections.abc import Collection

from indexer.engine.opensearch_.answers import Json, decoded_point
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.point_in_time import close_points
from indexer.errors import EngineError

_FAILED = "ALLOCATION_FAILED"
_HELD = "shard lock"
"""Part of the reason for which a copy cannot be opened: the lock of its files is not free."""


def free_held_shards(connection: Connection, index: str, kept: Collection[str] = ()) -> bool:
    """If a copy of a shard of ``index`` cannot be opened, close its points in time but those ``kept``, and let the cluster try again.

    Readers then open new ones. Return whether anything was done; what the cluster refuses is tried again by the next call.
    """
    try:
        shards = connection.ask(
            "GET",
            f"/_cat/shards/{index}",
            format="json",
            h="prirep,state,unassigned.reason,unassigned.details",
        )
        if not any(map(_is_held, shards["values"])):
            return False
        points = connection.ask("GET", "/_search/point_in_time/_all").get("pits", ())
        held = [one["pit_id"] for one in points if _is_of(index, one["pit_id"])]
        close_points(connection, [one for one in held if one not in kept])
        connection.ask("POST", "/_cluster/reroute", retry_failed="true", metric="none")
    except EngineError:
        return False
    return True


def _is_held(shard: Json) -> bool:
    if shard["state"] == "STARTED" or shard["unassigned.reason"] != _FAILED:
        return False
    # Nothing can be written without the primary, so it is worth a try whatever the reason is.
    return shard["prirep"] == "p" or _HELD in str(shard["unassigned.details"])


def _is_of(index: str, point: str) -> bool:
    return index.encode() in decoded_point(point)
