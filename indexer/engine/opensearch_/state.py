"""The state document: it names the newest commit of an index and the points in time at which it can be searched.

Shards make changes visible one after the other, so none of them can tell which commit is current. Readers see the commit that
this document names; it is written once a commit is complete on all shards.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from indexer.engine.opensearch_.answers import Json


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


_STORED = {field.name for field in fields(State)} - {"place"}


def decoded_state(found: Json) -> State:
    """Return the state in a document that was found; what a later version added is left out."""
    said: Json = {name: value for name, value in found["_source"].items() if name in _STORED}
    said["points"] = tuple(said["points"])
    said["old"] = tuple(Point(tuple(one["ids"]), one["until"]) for one in said["old"])
    return State(**said, place=_place(found))


def placed(state: State, done: Json) -> State:
    """Return ``state`` with the version that was given to it when it was stored."""
    return replace(state, place=_place(done))


def _place(found: Json) -> tuple[int, int]:
    return found["_primary_term"], found["_seq_no"]


def encoded_state(state: State) -> Json:
    """Return ``state`` as the content of its document."""
    said = asdict(state)
    del said["place"]
    return said
