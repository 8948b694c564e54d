"""Reading and replacing the state document, on whichever nodes answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import LONGEST_WAIT, PRIMARY_WAIT, Connection, Refused
from indexer.engine.opensearch_.half_promoted import RefusingPrimaries, was_refused
from indexer.engine.opensearch_.newest import HERE, ask_all, if_there
from indexer.engine.opensearch_.state import State, decoded_state, encoded_state, placed
from indexer.errors import ClusterError, EngineError

_EXISTS = "resource_already_exists_exception"
_CONFLICT = 409
_CREATING = 60.0
"""Seconds allowed for creating an index, on which the whole cluster has to agree."""
_AT_ONCE = "true"
"""A write is visible to searches when it returns, because readers request the state together with their other searches."""
_PAUSE = 0.2
"""Seconds between a request that failed and the next one."""

_UNKNOWN = "no node knows the newest state of the index"
_ONLY_SHARD = 0
_MENDING = 30.0
"""Seconds for which a change is repeated if the primary refuses it and no other limit is given."""

Lines = tuple[Json, Json]
"""One of several searches: its target, its options and its body."""


class StateStore:
    """The state document of the index ``index``, stored in an index of its own."""

    def __init__(self, connection: Connection, prefix: str, index: str) -> None:
        self._connection = connection
        self._states = f"{prefix}-state"
        self._index = index
        self._refusing = RefusingPrimaries(connection, self._states)

    def read(self, seconds: float | None = None) -> State | None:
        """Return the newest state, as a node knows it; None if the index does not exist.

        A node that is cut off from the others, or has just come back, knows an earlier one. Raises EngineError, after ``seconds`` at
        most.
        """
        return if_there(
            lambda: self._connection.ask(
                "GET", f"/{self._states}/_doc/{self._index}", seconds=seconds, preference=HERE
            )
        )

    def newest(self) -> State | None:
        """Return the newest state that any of the nodes that answer knows; None if the index does not exist.

        Raises EngineError if none answers.
        """
        return self._ask_all()[0]

    def _ask_all(self) -> tuple[State | None, list[str]]:
        """Return the newest state, see :meth:`newest`, and the host that told it."""
        told = ask_all(self._connection, self._states, self._index)
        # A read waits a little, and says why there is no answer.
        return (told.state, [told.host]) if told else (self.read(), [])

    def lines(self) -> Lines:
        """Return the search that fetches the newest state together with others; :meth:`found` reads its answer."""
        body = {"query": {"ids": {"values": [self._index]}}, "seq_no_primary_term": True}
        return {"index": self._states, "allow_partial_search_results": "false", "preference": HERE}, body

    def found(self, answer: Json) -> State | None:
        """Return the state in an answer to :meth:`lines`; None if it contains none, or is an error."""
        hits = answer.get("hits", {}).get("hits", ())
        return decoded_state(hits[0]) if hits else None

    def create(self, state: State) -> State:
        """Write the first state of a new index, replacing that of a lost index; return it as stored."""
        definition = {
            # A copy on every node: readers find their commit as long as one node lives.
            "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-all"}},
            "mappings": {"enabled": False},
        }
        create_index(self._connection, self._states, definition)
        before = self.newest()
        if before is None:
            try:
                return self._put(state, _CREATING)
            except Refused as error:
                if error.answered != _CONFLICT:
                    raise
                before = self.newest()
                if before is None:
                    raise ClusterError(self._connection.hosts, _UNKNOWN) from error
            if replace(before, place=state.place) == state:
                return before  # its answer was lost
        # Numbers continue, since readers remember the last one.
        return self.write(
            replace(state, commit=before.commit + 1, epoch=before.epoch, place=before.place), _CREATING
        )

    def write(self, state: State, seconds: float | None = None) -> State:
        """Replace the version of the state that ``state`` is derived from; return it as stored.

        Raises EngineError if another writer has replaced it first, ClusterError after ``seconds``.
        """
        deadline = time.monotonic() + (seconds or self._connection.search_seconds)
        place = state.place
        near: list[str] = []
        lost_since: float | None = None
        each: float | None = None
        while True:
            left = max(deadline - time.monotonic(), _PAUSE)
            try:
                return self._put(state, left, place, near, each)
            except Refused as error:
                if error.answered != _CONFLICT:
                    raise
                conflict = error
            now = time.monotonic()
            if now > deadline or (lost_since and now - lost_since > self._connection.search_seconds):
                raise ClusterError(self._connection.hosts, _UNKNOWN) from conflict
            time.sleep(_PAUSE)
            try:
                found, near = self._ask_all()
            except EngineError:  # for the moment, none answers
                continue
            if found and found.place > state.place and replace(found, place=state.place) == state:
                # It has arrived, but its answer was lost. Written again, it is known to have reached the other nodes. That takes as
                # long as it did before, which was too long for the usual limit.
                place, lost_since, each = found.place, None, LONGEST_WAIT
            elif found is None or found.place > state.place:
                raise EngineError(
                    "another machine has started to write this index, so this one must stop;"
                    " run the writer on one machine only"
                ) from conflict
            else:
                # The primary that was asked is not the one that the others accept, or the version to be replaced is lost.
                place, lost_since = state.place, lost_since or now

    def delete(self) -> None:
        """Delete the document of the index; it is not an error if there is none."""
        try:
            self._until_accepted(
                lambda seconds: self._connection.ask(
                    "DELETE",
                    f"/{self._states}/_doc/{self._index}",
                    seconds=seconds,
                    timeout=PRIMARY_WAIT,
                    refresh=_AT_ONCE,
                )
            )
        except Refused as error:
            if error.answered != 404:
                raise

    def _put(
        self,
        state: State,
        seconds: float | None = None,
        only_at: tuple[int, int] | None = None,
        near: Sequence[str] = (),
        each: float | None = None,
    ) -> State:
        """Store ``state`` in place of this version of the document, ``only_at``, or if there is none; return it as stored.

        ``near`` and ``each`` are as for :meth:`Connection.ask`. Raises Refused if there is another version, ClusterError if
        no primary accepts the state within ``seconds``.
        """
        only_if: dict[str, Any] = {"op_type": "create"}
        if only_at:
            only_if = dict(zip(("if_primary_term", "if_seq_no"), only_at, strict=True))

        def put(seconds: float | None) -> Json:
            return self._connection.ask(
                "PUT",
                f"/{self._states}/_doc/{self._index}",
                encoded_state(state),
                seconds=seconds,
                each=each,
                near=near,
                timeout=PRIMARY_WAIT,
                refresh=_AT_ONCE,
                **only_if,
            )

        return placed(state, self._until_accepted(put, seconds))

    def _until_accepted(self, change: Callable[[float | None], Json], seconds: float | None = None) -> Json:
        """Return the answer to ``change``, which is given a limit in seconds. Raises ClusterError if it is refused until then."""
        deadline = time.monotonic() + (seconds or _MENDING)
        while True:
            sent = time.monotonic()
            try:
                return change(seconds)
            except Refused as error:
                if not was_refused(error):
                    raise
                if time.monotonic() > deadline:
                    raise ClusterError(self._connection.hosts, error.reason) from error
            self._refusing.refused([_ONLY_SHARD], sent)
            time.sleep(_PAUSE)
            seconds = max(deadline - time.monotonic(), _PAUSE)


def create_index(connection: Connection, name: str, definition: Json) -> None:
    """Create an index in OpenSearch; an existing one with that name is kept. Raises EngineError."""
    try:
        connection.ask("PUT", f"/{name}", definition, seconds=_CREATING)
    except Refused as error:
        if error.kind != _EXISTS:
            raise


def is_there(connection: Connection, name: str) -> bool:
    """Tell whether the cluster has an index with that name; raises EngineError."""
    try:
        connection.ask("GET", f"/{name}/_settings", filter_path="*.settings.index.uuid")
    except Refused as error:
        if error.answered == 404:
            return False
        raise
    return True
