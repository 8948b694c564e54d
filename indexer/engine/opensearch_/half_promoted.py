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
from indexer.engine.opensearch_.connection import MANAGER_WAIT, Connection, Refused
from indexer.errors import EngineError

_KIND = "shard_not_in_primary_mode_exception"
_PATIENCE = 4.0
"""Seconds for which a primary may refuse changes before it is cancelled. One that is promoted as a whole refuses none, but lets them
wait; one that is moved to another node refuses them for a moment."""
_GAP = 15.0
"""Seconds between two refusals after which the second one is a new case."""


@dataclass(slots=True)
class _Refusing:
    """The times, of the monotonic clock, at which a copy was first seen as the primary that refuses, and last told so."""

    copy: str
    first: float
    last: float


class RefusingPrimaries:
    """The primaries of an index that refuse changes which are sent until they are accepted. Safe to use from several threads."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._known: dict[int, _Refusing] = {}
        self._turn = threading.Lock()

    def refused(self, shards: Iterable[int], sent: float) -> None:
        """Note that the primaries of ``shards`` have just refused what was ``sent`` at that time of the monotonic clock; cancel those
        that persist.

        Only refusals of requests that were sent after a copy had been seen count as that copy's: the next primary may be sound.
        """
        if shards := set(shards):
            told = time.monotonic()
            with self._turn:
                self._note(shards, sent, told)

    def _note(self, shards: set[int], sent: float, told: float) -> None:
        for host in self._connection.hosts_in_turn():
            with suppress(EngineError):
                primaries = self._primaries(host)
                break
        else:
            return
        now = time.monotonic()
        for shard in shards:
            known, primary = self._known.pop(shard, None), primaries.get(shard)
            if primary is None:
                continue
            copy = primary["allocation_id"]["id"]
            if known is None or known.copy != copy or told - known.last > _GAP:
                self._known[shard] = _Refusing(copy, now, now)
            elif sent >= known.first and told - known.first >= _PATIENCE:
                self._cancel(host, shard, primary["node"])
            else:
                self._known[shard] = _Refusing(copy, known.first, max(told, known.last))

    def _cancel(self, host: str, shard: int, node: str) -> None:
        """Send the request once. What has not arrived is refused again, and cancelled then."""
        command = {"index": self._index, "shard": shard, "node": node, "allow_primary": True}
        with suppress(EngineError):
            self._connection.ask_one(
                host,
                "POST",
                "/_cluster/reroute",
                {"commands": [{"cancel": command}]},
                timeout="0s",
                cluster_manager_timeout=MANAGER_WAIT,
                metric="none",
            )

    def _primaries(self, host: str) -> dict[int, Json]:
        """Return the primary of each shard as ``host`` knows it, which must have a manager; without those that move."""
        found = self._connection.ask_one(
            host,
            "GET",
            f"/_cluster/state/routing_table/{self._index}",
            cluster_manager_timeout=MANAGER_WAIT,
        )
        indexes = found.get("routing_table", {}).get("indices", {})
        return {
            copy["shard"]: copy
            for shard in indexes.get(self._index, {}).get("shards", {}).values()
            for copy in shard
            if copy["primary"] and copy["state"] == "STARTED"
        }


def is_refusal(error: Json) -> bool:
    """Tell whether an error in an answer is the refusal of a shard that is no primary, though the cluster says so."""
    return _KIND in (error.get("type"), error.get("caused_by", {}).get("type"))


def was_refused(error: Refused) -> bool:
    """Tell the same of a whole request."""
    return error.kind == _KIND
