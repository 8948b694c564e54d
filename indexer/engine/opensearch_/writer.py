"""One batch of changes to an index of the cluster, kept locally until the commit sends them all."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from indexer.disk import durable
from indexer.engine.opensearch_.answers import DISK_FULL, Json, is_disk_full, is_passing
from indexer.engine.opensearch_.batch import Batch, probes
from indexer.engine.opensearch_.connection import PRIMARY_WAIT, Connection, Refused
from indexer.engine.opensearch_.half_promoted import RefusingPrimaries, is_refusal
from indexer.engine.opensearch_.held import free_held_shards
from indexer.engine.opensearch_.point_in_time import close_points, holding_nodes, open_point
from indexer.engine.opensearch_.state import Point, State
from indexer.engine.opensearch_.state_store import StateStore, is_there
from indexer.engine.protocol import Entry
from indexer.errors import ClusterError, EngineError
from indexer.opensearch_settings import OpenSearchSettings

_SENDERS = 2
"""Number of simultaneous requests: the cluster processes one while the other is being sent."""
_POINTS = 3
"""Maximum number of points in time that a commit opens. The nodes are dealt into as many groups, and each point avoids one of them
where other nodes hold copies, so that at least one survives the loss of any node."""
GRACE = 120.0
"""Seconds for which earlier commits remain available to readers."""
_MOST_OLD = 24
"""Number of earlier commits that are kept."""
_MOST_OPEN = 140
"""Maximum number of points in time of earlier commits, counted per shard: a node allows 300 (``search.max_open_pit_context``), during
a rebuild there are two indexes, and readers that have lost a point open their own."""
_PAUSE = 0.2
_CONFLICT = 409
_NO_PRIMARY = "unavailable_shards_exception"
_REFRESH = 20.0
"""Seconds for which the cluster may take to show changes before its shards are asked whether they accept any."""
_EPOCH_BITS = 32
"""Bits of a version that number the changes of one writer."""


T = TypeVar("T")


class _NotYet(Exception):
    """What was asked for is not there yet, but may be in a moment."""


class OpenSearchWriter:
    """See :class:`indexer.engine.protocol.Writer`."""

    def __init__(
        self, connection: Connection, states: StateStore, index: str, path: Path, settings: OpenSearchSettings
    ) -> None:
        """Write the index ``index``; ``path`` is named in errors."""
        self._connection = connection
        self._states = states
        self._index = index
        self._path = path
        self._seconds = settings.write_seconds
        self._replicas = settings.replicas
        self._batch = Batch()
        self._refusing = RefusingPrimaries(connection, index)
        # Read before the caller has made sure that this machine is still the writer: whoever replaces it after that changes
        # the state, so that this one can commit no more. An earlier state, which a node that has just come back may still know,
        # would look like such a replacement.
        self._before = states.newest()
        self._state: State | None = None
        self._sent = 0

    def put(self, entry: Entry) -> None:
        with durable.storage_errors(self._path, "written"):
            self._batch.put(entry)

    def delete(self, id: str) -> None:
        self._batch.delete(id)

    def commit(self) -> None:
        if self._batch:
            self._commit()

    def take_over(self) -> None:
        """Publish what the shards have, which may be more than the last commit: a writer that began before can commit no more.

        Raises EngineError if that writer commits meanwhile.
        """
        self._commit()

    def _commit(self) -> None:
        before = self._begin()
        with ThreadPoolExecutor(_SENDERS) as senders, durable.storage_errors(self._path, "read"):
            under_way: deque[Future[None]] = deque()
            for chunk in self._batch.chunks((before.epoch << _EPOCH_BITS) + self._sent):
                under_way.append(senders.submit(self._send, chunk))
                if len(under_way) > _SENDERS:
                    under_way.popleft().result()
            for sent in under_way:
                sent.result()
        self._sent += len(self._batch)
        everywhere = self._patiently(lambda left: self._refresh(before.shards, left))
        published = self._publish(before, everywhere)
        self._batch.clear()
        if not everywhere:
            # The points of this commit are on copies that are open, so they hold nothing of one that is not.
            free_held_shards(self._connection, self._index, kept=published.points)

    def finish(self) -> None:
        """Create the copies that a new index does without until it is filled; they are made from its files."""
        if self._state is None or not self._state.filling:
            return
        copies = {"index": {"number_of_replicas": self._replicas}}
        self._connection.ask("PUT", f"/{self._index}/_settings", copies, seconds=self._seconds)
        self._state = self._states.write(replace(self._state, filling=False), self._seconds)

    def close(self) -> None:
        """Drop uncommitted changes."""
        self._batch.close()

    def _begin(self) -> State:
        """Record that a commit is in progress. From now on, any other writer that publishes one is noticed."""
        state = self._state
        if state is None:
            state = self._before
            # Otherwise the bulk request would create an index with this name and guessed fields.
            if state is None or not is_there(self._connection, self._index):
                raise EngineError(
                    f"the cluster does not have the index {self._index}; if all its nodes are running, run `tracuu rebuild`"
                )
            state = replace(state, epoch=state.epoch + 1)
        self._state = self._states.write(replace(state, stable=False), self._seconds)
        return self._state

    def _send(self, chunk: bytes | list[Json], seconds: float | None = None) -> None:
        """Send changes until the cluster has accepted all; raises EngineError if it rejects one, or ``seconds`` have passed."""
        seconds = seconds or self._seconds
        deadline = time.monotonic() + seconds
        while True:
            sent = time.monotonic()
            # Deleting a missing article is not an error; only errors are returned.
            found = self._connection.ask(
                "POST",
                f"/{self._index}/_bulk",
                chunk,
                seconds=seconds,
                timeout=PRIMARY_WAIT,
                filter_path="errors,items.*.error,items.*.status",
            )
            if not found["errors"]:
                return
            failed = [one for item in found["items"] for one in item.values() if "error" in one]
            if any(one["status"] == _CONFLICT for one in failed):
                raise EngineError(
                    "another machine has written the same changes; run the writer on one machine only"
                )
            if is_disk_full(failed[0]):
                raise ClusterError([self._index], DISK_FULL)
            if permanent := [one for one in failed if not is_passing(one)]:
                reason = permanent[0]["error"].get("reason", "")
                raise EngineError(f"OpenSearch rejected {len(permanent)} changes: {reason}")
            if time.monotonic() > deadline:
                reason = failed[0]["error"].get("reason", "")
                raise ClusterError([self._index], f"it is too busy to accept the changes: {reason}")
            if any(one["error"].get("type") == _NO_PRIMARY for one in failed):
                free_held_shards(self._connection, self._index)
            refusing = (int(one["error"]["shard"]) for one in failed if is_refusal(one["error"]))
            self._refusing.refused(refusing, sent)
            time.sleep(_PAUSE)

    def _patiently(self, what: Callable[[float], T]) -> T:
        """Return the result of ``what``, which is given the seconds that are left; if shards are missing, which come back with their
        nodes, it is done again for a while.
        """
        deadline = time.monotonic() + self._seconds
        why: Exception
        while True:
            try:
                return what(max(deadline - time.monotonic(), _PAUSE))
            except Refused as error:
                if error.answered < 500:
                    raise
                why, reason = error, error.reason
            except _NotYet as error:
                why, reason = error, str(error)
            if time.monotonic() > deadline:
                raise ClusterError([self._index], reason) from why
            time.sleep(_PAUSE)

    def _refresh(self, shards: int, seconds: float) -> bool:
        """Show the changes on all ``shards``; return whether all their copies show them."""
        start = time.monotonic()
        try:
            found = self._connection.ask("POST", f"/{self._index}/_refresh", seconds=min(_REFRESH, seconds))
        except ClusterError as error:
            # If a primary accepts no changes, this request waits for it for a minute each time; changes are refused sooner, but
            # the batch may have none for that shard.
            self._send(probes(shards), max(seconds - (time.monotonic() - start), _PAUSE))
            raise _NotYet(error) from error
        told = found["_shards"]
        if told["failed"]:
            raise _NotYet(f"{told['failed']} shards failed to show the changes")
        return bool(told["successful"] == told["total"])

    def _open_points(self, before: State, everywhere: bool) -> tuple[str, ...]:
        """Open points in time of the new commit; if a node has too many, close those of older commits."""
        # A copy that is only being made does not show the commit yet, but it may be complete in a moment. The primaries show it.
        nodes = holding_nodes(self._connection, self._index) if everywhere else ()
        groups = [nodes[first::_POINTS] for first in range(min(_POINTS, len(nodes)))]
        preferred = [[node for node in nodes if node not in avoided] for avoided in groups] or [[]]
        try:
            return tuple(
                open_point(self._connection, self._index, others, self._seconds) for others in preferred
            )
        except Refused as error:
            if error.answered >= 500:
                raise
            close_points(self._connection, [id for one in before.old for id in one.ids])
            return (open_point(self._connection, self._index, seconds=self._seconds),)

    def _publish(self, before: State, everywhere: bool) -> State:
        """Make the commit, which all shards show, and all their copies if ``everywhere``, visible to readers."""
        points = self._patiently(lambda _: self._open_points(before, everywhere))
        articles = int(self._connection.ask("GET", f"/{self._index}/_count", seconds=self._seconds)["count"])
        now = time.time()
        known = (*before.old, Point(before.points, now))
        most = max(1, min(_MOST_OLD, _MOST_OPEN // (_POINTS * before.shards)))
        kept = tuple(one for one in known[-most:] if now - one.until <= GRACE)
        self._state = self._states.write(
            replace(
                before,
                commit=before.commit + 1,
                stable=True,
                articles=articles,
                written=now,
                points=points,
                old=kept,
            ),
            self._seconds,
        )
        close_points(self._connection, [id for one in known if one not in kept for id in one.ids])
        return self._state
