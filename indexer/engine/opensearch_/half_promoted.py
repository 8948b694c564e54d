"""Primaries that refuse all changes, because they were promoted by half.

If a node comes back before the others have noticed that it was gone, the manager that is elected then removes what the node was before
and promotes copies in place of its primaries, but their new primary term is lost (issue 19150 of OpenSearch, still in version 3.8).
Such a copy is shown as started, and is searched, but never accepts a change. If it is cancelled, another complete copy becomes the
primary, or else its node opens it again, with its files and a new term.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.errors import EngineError

_KIND = "shard_not_in_primary_mode_exception"
_PATIENCE = 4.0
"""Seconds for which a primary may refuse changes before it is cancelled. One that is promoted as a whole refuses none, but lets them
wait; one that is moved to another node refuses them for a moment."""
_GAP = 15.0
"""Seconds between two refusals after which the second one is a new case."""


@dataclass(slots=True)
class _Refusing:
    copy: str
    """Id of the copy of the shard that is the primary."""
    since: float
    last: float


class RefusingPrimaries:
    """Those of an index that refuse changes, which are sent again until all are accepted. Safe to use from several threads."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._known: dict[int, _Refusing] = {}
        self._turn = threading.Lock()

    def refused(self, shards: Iterable[int]) -> None:
        """Note that the primaries of ``shards`` have just refused a change; cancel those that persist.

        A copy is cancelled once, by one request that is not repeated: the next primary may be sound.
        """
        if shards := set(shards):
            with self._turn:
                self._refused(shards)

    def _refused(self, shards: set[int]) -> None:
        for host in self._connection.hosts:
            with suppress(EngineError):
                primaries = self._primaries(host)
                break
        else:
            return
        now = time.monotonic()
        persisting = []
        for shard in shards:
            known, primary = self._known.pop(shard, None), primaries.get(shard)
            if primary is None:
                continue
            copy = primary["allocation_id"]["id"]
            if known is None or known.copy != copy or now - known.last > _GAP:
                known = _Refusing(copy, now, now)
            if now - known.since >= _PATIENCE:
                persisting.append(primary)
            else:
                self._known[shard] = _Refusing(copy, known.since, now)
        if persisting:
            commands = [
                {
                    "cancel": {
                        "index": self._index,
                        "shard": one["shard"],
                        "node": one["node"],
                        "allow_primary": True,
                    }
                }
                for one in persisting
            ]
            with suppress(EngineError):  # what has not arrived is refused again
                self._connection.ask_one(
                    host, "POST", "/_cluster/reroute", {"commands": commands}, timeout="0s", metric="none"
                )

    def _primaries(self, host: str) -> dict[int, Json]:
        """Return the primary of each shard as ``host`` knows it, which must have a manager; without those that move."""
        found = self._connection.ask_one(host, "GET", f"/_cluster/state/routing_table/{self._index}")
        return {
            copy["shard"]: copy
            for shard in found["routing_table"]["indices"][self._index]["shards"].values()
            for copy in shard
            if copy["primary"] and copy["state"] == "STARTED"
        }


def is_refusal(error: Json) -> bool:
    """Tell whether an error in an answer is the refusal of a shard that is no primary, though the cluster says so."""
    return _KIND in (error.get("type"), error.get("caused_by", {}).get("type"))


def was_refused(error: Refused) -> bool:
    """Tell the same of a whole request."""
    return error.kind == _KIND
