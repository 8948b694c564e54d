"""A few of the faults that `make crash` goes through, a server on a full disk, and clocks that jump."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks.measure import family
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.query_log.store import QueryLog, Searched
from indexer.settings import Settings
from indexer.upkeep.backup import back_up
from tests.collection import write_pushed
from tests.crashes.articles import Version
from tests.crashes.faults import Faults, strace
from tests.crashes.promise import Promise, check_parts
from tests.running.server import serving
from tests.waiting import until

_EACH = 1
"""Faults of each work; `make crash` tries a third of all."""

needs_strace = pytest.mark.skipif(
    strace() is None, reason="strace is not there or may not look at processes; sudo apt install strace"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=1, ocr=False)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    yield Faults(tmp_path_factory.mktemp("faults"))


WORKS = (
    "indexing",
    "accepting pushes",
    "writing pushes",
    "removing",
    "rebuilding",
    "backing up",
    "restoring",
)


@pytest.mark.crash
@needs_strace
@pytest.mark.parametrize("work", WORKS)
def test_a_disk_that_fails_at_any_call_costs_nothing_accepted(faults: Faults, work: str) -> None:
    points = faults.points(work)
    assert len(points) > 30 and work in faults.works()
    chosen = iter(Random(work).sample(points, len(points)))
    for _ in range(_EACH):
        assert any(faults.try_(work, fault) for fault in chosen)


@pytest.mark.crash
def test_a_server_on_a_full_disk_answers_searches_and_refuses_pushes(settings: Settings) -> None:
    promise = Promise()
    pushed(settings, promise, [Version(article, article + 1, files=0) for article in range(3)])
    write_pushed(settings)
    key = KeyStore(settings.data).create("full", ["write"])[1]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with serving(settings.data, "--workers", "1", TRACUU_OCR="false") as server:
        assert server.get("/search?q=ban").status == 200
        for pid in family(server.process.pid):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
        for _ in range(5):
            found = server.get("/api/v1/search?q=ban")
            assert found.status == 200 and json.loads(found.body)["total"] == 3
        refused = server.get("/api/v1/articles/bai-1", headers, method="DELETE")
        assert (refused.status, refused.headers["Content-Type"]) == (503, "application/problem+json")
        assert "Try again later" in json.loads(refused.body)["detail"]
        assert server.get("/readyz").status == 200
    promise.check(settings)
    with serving(settings.data, "--workers", "1", TRACUU_OCR="false") as server:
        assert server.get("/api/v1/articles/bai-1", headers, method="DELETE").status == 202
        promise.acknowledged(1, None)
        until(lambda: server.get("/api/v1/articles/bai-1").status == 404)
    promise.check(settings)


@pytest.mark.crash
@pytest.mark.parametrize("years", [-30, -1, 1, 30])
def test_a_clock_that_jumps_costs_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, years: int
) -> None:
    scratch, promise = tmp_path / "scratch", Promise()
    scratch.mkdir()
    log = QueryLog(settings.data)
    tasks = pushed(settings, promise, [Version(article, article + 1, files=1) for article in range(4)])
    log.add([Searched(int(time.time()), "ban", 1, False, 1.0)], [])
    now, jump = time.time, years * 365.25 * 86_400
    monkeypatch.setattr(time, "time", lambda: now() + jump)
    # What waits is written whatever the clock says, and what comes then as well.
    tasks += pushed(settings, promise, [Version(article, article + 11, files=1) for article in range(2, 6)])
    inbox = Inbox(settings.data)
    write_pushed(settings)
    log.add([Searched(int(time.time()), "ban", 1, False, 1.0)], [])
    promise.check(settings)
    check_parts(settings, scratch)
    assert inbox.count() == 0 and all(task and task.result for task in map(inbox.task, tasks[-4:]))
    back_up(settings, tmp_path / "backup")
    monkeypatch.setattr(time, "time", now)
    # And when it is mended.
    pushed(settings, promise, [Version(article, article + 21, files=1) for article in range(3)])
    write_pushed(settings)
    promise.check(settings)
    check_parts(settings, scratch)


def pushed(settings: Settings, promise: Promise, versions: list[Version]) -> list[int]:
    """Push ``versions`` as the API does; return their tasks."""
    settings.data.mkdir(exist_ok=True)
    inbox, tasks = Inbox(settings.data), []
    for version in versions:
        record = version.json()
        id, body = record.pop("id"), json.dumps(record).encode()
        tasks.append(
            inbox.accept(id, "put", str(version.number).encode(), body, files=version.files > 0).number
        )
        promise.acknowledged(version.article, version)
    inbox.close()
    return tasks
