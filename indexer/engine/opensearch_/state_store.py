"""Reading and replacing the state document, on whichever nodes answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.half_promoted import RefusingPrimaries, is_refusal
from indexer.engine.opensearch_.state import State, decoded_state, encoded_state, placed
from indexer.errors import ClusterError, EngineError

_EXISTS = "resource_already_exists_exception"
_CONFLICT = 409
PRIMARY_WAIT = "4s"
"""Time for which the cluster waits for the primary of a shard; less than what a connection allows a node at first."""
_CREATING = 60.0
"""Seconds allowed for creating an index, on which the whole cluster has to agree."""
_AT_ONCE = "true"
"""A write is visible to searches when it returns, because readers request the state together with their other searches."""
_HERE = "_local"
"""The copy of the state on the node that was asked, so that no other node can delay the answer."""
_PAUSE = 0.2
"""Seconds between a request that failed and the next one."""

_ONLY_SHARD = "0"

Lines = tuple[Json, Json]
"""One of several searches: its target, its options and its body."""


class StateStore:
    """The state document of the index ``index``, stored in an index of its own."""

    def __init__(self, connection: Connection, prefix: str, index: str) -> None:
        self._connection = connection
        self._states = f"{prefix}-state"
        self._index = index

    def read(self, seconds: float | None = None, near: Sequence[str] = ()) -> State | None:
        """Return the newest state, as a node knows it, one of the hosts ``near`` if it answers; None if the index does not exist.

        A node that is cut off from the others, or has just come back, knows an earlier one. Raises EngineError, after ``seconds`` at
        most.
        """
        try:
            found = self._connection.ask(
                "GET", f"/{self._states}/_doc/{self._index}", seconds=seconds, near=near, preference=_HERE
            )
        except Refused as error:
            if error.answered == 404:
                return None
            raise
        return decoded_state(found)

    def newest(self, seconds: float | None = None) -> State | None:
        """Return the newest state that any of the nodes that answer knows; None if the index does not exist.

        Raises EngineError if none answers, after ``seconds`` at most.
        """
        return self._ask_all(seconds)[0]

    def _ask_all(self, seconds: float | None) -> tuple[State | None, list[str]]:
        """Return the newest state, see :meth:`newest`, and the host that told it."""
        deadline = None if seconds is None else time.monotonic() + seconds
        newest: tuple[int, State, list[str]] | None = None
        answered = False
        why: EngineError | None = None
        for host in self._connection.hosts:
            left = None if deadline is None else max(deadline - time.monotonic(), _PAUSE)
            try:
                term = self._term(left, host)
                state = self.read(left, near=[host])
            except ClusterError as error:
                why = error
                break  # the others have been asked, too
            except Refused as error:  # this node may have lost its copy
                why = error
                continue
            answered = True
            # A primary that is cut off from the other nodes, but not from here, may have taken a state that they never accepted. It
            # does not know that another one has taken its place, in a later term.
            if state and (newest is None or (term, state.place) > (newest[0], newest[1].place)):
                newest = term, state, [host]
        if why and not answered:
            raise why
        return (newest[1], newest[2]) if newest else (None, [])

    def _term(self, seconds: float | None, host: str) -> int:
        """Return the term of the primary, as far as a node knows; 0 if it knows none, or must not tell."""
        try:
            found = self._connection.ask(
                "GET",
                f"/_cluster/state/metadata/{self._states}",
                seconds=seconds,
                near=[host],
                local="true",
                ignore_unavailable="true",
                filter_path="metadata.indices.*.primary_terms",
            )
        except EngineError:
            return 0
        known = found.get("metadata", {}).get("indices", {}).get(self._states, {})
        return int(known.get("primary_terms", {}).get(_ONLY_SHARD, 0))

    def lines(self) -> Lines:
        """Return the search that fetches the newest state together with others; :meth:`found` reads its answer."""
        body = {"query": {"ids": {"values": [self._index]}}, "seq_no_primary_term": True}
        return {"index": self._states, "allow_partial_search_results": "false", "preference": _HERE}, body

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
        if before is not None:
            # Numbers continue, since readers remember the last one.
            return self.write(
                replace(state, commit=before.commit + 1, epoch=before.epoch, place=before.place)
            )
        return self._put(state, self._connection.search_seconds)

    def write(self, state: State, seconds: float | None = None) -> State:
        """Replace the version of the state that ``state`` is derived from; return it as stored.

        Raises EngineError if another writer has replaced it first, ClusterError after ``seconds``.
        """
        seconds = seconds or self._connection.search_seconds
        wanted, deadline = state, None
        near: list[str] = []
        while True:
            try:
                return self._put(state, seconds, near, only_at=wanted.place)
            except Refused as error:
                if error.answered != _CONFLICT:
                    raise
                conflict = error
            deadline = deadline or time.monotonic() + self._connection.search_seconds
            if time.monotonic() > deadline:
                raise ClusterError(self._connection.hosts, "no node knows the newest state of the index")
            time.sleep(_PAUSE)
            found: State | None = state
            with suppress(EngineError):
                found, near = self._ask_all(self._connection.search_seconds)
            if found and found.place > state.place and replace(found, place=state.place) == state:
                # It has arrived, but its answer was lost. Written again, it is known to be on the other nodes, too.
                wanted = found
            elif found is None or found.place > state.place:
                raise EngineError(
                    "another machine has started to write this index, so this one must stop;"
                    " run the writer on one machine only"
                ) from conflict
            else:
                # The primary that was asked is not the one that the others accept.
                wanted = state

    def delete(self) -> None:
        """Delete the document of the index; it is not an error if there is none."""
        try:
            self._until_accepted(
                lambda left: self._connection.ask(
                    "DELETE",
                    f"/{self._states}/_doc/{self._index}",
                    seconds=left,
                    timeout=PRIMARY_WAIT,
                    refresh=_AT_ONCE,
                ),
                self._connection.search_seconds,
            )
        except Refused as error:
            if error.answered != 404:
                raise

    def _put(
        self, state: State, seconds: float, near: Sequence[str] = (), only_at: tuple[int, int] | None = None
    ) -> State:
        """Store ``state``, ``only_at`` this version of the document, and return it as stored; the hosts ``near`` are asked first.

        Raises Refused if the document has another version, ClusterError if no primary accepts it within ``seconds``.
        """
        only_if: dict[str, Any] = {}
        if only_at:
            only_if["if_primary_term"], only_if["if_seq_no"] = only_at

        def put(left: float) -> Json:
            return self._connection.ask(
                "PUT",
                f"/{self._states}/_doc/{self._index}",
                encoded_state(state),
                seconds=left,
                near=near,
                timeout=PRIMARY_WAIT,
                refresh=_AT_ONCE,
                **only_if,
            )

        return placed(state, self._until_accepted(put, seconds))

    def _until_accepted(self, change: Callable[[float], Json], seconds: float) -> Json:
        """Return the answer to ``change``, which is given the seconds that are left.

        Raises ClusterError if the primary refuses it for ``seconds``.
        """
        deadline = time.monotonic() + seconds
        refusing = RefusingPrimaries(self._connection, self._states)
        while True:
            try:
                return change(max(deadline - time.monotonic(), _PAUSE))
            except Refused as error:
                if not is_refusal(error):
                    raise
                if time.monotonic() > deadline:
                    raise ClusterError(self._connection.hosts, error.reason) from error
                refusing.refused([_ONLY_SHARD])
            time.sleep(_PAUSE)


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
