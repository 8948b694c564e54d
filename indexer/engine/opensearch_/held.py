"""Shards that their node cannot open again, because points in time still hold the files of the copy that it had before.

This is so if a node loses the others for a while, but its process goes on. The cluster gives up after five attempts, and nothing
can be written if the copy is the only complete one.
"""

from __future__ import annotations

from indexer.engine.opensearch_.answers import decoded_point
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.state import close_points
from indexer.errors import EngineError

_FAILED = "ALLOCATION_FAILED"


def free_held_shards(connection: Connection, index: str) -> bool:
    """If a primary of ``index`` cannot be opened, close all points in time of the index, and let the cluster try again.

    Readers then open new ones. Return whether anything was done; what the cluster refuses is tried again by the next call.
    """
    try:
        shards = connection.ask(
            "GET", f"/_cat/shards/{index}", format="json", h="prirep,state,unassigned.reason"
        )
        if not any(
            one["prirep"] == "p" and one["state"] != "STARTED" and one["unassigned.reason"] == _FAILED
            for one in shards["values"]
        ):
            return False
        points = connection.ask("GET", "/_search/point_in_time/_all").get("pits", ())
        close_points(connection, [one["pit_id"] for one in points if _is_of(index, one["pit_id"])])
        connection.ask("POST", "/_cluster/reroute", retry_failed="true", metric="none")
    except EngineError:
        return False
    return True


def _is_of(index: str, point: str) -> bool:
    return index.encode() in decoded_point(point)
