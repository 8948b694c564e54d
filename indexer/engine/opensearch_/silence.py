"""The nodes of the cluster that are part of it but do not answer, as a paused process or a full queue makes them.

A search waits for every node that holds its point in time, so one such node stops it, whichever node it was sent to. The cluster
removes the node only after a while: with OpenSearch's defaults, half a minute.
"""

from __future__ import annotations

import threading
import time

from indexer.engine.opensearch_.answers import decoded_point
from indexer.engine.opensearch_.connection import Connection

_PROMPT = "500ms"
"""Time within which a node has to answer another one."""
_EACH, _ALL = 1.5, 4.0
"""Seconds that one node, and all of them, may take to tell which others answer."""
_LOOK_AGAIN = 2.0
"""Seconds after which the answer is renewed, as long as a node is silent."""


class SilentNodes:
    """Safe to use from several threads; only one of them waits for the answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._silent: frozenset[bytes] = frozenset()
        self._answering: tuple[str, ...] = ()
        self._seen = 0.0
        self._turn = threading.Lock()

    def look(self) -> bool:
        """Ask which nodes answer; return whether any does not. Raises EngineError."""
        found = self._connection.ask(
            "GET",
            "/_nodes/data:true/process",
            seconds=_ALL,
            each=_EACH,
            timeout=_PROMPT,
            filter_path="_nodes.failures.node_id,nodes.*.name",
        )
        failures = found.get("_nodes", {}).get("failures", ())
        self._silent = frozenset(one["node_id"].encode() for one in failures)
        self._answering = tuple(found.get("nodes", ()))
        self._seen = time.monotonic()
        return bool(self._silent)

    def renew(self) -> None:
        """Look again if a node was silent a while ago; raises EngineError."""
        if (
            self._silent
            and time.monotonic() - self._seen > _LOOK_AGAIN
            and self._turn.acquire(blocking=False)
        ):
            try:
                self._seen = time.monotonic()
                self.look()
            finally:
                self._turn.release()

    def hold(self, point: str) -> bool:
        """Tell whether a silent node holds part of a point in time, whose id contains those of its nodes."""
        if not self._silent:
            return False
        nodes = decoded_point(point)
        return any(node in nodes for node in self._silent)

    def others(self) -> tuple[str, ...]:
        """Return the nodes to prefer over the silent ones; none if all answer."""
        return self._answering if self._silent else ()
