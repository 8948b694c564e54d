"""A backup as one file is a backup like any other."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.cli import main
from indexer.disk import durable
from indexer.disk.locks import backup_lock
from indexer.errors import BackupError, StorageError
from indexer.settings import Settings
from indexer.upkeep.archive import unpacked
from indexer.upkeep.backup import back_up
from indexer.upkeep.verify import verify
from tests.upkeep.collection import accepted, fill, seen


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data")
    fill(settings)
    return settings


def run(settings: Settings, *words: str) -> int:
    return main([*words, "--data", str(settings.data), "--quiet"])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_one_file_there_and_back(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "backups" / "today.tar"
    other = replace(settings, data=tmp_path / "elsewhere")
    assert run(settings, "backup", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["articles"]
    assert file.is_file() and names(file.parent) == {"today.tar"}
    assert run(settings, "verify", "--backup", str(file)) == 0
    before = names(tmp_path)
    assert run(other, "restore", str(file)) == 0
    assert names(tmp_path) == before | {"elsewhere"}
    assert accepted(other) == accepted(settings) and seen(other) == seen(settings)
    assert list(verify(other)) == []
    # An empty file that was made for it, whatever its name; and again over what is there.
    made = tmp_path / "made"
    made.touch()
    assert run(settings, "backup", str(made)) == run(settings, "backup", str(made)) == 0
    assert run(settings, "verify", "--backup", str(made)) == 0


def test_a_killed_backup_leaves_nothing_behind_the_next(settings: Settings, tmp_path: Path) -> None:
    path, left = tmp_path / "backup.tar", tmp_path / ".new-backup.tar"
    back_up(settings, left)
    for name in (".new-packed", ".new-1234"):
        (left / name).write_bytes(b"half")
    assert run(settings, "backup", str(path)) == 0
    assert names(tmp_path) == {"data", "backup.tar"}
    with tarfile.open(path) as archive:
        assert not [name for name in archive.getnames() if ".new-" in name]
    # It holds what is for staff.
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["letter.txt", "other.tar"])
def test_what_is_no_backup_is_never_replaced(
    settings: Settings, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if name == "other.tar":
        with tarfile.open(path, "w") as archive:
            archive.add(settings.data / "catalog.sqlite3", "catalog.sqlite3")
    else:
        path.write_text("of somebody")
    before = path.read_bytes()
    assert run(settings, "backup", str(path)) == 2
    assert "name another file" in capsys.readouterr().err
    assert path.read_bytes() == before and names(tmp_path) == {"data", name}


def test_two_backups_into_one_file_leave_each_other_alone(settings: Settings, tmp_path: Path) -> None:
    path, folder = tmp_path / "backup.tar", tmp_path / ".new-backup.tar"
    with backup_lock(folder):
        (folder / "at-work").touch()
        assert run(settings, "backup", str(path)) == 3
        assert (folder / "at-work").is_file()
    assert run(settings, "backup", str(path)) == 0
    assert names(tmp_path) == {"data", "backup.tar"}


def test_the_file_before_stays_until_the_new_one_is_whole(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    assert run(settings, "backup", str(file)) == 0
    before = file.read_bytes()
    with mock.patch("tarfile.TarFile.add", side_effect=OSError(28, "No space left on device")):
        assert run(settings, "backup", str(file)) == 3
    assert file.read_bytes() == before and names(tmp_path) == {"data", "b.tar"}


def test_damage_is_found_before_anything_is_changed(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    assert run(settings, "backup", str(file)) == 0
    whole = file.read_bytes()
    other = replace(settings, data=tmp_path / "elsewhere")
    half = len(whole) // 2
    for harmed in (
        whole[:half],
        whole[:700],
        b"",
        b"not a backup" * 100,
        whole[:half] + b"?" + whole[half + 1 :],
    ):
        file.write_bytes(harmed)
        assert run(other, "restore", str(file)) != 0
        assert not (other.data / "catalog.sqlite3").exists()
    assert {name for name in names(tmp_path) if name.startswith(durable.TEMPORARY)} == set()


def test_a_file_is_unpacked_for_its_reader_only_and_where_there_may_be_written(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "backups" / "b.tar"
    assert run(settings, "backup", str(file)) == 0
    with unpacked(file, settings.data) as folder:
        assert folder.parent == tmp_path and stat.S_IMODE(folder.stat().st_mode) == 0o700
    closed = {tmp_path}
    with mock.patch("os.access", lambda path, mode: path not in closed):
        with unpacked(file, settings.data) as folder:
            assert folder.parent == file.parent and (folder / "manifest.json").is_file()
        closed.add(file.parent)
        with pytest.raises(StorageError, match="unpack it with tar"), unpacked(file, settings.data):
            pass
    assert names(file.parent) == {"b.tar"} and names(tmp_path) == {"backups", "data"}


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "a/../../out"])
def test_names_in_the_file_lead_nowhere_else(settings: Settings, tmp_path: Path, name: str) -> None:
    file = tmp_path / "b.tar"
    with tarfile.open(file, "w") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(BackupError, match="does not belong in a backup"), unpacked(file, settings.data):
        pass


def test_links_in_the_file_are_not_made(settings: Settings, tmp_path: Path) -> None:
    file, link = tmp_path / "b.tar", tarfile.TarInfo("manifest.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(file, "w") as archive:
        archive.addfile(link)
    with pytest.raises(BackupError, match="does not belong in a backup"), unpacked(file, settings.data):
        pass
