"""A restore into a data directory that a server has open: what it accepts from then on is written into the new files."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.catalog.catalog import Catalog
from indexer.catalog.derived import open_derived
from indexer.disk import locks
from indexer.disk.locks import moving_in, opening
from indexer.errors import HalfRestoredError
from indexer.push.inbox import Inbox
from indexer.query_log.store import QueryLog, Searched
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.suggest.completion import SuggestionReader
from indexer.upkeep.backup import back_up
from indexer.upkeep.restore import restore
from indexer.upkeep.verify import verify
from tests.collection import write_pushed
from tests.upkeep.collection import fill
from tests.waiting import until

BODY = '{"title": "Thông báo số %d", "body": "Lịch tiếp công dân"}'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data")
    fill(settings)
    push(Inbox(settings.data), 0)
    back_up(settings, tmp_path / "backup")
    return settings


def push(inbox: Inbox, number: int) -> int:
    body = (BODY % number).encode()
    return inbox.accept(f"bai-{number}", "put", body[-16:], body).number


def test_what_is_accepted_after_a_restore_is_written(settings: Settings, tmp_path: Path) -> None:
    inbox, reader = Inbox(settings.data), SuggestionReader(settings.data)
    log = QueryLog(settings.data)
    before = [push(inbox, number) for number in range(1, 30)]
    suggested = reader.suggest("hoa", 5)
    restore(settings, tmp_path / "backup", replacing=True)
    assert inbox.task(before[-1]) is None and inbox.count() == 1
    after = [push(inbox, number) for number in range(30, 60)]
    # Whoever asks for a task of before is not told what became of another one.
    assert min(after) > max(before)
    log.add([Searched(0, "hòa bình", 2, False, 3.0)], [])
    assert reader.suggest("hoa", 5) == suggested
    inbox.close()
    write_pushed(settings)
    assert {(task := inbox.task(number)) and task.result for number in after} == {"indexed"}
    service = open_search(settings)
    assert [service.searcher().articles.by_id(f"bai-{number}").title for number in (0, 59)] == [
        "Thông báo số 0",
        "Thông báo số 59",
    ]
    assert log.rows("SELECT text FROM searches") == [("hòa bình",)]
    assert list(verify(settings)) == []


def test_nothing_accepted_is_lost_however_the_restore_falls(settings: Settings, tmp_path: Path) -> None:
    over = threading.Event()
    accepted: list[tuple[float, int]] = []

    def pushing(first: int) -> Iterator[tuple[float, int]]:
        inbox, number = Inbox(settings.data), first
        while not over.is_set():
            number += 1
            task = push(inbox, number)
            yield time.monotonic(), task
        inbox.close()

    pushers = [
        threading.Thread(target=lambda n=n: accepted.extend(pushing(n * 100_000))) for n in range(1, 4)
    ]
    for pusher in pushers:
        pusher.start()
    for _ in range(5):
        restore(settings, tmp_path / "backup", replacing=True)
    restored = time.monotonic()
    until(lambda: sum(moment > restored for moment, _ in accepted.copy()) >= 30)
    over.set()
    for pusher in pushers:
        pusher.join()
    inbox = Inbox(settings.data)
    later = [task for moment, task in accepted if moment > restored]
    assert all(inbox.task(task) for task in later)
    assert len({task for _, task in accepted}) == len(accepted)
    assert list(verify(settings)) == []


def test_a_half_restored_directory_accepts_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "MOVING_SECONDS", 0.0)
    inbox, waiting = Inbox(settings.data), Inbox(settings.data).count()
    (settings.data / "restored").mkdir()
    for use in (
        lambda: push(inbox, 1),
        inbox.count,
        lambda: Catalog(settings.data),
        lambda: QueryLog(settings.data).add([], []),
        lambda: open_derived(settings.data / "new.sqlite3", "", 1),
    ):
        with pytest.raises(HalfRestoredError, match=r"the interrupted .tracuu restore. again"):
            use()
    assert not (settings.data / "new.sqlite3").exists()
    (settings.data / "restored").rmdir()
    assert inbox.count() == waiting


def test_who_opens_files_waits_until_all_are_moved(settings: Settings) -> None:
    half = settings.data / "restored"

    def opened() -> bool:
        with opening(settings.data):
            return not half.exists()

    with ThreadPoolExecutor(1) as pool:
        with moving_in(settings.data):
            half.mkdir()
            opener = pool.submit(opened)
            until(lambda: waits_for(settings.data))
            assert not opener.done()
            half.rmdir()
        assert opener.result(30)


def waits_for(path: Path) -> bool:
    """Tell whether the kernel keeps somebody waiting for a lock on ``path``."""
    inode = f":{path.stat().st_ino} "
    return any(" -> " in line and inode in line for line in Path("/proc/locks").read_text().splitlines())
