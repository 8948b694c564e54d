"""Nodes that are cut off from each other, by cut wires: what readers and a writer are told meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.cluster_kills import CUT, SETTINGS, Numbered, measured
from indexer.engine.opensearch_.administration import remove
from tests.cluster.broken import BROKEN, SEARCH_SECONDS, settings_of, started
from tests.cluster.nodes import Nodes

pytestmark = BROKEN
_SETTINGS = (*SETTINGS, "cluster.publish.timeout: 5s")
"""Of the nodes; by default, a new manager waits half a minute for the one before."""
_DOWN = 40.0


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    with started(*_SETTINGS, wired=True) as nodes:
        yield nodes


@pytest.mark.parametrize("what", CUT)
def test_a_node_that_is_cut_off_mixes_nothing_and_no_acknowledged_commit_is_lost(
    nodes: Nodes, tmp_path: Path, what: str
) -> None:
    path, settings = tmp_path / "index", settings_of(nodes)
    first = Numbered(path, settings, create=True)
    with closing(first.engine):
        first.commit()
    try:
        found = measured(nodes, path, settings, what, down=_DOWN, after=5.0)
    finally:
        # Its points in time hold copies until the next commit, which never comes.
        remove(path, settings)
    assert (found.errors, found.mixed, found.lost) == ([], [], 0)
    # A node that only we reach may be asked for the newest commit, and does not know it.
    assert not found.outdated or what.endswith("parted")
    # Both went on while the node was away.
    assert found.writing.gap < _DOWN and found.reading.gap < 2 * SEARCH_SECONDS
