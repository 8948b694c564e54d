"""Primaries that refuse all changes, because they were promoted by half.

If a node comes back before the others have noticed that it was gone, the manager that is elected then removes what the node was before
and promotes copies in place of its primaries, but their new primary term is lost (issue 19150 of OpenSearch, still in version 3.8).
Such a copy is shown as started, and is searched, but never accepts a change. If it is cancelled, its node opens it again, with its
files and a new term.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.errors import EngineError

_KIND = "shard_not_in_primary_mode_exception"
_PATIENCE = 4.0
"""Seconds for which a primary may refuse a change before it is opened again. One that is promoted as a whole lets changes wait, and
refuses none; one that is moved to another node refuses them for a moment."""


class RefusingPrimaries:
    """Those shards of an index that refuse one request, which is repeated until all accept it."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._since: dict[str, float] = {}

    def refused(self, shards: Iterable[str]) -> None:
        """Note that the primaries of these ``shards``, and no others, have just refused the request; reopen those that persist."""
        now = time.monotonic()
        self._since = {shard: self._since.get(shard, now) for shard in shards}
        persisting = {shard for shard, since in self._since.items() if now - since >= _PATIENCE}
        if persisting and _reopen(self._connection, self._index, persisting):
            for shard in persisting:
                del self._since[shard]


def is_refusal(error: Json | Refused) -> bool:
    """Tell whether an error is the refusal of a shard that is no primary, though the cluster says so."""
    if isinstance(error, Refused):
        return error.kind == _KIND
    return _KIND in (error.get("type"), error.get("caused_by", {}).get("type"))


def _reopen(connection: Connection, index: str, shards: Collection[str]) -> bool:
    """Let the cluster open the primaries of ``shards`` again; return whether it does. Copies that are being moved are left alone."""
    try:
        found = connection.ask("GET", f"/_cat/shards/{index}", format="json", h="shard,prirep,state,node")
        stuck = [
            one
            for one in found["values"]
            if one["shard"] in shards and one["prirep"] == "p" and one["state"] == "STARTED"
        ]
        if stuck:
            commands = [
                {
                    "cancel": {
                        "index": index,
                        "shard": int(one["shard"]),
                        "node": one["node"],
                        "allow_primary": True,
                    }
                }
                for one in stuck
            ]
            connection.ask("POST", "/_cluster/reroute", {"commands": commands}, metric="none")
    except EngineError:
        return False
    return bool(stuck)
