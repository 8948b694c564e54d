"""The points in time of one commit, and searches at one of them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused, SilentError
from indexer.engine.opensearch_.point_in_time import close_points, open_point
from indexer.engine.opensearch_.silence import SilentNodes
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import StateStore
from indexer.errors import ClusterError, EngineError

_LOST = (404, 500, 502, 503, 504)
"""Errors that mean that a point in time, or a node that held it, is gone; all others concern the question."""
_MOVED = "already_closed_exception"
"""The error, of status 400, of a node whose shards of the index have moved to another: it keeps their points in time, but has closed
the analyzer of phrases with gaps."""
_TOO_MANY = "too_many_buckets_exception"
_PATIENCE = 0.25
"""Share of ``search_seconds`` after which a search that was not answered finds out whether a node is silent."""
_ABANDONED = 300.0
"""Seconds after which a commit that has not ended is taken for that of a killed writer; a living one gives up earlier."""
_PAUSE = 0.05


class LostCommitError(ClusterError):
    """All points in time of a commit are lost or closed, and it is not the newest any more: the same request finds that one."""


class PointsInTime:
    """Those that the writer has opened and, if these are lost while the commit is the newest, one of our own."""

    def __init__(
        self, connection: Connection, states: StateStore, silent: SilentNodes, index: str, state: State
    ) -> None:
        self._connection = connection
        self._states = states
        self._silent = silent
        self._index = index
        self._commit = state.commit
        self._turn = threading.Lock()
        self._change = threading.Lock()
        self._unfinished_since: float | None = None
        # Each process starts with a different one, which distributes the work over the copies of the shards.
        first = os.getpid() % max(1, len(state.points))
        self._open = [*state.points[first:], *state.points[:first]]

    def __bool__(self) -> bool:
        return bool(self._open)

    def ask(self, path: str, body: Callable[[str], object], seconds: float, **parameters: str | int) -> Json:
        """Return the answer to ``body`` of a point in time, using another one if the first is lost or a silent node holds it.

        Raises ClusterError after ``seconds``, and LostCommitError if this is no longer the newest commit and all its points are lost.
        """
        deadline = time.monotonic() + seconds
        each = _PATIENCE * self._connection.search_seconds
        while True:
            point = ""
            try:
                with suppress(EngineError):
                    self._silent.renew()
                point = self._usable(deadline)
                left = max(deadline - time.monotonic(), _PAUSE)
                return self._connection.ask(
                    "POST",
                    path,
                    body(point),
                    seconds=left,
                    each=each,
                    others=False,
                    near=self._connection.holding(point),
                    **parameters,
                )
            except SilentError:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise
                # If no node is silent, the answer just takes long.
                each = left / 2 if self._is_any_silent() else left
            except Refused as error:
                if not _is_lost(error):
                    raise
                if time.monotonic() > deadline:
                    raise ClusterError(self._connection.hosts, error.reason) from error
                if point:
                    self._drop(point)
                time.sleep(_PAUSE)

    def _drop(self, point: str) -> None:
        with self._change:
            self._open = [one for one in self._open if one != point]

    def _is_any_silent(self) -> bool:
        try:
            return self._silent.look()
        except EngineError:
            return False

    def _usable(self, deadline: float) -> str:
        point = self._avoiding()
        if point is not None:
            return point
        # One thread opens a point, and the others wait for it, each as long as it may.
        if not self._turn.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise ClusterError(self._connection.hosts, "it does not answer")
        try:
            point = self._avoiding()
            if point is None:
                point = self._own(deadline)
                with self._change:
                    self._open = [*self._open, point]
            return point
        finally:
            self._turn.release()

    def _avoiding(self) -> str | None:
        return next((one for one in self._open if not self._silent.hold(one)), None)

    def _own(self, deadline: float) -> str:
        """Open a point in time between two reads of an unchanged state, so that it belongs to the commit of that state.

        During a commit there is none, since part of its articles may be visible. If a commit never ends, its writer was killed;
        then they are.
        """
        while True:
            left = max(deadline - time.monotonic(), _PAUSE)
            before = self._states.read(left)
            if before is None or before.commit != self._commit:
                raise LostCommitError(
                    self._connection.hosts, "the snapshot for these results is lost; search again"
                )
            if before.stable:
                self._unfinished_since = None
            elif self._unfinished_since is None:
                self._unfinished_since = time.monotonic()
            if before.stable or self._is_abandoned():
                point = open_point(self._connection, self._index, self._silent.others(), left)
                after = self._states.read(left)
                if after is not None and (after.commit, after.stable) == (before.commit, before.stable):
                    return point
                close_points(self._connection, [point])
            if time.monotonic() > deadline:
                raise ClusterError(
                    self._connection.hosts, "a commit has not ended, and the one before is lost"
                )
            time.sleep(_PAUSE)

    def _is_abandoned(self) -> bool:
        since = self._unfinished_since
        return since is not None and time.monotonic() - since > _ABANDONED


def _is_lost(error: Refused) -> bool:
    return error.kind == _MOVED or (error.answered in _LOST and error.kind != _TOO_MANY)
