"""Which hosts hold parts of a point in time: its id contains those of their nodes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence

from indexer.engine.opensearch_.answers import Json, decoded_point

_MEET_AGAIN = 60.0
"""Seconds after which nodes that have not told who they are are asked again."""


class Holders:
    """The nodes are asked who they are in the background, once in each process, and again after a while if one did not answer."""

    def __init__(self, hosts: Sequence[str], who: Callable[[str], Json]) -> None:
        """``who`` asks the node at a host for its id; it returns nothing if there is no answer."""
        self._hosts = hosts
        self._who = who
        self._ids: dict[str, bytes] = {}
        """What the nodes are called in points in time, as far as they have told."""
        self._met_in = 0
        """The process that has asked them."""
        self._meet = 0.0
        """The time at which those that have not told are asked again."""

    def of(self, point: str) -> list[str]:
        """Return the hosts that hold parts of a point in time; none if that is not known."""
        now = time.monotonic()
        strange = self._met_in != os.getpid() or (len(self._ids) < len(self._hosts) and now > self._meet)
        if strange and len(self._hosts) > 1:
            self._met_in, self._meet = os.getpid(), now + _MEET_AGAIN
            threading.Thread(target=self._meet_all, daemon=True).start()
        nodes = decoded_point(point)
        return [host for host, id in list(self._ids.items()) if id in nodes]

    def _meet_all(self) -> None:
        for host in self._hosts:
            for id in self._who(host).get("nodes", ()):
                self._ids[host] = id.encode()
