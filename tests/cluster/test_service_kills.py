"""The whole service is searched and written while parts of it are killed: ``python -m benchmarks.service_kills`` in short.

``make test`` runs the last of its cases: the writer is killed, and the standby takes over.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster.kills import CASES, PROMOTED, Kills, Times
from tests.cluster.nodes import turn_to_break
from tests.cluster.service import Service, missing
from tests.thoroughness import ALL, CLUSTER

pytestmark = pytest.mark.cluster


def test_whoever_searches_and_pushes_loses_nothing_when_parts_are_killed(tmp_path: Path) -> None:
    if reason := missing():
        (pytest.fail if CLUSTER else pytest.skip)(reason)
    with turn_to_break():
        service = Service(tmp_path)
        try:
            service.start()
            kills = Kills(service, Times(before=1.0, down=2.0, after=1.0))
            for what in CASES if ALL or CLUSTER else (PROMOTED,):
                met = kills.run(what)
                told = f"{what}: {met}"
                assert met.searches.errors == met.pushes.errors == met.mixed == [], told
                assert met.lost == met.tags == set(), told
                assert met.searches.nobody == 0 and met.searches.done and met.pushes.done, told
                # What was sent of a batch when a node or the writer is lost may be visible before the rest (docs/cluster.md).
                assert met.half == 0 or what != "a web node", told
            # It was only away, and does not know yet what happened.
            late = kills.late_push()
            assert late.status == 503 and late.retry
            assert "another machine has been the writer" in service.standby.log()
        finally:
            service.stop()
