"""What only a store of objects on other machines has to promise."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import obstore
import pytest

from indexer.disk.durable import TEMPORARY
from indexer.errors import FilesUnreachableError, StorageError
from indexer.files import bucket as buckets
from indexer.files.near import NearFiles
from indexer.files.opening import open_files
from indexer.settings import Settings
from tests.files.gateway import BUCKET, Gateway, missing
from tests.files.test_store import LARGE, SMALL, content_of, digest, far, prefix_of


@pytest.fixture
def settings(gateway: Gateway, tmp_path: Path) -> Settings:
    return far(Settings(data=tmp_path / "data"), gateway, tmp_path)


@pytest.fixture
def mortal() -> Iterator[Gateway]:
    """A server of one's own to kill."""
    if reason := missing():
        pytest.skip(reason)
    gateway = Gateway()
    gateway.start()
    yield gateway
    gateway.stop()


def objects(gateway: Gateway, tmp_path: Path) -> set[str]:
    folder = gateway.objects / prefix_of(tmp_path)
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_others_keep_in_the_bucket_is_theirs(
    settings: Settings, gateway: Gateway, tmp_path: Path
) -> None:
    store = open_files(settings)
    sha256 = store.add(SMALL)
    folder = gateway.objects / prefix_of(tmp_path)
    foreign = {
        f"zz/{digest(b'in another folder than its own')}",
        f"{digest(b'b')[:2]}/{digest(b'b')}/deeper",
        "readme.txt",
        "ab/short",
    }
    for name in foreign:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"theirs")
    beside = folder.with_name(f"{folder.name}-2") / sha256[:2] / sha256
    beside.parent.mkdir(parents=True)
    beside.write_bytes(b"theirs")
    assert list(store.digests()) == [sha256] and list(store.unused({sha256})) == []
    store.remove_unused(set())
    assert objects(gateway, tmp_path) == foreign | {"owner"} and beside.exists()


def test_another_data_directory_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    mine = open_files(settings)
    sha256 = mine.add(SMALL)
    other = open_files(replace(settings, data=tmp_path / "other"))
    assert content_of(other.find(sha256)) == SMALL
    for change in (
        lambda: other.add(b"x"),
        lambda: other.remove(sha256),
        lambda: other.remove_unused(set()),
        other.claim,
    ):
        with pytest.raises(StorageError, match="another data directory"):
            change()
    assert list(mine.digests()) == [sha256]
    open_files(settings).claim()


def test_what_is_said_to_other_programs_leads_nowhere(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "theirs")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "theirs")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    store = open_files(settings)
    assert content_of(store.find(store.add(SMALL))) == SMALL


def test_what_was_added_or_read_is_at_hand(settings: Settings, gateway: Gateway, tmp_path: Path) -> None:
    sha256 = open_files(settings).add(SMALL)
    for path in gateway.objects.joinpath(prefix_of(tmp_path)).rglob(sha256):
        path.unlink()
    with open_files(settings).at_hand(sha256) as path:
        assert path.read_bytes() == SMALL
    assert [path.name for path in (settings.data / "cache" / "files").iterdir()] == [sha256]


def test_a_damaged_object_is_never_at_hand(settings: Settings, gateway: Gateway, tmp_path: Path) -> None:
    settings = replace(settings, s3=replace(settings.s3, cache_mb=0))
    sha256 = open_files(settings).add(SMALL)
    (gateway.objects / prefix_of(tmp_path) / sha256[:2] / sha256).write_bytes(SMALL[:5])
    with open_files(settings).at_hand(sha256) as path:
        assert not path.exists()
    assert list((settings.data / "cache" / "files").iterdir()) == []


def test_a_download_asks_for_no_more_than_is_read(settings: Settings) -> None:
    store = open_files(settings)
    found = store.find(store.add(LARGE))
    assert found is not None
    with mock.patch("obstore.get_range", wraps=obstore.get_range) as asked, found.open() as content:
        while content.read(8_192):
            pass
        lengths = [one.kwargs["length"] for one in asked.call_args_list]
        assert sum(lengths) == len(LARGE) and lengths[0] == 1 << 18 and max(lengths) <= 8 << 20
        assert len(lengths) == 6  # 1/4, 1/2, 1, 2, 4 and the rest of 10 MB
        content.seek(5_000_000)
        assert content.read(100) == LARGE[5_000_000:5_000_100]
        assert asked.call_args.kwargs["length"] == 1 << 18


def test_what_is_kept_near_has_a_limit(tmp_path: Path) -> None:
    near = NearFiles(tmp_path, 100)
    for number in range(60):
        with near.room() as path:
            path.write_bytes(b"x" * 30)
            near.keep(f"{number:064}", path)
    for path in tmp_path.iterdir():
        assert not path.name.startswith(TEMPORARY)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 80 + 30 * 9
    with near.found(f"{59:064}") as found:
        assert found is not None
        near.forget(f"{59:064}")
        assert found.read_bytes() == b"x" * 30
    with near.found(f"{59:064}") as gone:
        assert gone is None


def test_a_server_that_is_killed_while_it_takes_a_file_has_none_of_it(
    mortal: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "DOWN_SECONDS", 0.0)
    settings = Settings(data=tmp_path / "data", files=f"s3://{BUCKET}/a", s3=mortal.settings())
    store = open_files(settings)
    store.claim()
    original = tmp_path / "large.pdf"
    original.write_bytes(LARGE * 8)
    timer = threading.Timer(0.05, mortal.kill)
    timer.start()
    with pytest.raises(FilesUnreachableError, match="can't be reached"):
        while True:  # however fast it is, one of them is cut off
            store.add(original)
            original.write_bytes(original.read_bytes()[1:])
    timer.join()
    cut_off = digest(original.read_bytes())
    mortal.start()
    assert store.find(cut_off) is None
    assert store.add(original) == cut_off and store.damage(cut_off) is None
    assert all(store.damage(one) is None for one in store.digests())


def test_a_server_that_says_nothing_is_waited_for_once(mortal: Gateway, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, files=f"s3://{BUCKET}", s3=mortal.settings(request_seconds=1.0))
    store = open_files(settings)
    sha256 = store.add(SMALL)
    mortal.kill(signal.SIGSTOP)
    with mock.patch("obstore.head", wraps=obstore.head) as asked:
        for _ in range(3):
            with pytest.raises(FilesUnreachableError, match="can't be reached"):
                store.find(sha256)
    assert asked.call_count == 1
    mortal.kill(signal.SIGCONT)
    assert content_of(open_files(settings).find(sha256)) == SMALL
