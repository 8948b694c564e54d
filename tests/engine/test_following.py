"""Requests of many threads after the index was made anew."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest import mock

from indexer.engine import following
from indexer.engine.following import FollowingEngine
from indexer.engine.opening import open_engine
from indexer.engine.protocol import Snapshot
from indexer.settings import Settings
from indexer.upkeep.rebuild import rebuild
from tests.collection import ARTICLES, indexed


def test_an_index_is_opened_once_and_the_one_before_never_comes_back(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    indexed(settings, ARTICLES)
    engine = FollowingEngine(settings)
    before = engine.snapshot()
    rebuild(settings)
    found: list[Snapshot] = []
    start = threading.Barrier(8)

    def look() -> None:
        start.wait(10)
        found.append(engine.snapshot())

    with mock.patch.object(following, "open_engine", side_effect=open_engine) as opening:
        threads = [threading.Thread(target=look) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert opening.call_count == 1
    assert len(found) == 8 and all(snapshot is found[0] for snapshot in found) and found[0] is not before
    engine.close()
