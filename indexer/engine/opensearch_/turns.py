"""Which node is asked next."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence

_RESTING, _LONGEST_REST = 5.0, 60.0
"""Seconds for which a node that did not answer is tried last: twice as long each time, up to the second number."""


class Turns:
    """Safe to use from several threads."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self._hosts = tuple(hosts)
        self._resting: dict[str, float] = {}
        self._rests: dict[str, float] = {}
        """Length of the last rest of each node that has not answered since, in seconds."""

    def next(self, near: Collection[str] = ()) -> list[str]:
        """Return the hosts, ``near`` first and those that did not answer lately last; each process starts at a different one."""
        first = os.getpid() % len(self._hosts)
        now = time.monotonic()
        found = sorted(
            (*self._hosts[first:], *self._hosts[:first]),
            key=lambda host: (self._resting.get(host, 0.0) > now, host not in near),
        )
        # Another thread may have had its answer meanwhile.
        if found[0] in self._rests and self._resting.get(found[0], now) <= now:
            # This request finds out whether the node is back; meanwhile the other threads leave it alone.
            self._resting[found[0]] = now + _RESTING
        return found

    def rests(self, host: str) -> bool:
        """Tell whether ``host`` did not answer lately."""
        return self._resting.get(host, 0.0) > time.monotonic()

    def all_rest(self) -> bool:
        """Tell whether no host has answered lately."""
        return all(map(self.rests, self._hosts))

    def rest(self, host: str) -> None:
        """Record that ``host`` has not answered."""
        rest = min(2 * self._rests.get(host, _RESTING / 2), _LONGEST_REST)
        self._resting[host] = time.monotonic() + rest
        self._rests[host] = rest

    def answered(self, host: str) -> None:
        """Record that ``host`` has answered."""
        self._resting.pop(host, None)
        self._rests.pop(host, None)
