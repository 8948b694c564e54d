"""Which node knows the newest state of an index."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.state import State, decoded_state
from indexer.errors import EngineError

HERE = "_local"
"""The copy of the state on the node that was asked, so that no other node can delay the answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a node knows: the term of the primary, and the state, or None if the index does not exist."""

    host: str
    term: int
    state: State | None

    @property
    def age(self) -> tuple[int, tuple[int, int]]:
        """Greater for what is newer.

        A primary that is cut off from the other nodes, but not from here, may have taken a state that they never accepted. It does
        not know that another one has taken its place, in a later term.
        """
        return self.term, self.state.place if self.state else (0, 0)


def ask_all(connection: Connection, states: str, index: str) -> Told | None:
    """Ask all nodes at once for the state of ``index``, which is kept in the index ``states``; return the newest.

    None if no node answers that has a copy.
    """

    def told_by(host: str) -> Told | None:
        # First the term: of a node that is just coming back, the earlier one.
        term = _term(connection, states, host)
        with suppress(EngineError):
            return Told(
                host,
                term,
                if_there(lambda: connection.ask_one(host, "GET", f"/{states}/_doc/{index}", preference=HERE)),
            )
        return None

    with ThreadPoolExecutor(len(connection.hosts)) as together:
        told = filter(None, together.map(told_by, connection.hosts))
        return max(told, key=lambda one: one.age, default=None)


def _term(connection: Connection, states: str, host: str) -> int:
    """Return the term of the primary, as far as a node knows; 0 if it knows none, or must not tell."""
    try:
        found = connection.ask_one(
            host,
            "GET",
            f"/_cluster/state/metadata/{states}",
            local="true",
            ignore_unavailable="true",
            filter_path="metadata.indices.*.primary_terms",
        )
    except EngineError:
        return 0
    known = found.get("metadata", {}).get("indices", {}).get(states, {})
    return int(known.get("primary_terms", {}).get("0", 0))


def if_there(get: Callable[[], Json]) -> State | None:
    """Return the state from a document that is fetched by its id; None if there is none."""
    try:
        return decoded_state(get())
    except Refused as error:
        if error.answered == 404:
            return None
        raise
