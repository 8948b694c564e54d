"""A state that could not be replaced: whether this writer did it before, another one has, or a node does not know it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, cast

import pytest

from indexer.engine.opensearch_ import state as module
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.state import State, StateStore
from indexer.errors import ClusterError, EngineError

BEFORE = State("1", 1, commit=3, place=(1, 7))


class _Cluster:
    """Refuses to replace the state; each host tells the one it knows, or does not answer."""

    search_seconds = 1.0

    def __init__(self, **known: State | None) -> None:
        self.known = known
        self.hosts = tuple(known)

    def ask(self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **_: object) -> Json:
        if method == "PUT":
            raise Refused(409, "version_conflict_engine_exception", "required seqNo [7]")
        told = self.known[near[0]]
        if told is None:
            raise ClusterError(self.hosts, "it can't be reached")
        said = asdict(told)
        term, number = said.pop("place")
        return {"_source": said, "_seq_no": number, "_primary_term": term}


def write(cluster: _Cluster, state: State, seconds: float = 1.0) -> State:
    return StateStore(cast(Connection, cluster), "tracuu", "one").write(state, seconds)


def test_a_write_that_arrived_twice_is_done() -> None:
    wanted = replace(BEFORE, commit=4)
    done = replace(wanted, place=(1, 8))
    assert write(_Cluster(a=done), wanted) == done


def test_a_node_that_is_cut_off_from_the_others_is_not_believed() -> None:
    wanted = replace(BEFORE, commit=4)
    done = replace(wanted, place=(2, 8))
    assert write(_Cluster(a=BEFORE, b=done), wanted) == done


def test_the_state_of_another_writer_stops_this_one() -> None:
    with pytest.raises(EngineError, match="another machine has started to write"):
        write(_Cluster(a=BEFORE, b=replace(BEFORE, epoch=1, place=(1, 8))), replace(BEFORE, commit=4))


def test_where_nobody_knows_the_newest_state_it_is_an_error_of_the_cluster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    with pytest.raises(ClusterError, match="no node knows"):
        write(_Cluster(a=BEFORE, b=BEFORE), replace(BEFORE, commit=4), seconds=0.05)


def test_the_newest_state_is_the_one_of_the_newest_primary() -> None:
    """A primary that is cut off may have written what the others never saw, under a greater number."""
    newest = replace(BEFORE, commit=4, place=(2, 8))
    cluster = _Cluster(a=BEFORE, b=newest, c=replace(BEFORE, place=(1, 9)))
    assert StateStore(cast(Connection, cluster), "tracuu", "one").newest() == newest


def test_where_no_node_answers_it_is_an_error() -> None:
    with pytest.raises(ClusterError):
        StateStore(cast(Connection, _Cluster(a=None, b=None)), "tracuu", "one").newest()


def test_a_node_that_lost_its_copy_keeps_no_writer_from_beginning() -> None:
    class Broken(_Cluster):
        def ask(
            self, method: str, path: str, body: Any = None, near: Sequence[str] = (), **more: object
        ) -> Json:
            if near[0] == "a":
                raise Refused(500, "corrupt_index_exception", "checksum failed")
            return super().ask(method, path, body, near, **more)

    assert StateStore(cast(Connection, Broken(a=BEFORE, b=BEFORE)), "tracuu", "one").newest() == BEFORE
    with pytest.raises(Refused, match="checksum failed"):
        StateStore(cast(Connection, Broken(a=BEFORE)), "tracuu", "one").newest()
