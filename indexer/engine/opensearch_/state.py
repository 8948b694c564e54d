"""The state document: it names the newest commit of an index and the points in time at which it can be searched.

Shards make changes visible one after the other, so none of them can tell which commit is current. Readers see the commit that
this document names; it is written once a commit is complete on all shards.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.errors import ClusterError, EngineError

_EXISTS = "resource_already_exists_exception"
_CONFLICT = 409
_CREATING = 60.0
"""Seconds allowed for creating an index, on which the whole cluster has to agree."""
_AT_ONCE = "true"
"""A write is visible to searches when it returns, because readers request the state together with their other searches."""
_HERE = "_local"
"""The copy of the state on the node that was asked, so that no other node can delay the answer."""
_PAUSE = 0.2
"""Seconds between asking all hosts for the state and asking them again."""


Lines = tuple[Json, Json]
"""One of several searches: its target, its options and its body."""


@dataclass(frozen=True, slots=True)
class Point:
    """Points in time of one commit, and the time since which there is a newer one (seconds since 1970)."""

    ids: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class State:
    """The content of the document."""

    version: str
    shards: int
    commit: int = 0
    epoch: int = 0
    """Increases with every writer, so that delayed changes of a replaced writer are older than those of its successor."""
    stable: bool = True
    """Whether the shards hold exactly this commit; false while a writer is at work, or if it was killed."""
    filling: bool = True
    """Whether the index is new and has no copies yet."""
    articles: int = 0
    written: float = 0.0
    """Time of the commit, in seconds since 1970."""
    points: tuple[str, ...] = ()
    """Points in time of this commit, over which readers distribute their searches."""
    old: tuple[Point, ...] = ()
    """Points in time of earlier commits, which readers may still need."""
    place: tuple[int, int] = (0, 0)
    """Version of this document, later ones being greater: the term of the primary that took it, and its number. A writer replaces no
    other version."""


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
        return _state(found)

    def newest(self, seconds: float | None = None) -> State | None:
        """Return the newest state that any of the nodes that answer knows; None if the index does not exist.

        Raises EngineError if none answers, after ``seconds`` at most.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        answered: list[State | None] = []
        why: EngineError | None = None
        for host in self._connection.hosts:
            left = None if deadline is None else max(deadline - time.monotonic(), _PAUSE)
            try:
                answered.append(self.read(left, near=[host]))
            except ClusterError as error:
                why = error
                break  # the others have been asked, too
            except Refused as error:  # this node may have lost its copy
                why = error
        if why and not answered:
            raise why
        return max(filter(None, answered), key=lambda state: state.place, default=None)

    def lines(self) -> Lines:
        """Return the search that fetches the newest state together with others; :meth:`found` reads its answer."""
        body = {"query": {"ids": {"values": [self._index]}}, "seq_no_primary_term": True}
        return {"index": self._states, "allow_partial_search_results": "false", "preference": _HERE}, body

    def found(self, answer: Json) -> State | None:
        """Return the state in an answer to :meth:`lines`; None if it contains none, or is an error."""
        hits = answer.get("hits", {}).get("hits", ())
        return _state(hits[0]) if hits else None

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
        done = self._connection.ask(
            "PUT", f"/{self._states}/_doc/{self._index}", _said(state), refresh=_AT_ONCE
        )
        return _placed(state, done)

    def write(self, state: State, seconds: float | None = None) -> State:
        """Replace the version of the state that ``state`` is derived from; return it as stored.

        Raises EngineError if another writer has replaced it first, ClusterError after ``seconds``.
        """
        term, number = state.place
        try:
            done = self._connection.ask(
                "PUT",
                f"/{self._states}/_doc/{self._index}",
                _said(state),
                seconds=seconds,
                if_seq_no=number,
                if_primary_term=term,
                refresh=_AT_ONCE,
            )
        except Refused as error:
            if error.answered != _CONFLICT:
                raise
            # It may have arrived twice if the first answer was lost.
            found = self._newer_than(state, seconds or self._connection.search_seconds)
            if found is None or replace(found, place=state.place) != state:
                raise EngineError(
                    "another machine has started to write this index, so this one must stop;"
                    " run the writer on one machine only"
                ) from error
            return found
        return _placed(state, done)

    def _newer_than(self, state: State, seconds: float) -> State | None:
        """Return the state that has replaced ``state``; None if the index does not exist any more."""
        deadline = time.monotonic() + seconds
        while True:
            with suppress(EngineError):
                found = self.newest(max(deadline - time.monotonic(), _PAUSE))
                if found is None or found.place > state.place:
                    return found
            if time.monotonic() > deadline:
                raise ClusterError(self._connection.hosts, "no node knows the newest state of the index")
            time.sleep(_PAUSE)

    def delete(self) -> None:
        """Delete the document of the index; it is not an error if there is none."""
        try:
            self._connection.ask("DELETE", f"/{self._states}/_doc/{self._index}", refresh=_AT_ONCE)
        except Refused as error:
            if error.answered != 404:
                raise


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


def _state(found: Json) -> State:
    said: Json = found["_source"]
    said["points"] = tuple(said["points"])
    said["old"] = tuple(Point(tuple(one["ids"]), one["until"]) for one in said["old"])
    return State(**said, place=_place(found))


def _placed(state: State, done: Json) -> State:
    return replace(state, place=_place(done))


def _place(found: Json) -> tuple[int, int]:
    return found["_primary_term"], found["_seq_no"]


def _said(state: State) -> Json:
    said = asdict(state)
    del said["place"]
    return said
