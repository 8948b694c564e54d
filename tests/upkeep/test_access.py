"""What this user may not read or write is no damage, and whoever may only read is told what can't be done."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import BackupError, StorageError, TraCuuError
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.query_log.store import QueryLog, Searched
from indexer.settings import ENGINES, Settings, load_settings
from indexer.upkeep.access import check_readable
from indexer.upkeep.archive import packing
from indexer.upkeep.backup import back_up
from indexer.upkeep.doctor import examine
from indexer.upkeep.rebuild import rebuild
from indexer.upkeep.restore import restore
from indexer.upkeep.verify import verify
from tests.collection import ARTICLES, index
from tests.upkeep.collection import fill, in_process, seen

_DONE = 77


@pytest.fixture(params=ENGINES)
def public(request: pytest.FixtureRequest) -> Iterator[Settings]:
    """A data directory where others than its owner get at it, which nobody may write."""
    place = Path(tempfile.mkdtemp(prefix="tracuu-test-"))
    place.chmod(0o755)
    settings = Settings(data=place / "data", engine=request.param)
    fill(settings)
    Inbox(settings.data).accept("moi", "delete")
    KeyStore(settings.data).create("cổng", ["write"])
    QueryLog(settings.data).add([Searched(0, "hòa bình", 2, False, 3.0)], [])
    for path in [*settings.data.rglob("*"), settings.data]:
        _allow(path, 0o555 if path.is_dir() else 0o444)
    (place / "free").mkdir()
    (place / "free").chmod(0o777)
    yield settings
    for path in [settings.data, *settings.data.rglob("*")]:
        _allow(path, 0o755)
    shutil.rmtree(place)


def _allow(path: Path, mode: int) -> None:
    with suppress(FileNotFoundError):  # a connection that is closed takes files of its database along
        path.chmod(mode)


def _become_somebody_else() -> None:
    codecs.lookup("idna")  # of names of hosts; the Python of root may be out of reach afterwards
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def _works(settings: Settings) -> None:
    _become_somebody_else()
    free = settings.data.parent / "free"
    works: tuple[Callable[[], object], ...] = (
        lambda: index(settings, ARTICLES),
        lambda: rebuild(settings),
        lambda: restore(settings, free / "backup", replacing=True),
        lambda: back_up(settings, settings.data.parent / "not allowed"),
    )
    for work in works:
        try:
            work()
        except TraCuuError as error:
            if not isinstance(error, (StorageError, BackupError)):
                raise
        else:
            os._exit(3)
    if back_up(settings, free / "backup").problems:
        os._exit(4)
    # tantivy can't open an index where it can't make locks.
    findings = [finding for finding in verify(settings) if "as the owner" not in finding.do]
    os._exit(5 if findings else _DONE)


def test_a_data_directory_that_may_only_be_read_is_backed_up_and_else_says_so(public: Settings) -> None:
    assert in_process(_works, public) == _DONE
    folder = public.data.parent / "free" / "backup"
    other = replace(public, data=public.data.parent / "free" / "other")
    restore(other, folder)
    assert seen(other) == seen(replace(public, data=public.data))


def _looks(settings: Settings, name: str) -> None:
    _become_somebody_else()
    faults = [check for check in examine(settings) if check.what == "data directory"]
    try:
        list(verify(settings))
    except StorageError as error:
        told = f"{settings.data / name} can't be read by "
        if str(error).startswith(told) and [told in str(check) for check in faults] == [True]:
            os._exit(_DONE)
    os._exit(3)


@pytest.mark.parametrize("name", ["", "keys.json", "files", "files/*/*"])
def test_what_may_not_be_read_is_no_damage(public: Settings, name: str) -> None:
    path = next(iter(sorted(public.data.glob(name)))) if name else public.data
    path.chmod(0)
    assert in_process(_looks, public, path.relative_to(public.data).as_posix().removeprefix(".")) == _DONE


def _checks(data: Path) -> None:
    _become_somebody_else()
    check_readable(data)
    os._exit(_DONE)


def test_what_is_nobodys_business_is_in_nobodys_way(public: Settings) -> None:
    (public.data / "lost+found").mkdir(0o700)
    (public.data / "gone").symlink_to(public.data / "nowhere")
    assert in_process(_checks, public.data) == _DONE
    faults = [check for check in examine(public) if check.what == "data directory" and check.level == "fault"]
    assert not [check for check in faults if "lost+found" in check.found or "gone" in check.found]
    (public.data / "gone").unlink()


def test_a_backup_is_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    fill(settings)
    for path in (tmp_path / "new", tmp_path / "new.tar"):
        with packing(path) as folder:
            back_up(settings, folder)
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    # A folder that was made for it is as it was made.
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o750)
    back_up(settings, tmp_path / "shared")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o750


def _loads(folder: Path) -> None:
    os.chdir(folder)
    folder.chmod(0)
    _become_somebody_else()
    os._exit(_DONE if load_settings(None, {}, {}).data == Settings().data else 3)


def test_a_working_directory_that_may_not_be_entered_has_no_settings(tmp_path: Path) -> None:
    tmp_path.joinpath("tracuu.toml").write_text('data = "elsewhere"')
    assert in_process(_loads, tmp_path) == _DONE
    tmp_path.chmod(0o700)
