"""The state document: which commit of an index is the newest, and where it can be looked at.

Shards show what is new one after the other, so that none of them can say which commit it is. What readers see is what this
document names: it is written when a commit is whole on all shards.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from indexer.engine.opensearch_.connection import Connection, Json, Refused
from indexer.errors import EngineError

_EXISTS = "resource_already_exists_exception"
_CONFLICT = 409
_CREATING = 60.0
"""Seconds for a new index: the whole cluster has to agree."""
_KEEP = "1h"
"""For how long an unused point in time is kept; each question begins the hour anew."""


@dataclass(frozen=True, slots=True)
class Point:
    """Points in time of one commit, and since when there is a newer one (seconds since 1970)."""

    ids: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class State:
    """What the document says."""

    version: str
    shards: int
    commit: int = 0
    epoch: int = 0
    """Goes up with every writer: what one sends that was thought dead is older than what the next one sent."""
    stable: bool = True
    """Whether the shards hold this commit and no more; not while a writer is at work, or was killed at it."""
    filling: bool = True
    """Whether it is a new index, which has no copies yet."""
    articles: int = 0
    written: float = 0.0
    """Seconds since 1970."""
    points: tuple[str, ...] = ()
    """Points in time of this commit; readers share themselves out among them."""
    old: tuple[Point, ...] = ()
    """Those of commits before, which who reads on may still need."""
    place: tuple[int, int] = (0, 0)
    """Of this version of the document; a writer changes no other."""


class StateStore:
    """The state document of the index ``index``, in an index of its own."""

    def __init__(self, connection: Connection, prefix: str, index: str) -> None:
        self._connection = connection
        self._states = f"{prefix}-state"
        self._index = index

    def read(self) -> State | None:
        """Return the newest state; None where there is no such index. Raises EngineError."""
        try:
            found = self._connection.ask("GET", f"/{self._states}/_doc/{self._index}")
        except Refused as error:
            if error.answered == 404:
                return None
            raise
        said: Json = found["_source"]
        said["points"] = tuple(said["points"])
        said["old"] = tuple(Point(tuple(one["ids"]), one["until"]) for one in said["old"])
        return State(**said, place=(found["_seq_no"], found["_primary_term"]))

    def create(self, state: State) -> State:
        """Write the first state of a new index, over that of one that is lost; return it in its place."""
        definition = {
            # A copy on every node: as long as one lives, readers find their commit.
            "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-all"}},
            "mappings": {"enabled": False},
        }
        create_index(self._connection, self._states, definition)
        before = self.read()
        if before is not None:
            # Numbers go on: readers know the last one.
            return self.write(
                replace(state, commit=before.commit + 1, epoch=before.epoch, place=before.place)
            )
        done = self._connection.ask("PUT", f"/{self._states}/_doc/{self._index}", _said(state))
        return _placed(state, done)

    def write(self, state: State) -> State:
        """Put ``state`` in the place of that version of it that it was made of; return it in its new place.

        Raises EngineError where another writer has put its own there.
        """
        number, term = state.place
        try:
            done = self._connection.ask(
                "PUT",
                f"/{self._states}/_doc/{self._index}",
                _said(state),
                if_seq_no=number,
                if_primary_term=term,
            )
        except Refused as error:
            if error.answered != _CONFLICT:
                raise
            # It may have arrived twice, because the first answer was lost.
            found = self.read()
            if found is None or replace(found, place=state.place) != state:
                raise EngineError(
                    "another machine has started to write this index, so this one must stop;"
                    " run the writer on one machine only"
                ) from error
            return found
        return _placed(state, done)

    def delete(self) -> None:
        """Forget the index; one that is not known is no error."""
        try:
            self._connection.ask("DELETE", f"/{self._states}/_doc/{self._index}")
        except Refused as error:
            if error.answered != 404:
                raise


def create_index(connection: Connection, name: str, definition: Json) -> None:
    """Make an index of OpenSearch; one of that name that is there already stays as it is. Raises EngineError."""
    try:
        connection.ask("PUT", f"/{name}", definition, seconds=_CREATING)
    except Refused as error:
        if error.kind != _EXISTS:
            raise


def is_there(connection: Connection, name: str) -> bool:
    """Tell whether the cluster has an index of that name; raises EngineError."""
    try:
        connection.ask("GET", f"/{name}/_settings", filter_path="*.settings.index.uuid")
    except Refused as error:
        if error.answered == 404:
            return False
        raise
    return True


def open_point(connection: Connection, index: str) -> str:
    """Return a new point in time over all shards of ``index``; raises EngineError where one of them does not answer."""
    found = connection.ask(
        "POST",
        f"/{index}/_search/point_in_time",
        keep_alive=_KEEP,
        allow_partial_pit_creation="false",
    )
    return str(found["pit_id"])


def at_point(body: dict[str, Any], point: str) -> dict[str, Any]:
    """Return ``body`` as a search of one point in time."""
    return {**body, "pit": {"id": point, "keep_alive": _KEEP}}


def close_points(connection: Connection, points: Iterable[str]) -> None:
    """Let go of points in time; those that are gone already, or can't be reached, go by themselves."""
    if ids := list(points):
        with suppress(EngineError):
            connection.ask("DELETE", "/_search/point_in_time", {"pit_id": ids})


def _placed(state: State, done: Json) -> State:
    return replace(state, place=(done["_seq_no"], done["_primary_term"]))


def _said(state: State) -> Json:
    said = asdict(state)
    del said["place"]
    return said
