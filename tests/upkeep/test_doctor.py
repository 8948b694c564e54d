"""What is wrong with a machine or a data directory is told, with what to do; what is well is called so."""

from __future__ import annotations

import json
import os
import resource
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.cli import main
from indexer.engine.opening import index_path
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.replication.local_state import LocalState, write_state
from indexer.settings import Settings
from indexer.upkeep import doctor
from indexer.upkeep.doctor import examine
from tests.upkeep.collection import fill


@pytest.fixture(params=["tantivy", "whoosh"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", engine=request.param)
    fill(settings)
    return settings


def wrong(settings: Settings) -> dict[str, tuple[str, str]]:
    """Level and advice of every check that finds something."""
    return {
        check.what: (check.level, f"{check.found}; {check.do}")
        for check in examine(settings)
        if check.level != "ok" or check.do
    }


@pytest.fixture(autouse=True)
def everything_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever this machine lacks is none of these tests' business."""
    monkeypatch.setattr(doctor, "tesseract_missing", lambda: None)
    monkeypatch.setattr(doctor, "archives_missing", lambda: None)
    yield


def test_nothing_is_wrong_with_what_is_well(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    KeyStore(settings.data).create("a", ["write"])
    Inbox(settings.data).accept("a", "delete")
    assert wrong(settings) == {}
    assert main(["doctor", "--json", "--data", str(settings.data), "--engine", settings.engine]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert {check["what"] for check in checks} >= {"versions", "disk", "keys", "index", "pushes"}


def test_no_directory_and_an_empty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(wrong(Settings(data=tmp_path / "none"))) == ["data directory"]
    assert list(wrong(Settings(data=tmp_path))) == ["catalog", "index"]
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    assert "create one with: tracuu index PATH" in capsys.readouterr().out


def test_a_disk_that_is_nearly_full(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, level in ((100 << 20, "fault"), (500 << 20, "warning")):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert wrong(settings)["disk"][0] == level


def test_keys_that_others_can_read(settings: Settings) -> None:
    KeyStore(settings.data).create("a", ["write"])
    (settings.data / "keys.json").chmod(0o640)
    level, told = wrong(settings)["keys"]
    assert level == "fault" and "chmod 600" in told


def test_a_file_of_somebody_else(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = settings.data / "catalog.sqlite3"
    monkeypatch.setattr(os, "access", lambda path, _: path != catalog)
    level, told = wrong(settings)["data directory"]
    assert level == "fault" and str(catalog) in told


def test_machines_that_count_requests_each_for_itself(settings: Settings) -> None:
    assert "limits" not in wrong(settings)
    several = replace(settings, role="web")
    assert wrong(several)["limits"][0] == "warning" and "rate_limit_store" in wrong(several)["limits"][1]
    assert "limits" not in wrong(replace(several, rate_limit_store="redis://10.0.0.5:6379/0"))


def test_a_machine_with_copies_needs_no_catalog(settings: Settings, tmp_path: Path) -> None:
    standby = replace(settings, role="standby", data=tmp_path / "other", rate_limit_store="redis://10.0.0.5")
    standby.data.mkdir()
    level, told = wrong(standby)["copies"]
    assert level == "fault" and told.startswith("none yet; check that `tracuu serve`")
    for age, said in ((3.0, None), (120.0, "120 seconds old, of term 7")):
        write_state(standby.data, LocalState(7, 1, time.time() - age))
        found = wrong(standby)
        assert found.keys() == ({"copies"} if said else set())
        assert said is None or said in found["copies"][1]
    web = wrong(replace(standby, engine="opensearch", role="web"))
    assert web["index"] == ("fault", web["index"][1]) and "no index of opensearch" in web["index"][1]


def test_a_clock_that_is_behind(settings: Settings) -> None:
    later = time.time() + 7200
    os.utime(settings.data / "catalog.sqlite3", (later, later))
    assert "120 minutes behind" in wrong(settings)["clock"][1]


def test_an_index_that_is_gone_and_one_of_another_version(settings: Settings) -> None:
    (index_path(settings) / "VERSION").write_text("9")
    assert "run `tracuu rebuild`" in wrong(settings)["index"][1]
    shutil.rmtree(index_path(settings))
    assert wrong(settings)["index"] == ("fault", f"no index of {settings.engine}; run `tracuu rebuild`")


def test_pushes_that_nobody_writes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Inbox(settings.data).accept("a", "delete")
    now = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: now)
    level, told = wrong(settings)["pushes"]
    assert level == "fault" and "1 waiting, the oldest for 60 minutes" in told


def test_a_machine_that_lacks_something(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "tesseract_missing", lambda: "no Vietnamese")
    monkeypatch.setattr(doctor, "archives_missing", lambda: "no libarchive")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 256))
    monkeypatch.setattr(doctor, "LEAST_MEMORY", 1 << 60)
    monkeypatch.setattr(doctor, "TRY_SOCKET", "")
    found = wrong(settings)
    assert {name: level for name, (level, _) in found.items()} == dict.fromkeys(
        ("machine", "open files", "scans", "archives", "reading processes"), "warning"
    )
