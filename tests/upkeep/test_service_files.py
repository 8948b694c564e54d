"""What serving adds to a data directory is kept, checked and restored as all else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from unittest import mock

import pytest

from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.alerts.webhook import new_secret
from indexer.disk.sqlite import snapshots
from indexer.errors import NotFoundError
from indexer.keys import KeyStore
from indexer.push.bulk import Line
from indexer.push.inbox import Inbox
from indexer.query_log.report import report
from indexer.query_log.store import QueryLog, Searched
from indexer.search.pins import pin, read_pins
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.upkeep.backup import back_up
from indexer.upkeep.restore import restore
from indexer.upkeep.verify import verify
from tests.collection import write_pushed
from tests.upkeep.collection import fill

BODY = b'{"title": "Thong bao", "body": "Noi dung rieng khongdaucham"}'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data")
    fill(settings)
    data = settings.data
    Inbox(data).accept("moi", "put", b"digest", BODY)
    Inbox(data).accept("hoa-binh", "delete")
    Inbox(data).bulks.accept([Line(1, "put", problem="no article")], 1, 10, "cong")
    KeyStore(data).create("cổng", ["write"])
    pin(data, "hòa bình", ["hoa-tuoi"])
    (data / "lexicon.toml").write_text('[abbreviations]\n"TTĐH" = "trung tâm điều hành"\n')
    alerts = AlertDatabase(data)
    Subscriptions(alerts, UTC).add_webhook("https://a.example/", new_secret(), "q=chợ", "now", 0)
    alerts.close()
    QueryLog(data).add([Searched(0, "hòa bình", 2, False, 3.0)], [])
    return settings


def test_a_push_that_waits_and_all_else_is_there_after_a_restore(settings: Settings, tmp_path: Path) -> None:
    _, given = KeyStore(settings.data).create("khác", ["staff"])
    back_up(settings, tmp_path / "backup")
    other = replace(settings, data=tmp_path / "elsewhere")
    restore(other, tmp_path / "backup")
    assert list(verify(other)) == []
    key = KeyStore(other.data).verify(given)
    assert key and key.name == "khác"
    private = ("keys.json", "alerts.sqlite3", "alerts.key")
    assert [(other.data / name).stat().st_mode & 0o777 for name in private] == [0o600] * 3
    with closing(AlertDatabase(other.data)) as alerts:
        (alert,) = Subscriptions(alerts, UTC).list()
    assert alert.address == "https://a.example/"
    assert read_pins(other.data / "pins.json") and QueryLog(other.data).rows("SELECT * FROM searches")
    write_pushed(other)
    assert open_search(other).searcher().articles.by_id("moi").title == "Thong bao"
    assert Inbox(other.data).task(2).result == "removed"  # type: ignore[union-attr]


def test_the_log_of_an_old_inbox_is_not_taken_for_the_new_ones(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup")
    old = Inbox(settings.data)
    for number in range(30):
        old.accept(f"cu-{number}", "put", b"digest", BODY)
    assert (settings.data / "inbox.sqlite3-wal").stat().st_size
    restore(settings, tmp_path / "backup", replacing=True)
    assert Inbox(settings.data).count() == 2
    assert list(verify(settings)) == []


def _row(column: str, value: object, table: str = "pushes") -> Callable[[Path], None]:
    def harm(data: Path) -> None:
        with closing(sqlite3.connect(data / "inbox.sqlite3")) as db, db:
            db.execute(
                f"UPDATE {table} SET {column} = ? WHERE task = (SELECT min(task) FROM {table})", (value,)
            )

    return harm


def _replaced(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def harm(data: Path) -> None:
        content = (data / name).read_bytes()
        assert old in content
        (data / name).write_bytes(content.replace(old, new, 1))

    return harm


def _says_version(name: str, version: int) -> Callable[[Path], None]:
    def harm(data: Path) -> None:
        with closing(sqlite3.connect(data / name)) as db, db:
            db.execute(f"PRAGMA user_version = {version}")

    return harm


def _cut(name: str) -> Callable[[Path], None]:
    def harm(data: Path) -> None:
        with closing(sqlite3.connect(data / name)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = (data / name).read_bytes()
        (data / name).write_bytes(content[: len(content) // 2])

    return harm


@pytest.mark.parametrize(
    ("part", "harm"),
    [
        ("inbox.sqlite3", _row("slug", "moj")),
        ("inbox.sqlite3", _row("kind", "delete")),
        ("inbox.sqlite3", _row("body", b"x")),
        ("inbox.sqlite3", _row("key", "khac", "sent")),
        ("inbox.sqlite3", _row("bulk", 7, "sent")),
        ("inbox.sqlite3", _row("key", "khac", "bulks")),
        ("inbox.sqlite3", _cut("inbox.sqlite3")),
        ("inbox.sqlite3", _says_version("inbox.sqlite3", 5)),
        ("inbox.sqlite3", _says_version("inbox.sqlite3", 0)),
        ("keys.json", _replaced("keys.json", b"write", b"staff")),
        ("keys.json", _replaced("keys.json", b"{", b"")),
        ("pins.json", _replaced("pins.json", b"{", b"")),
        ("lexicon.toml", _replaced("lexicon.toml", b"=", b"")),
        ("queries.sqlite3", _cut("queries.sqlite3")),
    ],
)
def test_damage_is_found(settings: Settings, part: str, harm: Callable[[Path], None]) -> None:
    assert list(verify(settings)) == []
    harm(settings.data)
    findings = list(verify(settings))
    assert {finding.part for finding in findings} == {part}
    assert all(finding.do for finding in findings)


@pytest.mark.parametrize("name", ["inbox.sqlite3", "queries.sqlite3"])
def test_a_file_that_was_only_just_made_is_no_damage(settings: Settings, name: str) -> None:
    for path in settings.data.glob(f"{name}*"):
        path.unlink()
    with closing(sqlite3.connect(settings.data / name)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    assert list(verify(settings)) == [] and report(settings.data, 30, 10).searches == 0
    assert Inbox(settings.data).accept("moi", "delete").result is None


def test_a_damaged_push_is_told_and_never_written(settings: Settings) -> None:
    _row("slug", "moj")(settings.data)
    writer = write_pushed(settings)
    task = Inbox(settings.data).task(1)
    assert task and task.result == "failed" and "send it again" in task.problems[0]
    assert writer.counts == {"failed": 1, "removed": 1}


def test_what_waits_in_a_backup_is_never_older_than_its_articles(settings: Settings, tmp_path: Path) -> None:
    real, titles = snapshots.Snapshot.begin, iter(("Hai", "Ba"))
    inbox = Inbox(settings.data)

    def begin(snapshot: snapshots.Snapshot) -> None:
        # Between the moments of the two files the writer works, and clients go on, the first two times.
        if snapshot.path.name == "catalog.sqlite3" and (title := next(titles, None)):
            write_pushed(settings)
            inbox.accept("moi", "put", title.encode(), BODY.replace(b"Thong bao", title.encode()))
            inbox.accept("hoa-tuoi", "delete")
            write_pushed(settings)
        real(snapshot)

    with mock.patch.object(snapshots.Snapshot, "begin", begin):
        back_up(settings, tmp_path / "backup")
    other = replace(settings, data=tmp_path / "other")
    restore(other, tmp_path / "backup")
    write_pushed(other)
    service = open_search(other)
    assert service.searcher().articles.by_id("moi").title == "Ba"
    for gone in ("hoa-binh", "hoa-tuoi"):
        with pytest.raises(NotFoundError):
            service.searcher().articles.by_id(gone)
    service.close()
