"""A node whose disk is full: the writer says so, searches go on, and changes are written when there is room.

Its cluster is its own, as in ``test_failures``.
"""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.engine.opensearch_.state_store import StateStore
from indexer.errors import ClusterError
from tests.cluster.broken import BROKEN, HOA, filled, index_of, settings_of, started
from tests.cluster.nodes import Nodes
from tests.engine.entries import entry

pytestmark = BROKEN
_ROOM, _FULL = 200_000_000, 40_000_000


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a small file system, which root may mount")
def test_a_full_disk_is_told_and_what_waited_is_written_when_there_is_room(tmp_path: Path) -> None:
    mounted: list[Path] = []

    def mount(nodes: Nodes) -> None:
        data = nodes.data(0)
        data.mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", data], check=True)
        mounted.append(data)

    room = [
        "cluster.routing.allocation.disk.threshold_enabled: true",
        "cluster.routing.allocation.disk.watermark.low: 80mb",
        "cluster.routing.allocation.disk.watermark.high: 70mb",
        "cluster.routing.allocation.disk.watermark.flood_stage: 60mb",
        "cluster.info.update.interval: 10s",
    ]
    try:
        with started(*room, mount=mount) as nodes:
            settings = settings_of(nodes, shards=1, replicas=2, write_seconds=3.0)
            with closing(filled(tmp_path / "index", settings)) as engine:
                rest = mounted[0] / "filled"
                with rest.open("wb") as file:
                    file.truncate(0)
                    file.write(b"x" * (_ROOM - _FULL - used(mounted[0])))
                with pytest.raises(ClusterError, match="disk of a node is full"):
                    for number in range(120):
                        commit(engine, number)
                        time.sleep(0.5)
                # Searches go on.
                before = engine.snapshot().search(HOA).total
                assert before >= 6
                rest.unlink()
                for _ in range(120):
                    try:
                        commit(engine, 999)
                        break
                    except ClusterError:
                        time.sleep(0.5)
                # The change that was refused may have reached the shards before the state document was refused.
                assert before + 1 <= engine.snapshot().search(HOA).total <= before + 2
                with closing(Connection(settings)) as connection:
                    state = StateStore(connection, settings.index, index_of(tmp_path / "index")).read()
                    assert state is not None and state.stable
    finally:
        for data in mounted:
            subprocess.run(["umount", "-l", data], check=True)


def used(path: Path) -> int:
    found = os.statvfs(path)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def commit(engine: OpenSearchEngine, number: int) -> None:
    with engine.writer() as writer:
        writer.put(entry(f"them-{number}", "hoa sen"))
