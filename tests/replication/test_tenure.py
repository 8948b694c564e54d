"""Which data directory may write, on a real server of objects."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.errors import HalfPromotedError, ReplacedError, StorageError
from indexer.files.bucket import Bucket
from indexer.files.opening import open_files
from indexer.files.owner import directory_name
from indexer.replication.tenure import Tenure, tenure_of
from indexer.settings import Settings
from tests.files.gateway import BUCKET, Gateway


@pytest.fixture
def bucket(gateway: Gateway) -> Bucket:
    return Bucket(BUCKET, gateway.settings())


def of(bucket: Bucket, tmp_path: Path, name: str) -> Tenure:
    return Tenure(bucket, f"tenure/{tmp_path.name}/", tmp_path / name)


def test_the_first_directory_that_writes_begins_the_first_term(bucket: Bucket, tmp_path: Path) -> None:
    first = of(bucket, tmp_path, "a").held()
    assert (first.number, first.writer) == (1, directory_name(tmp_path / "a"))
    assert of(bucket, tmp_path, "a").held() == first
    with pytest.raises(ReplacedError):
        of(bucket, tmp_path, "b").held()


def test_processes_that_start_together_hold_one_term(bucket: Bucket, tmp_path: Path) -> None:
    terms = []
    threads = [
        threading.Thread(target=lambda: terms.append(of(bucket, tmp_path, "a").held())) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(terms) == 4 and len(set(terms)) == 1


def test_who_took_over_writes_once_it_has_everything(bucket: Bucket, tmp_path: Path) -> None:
    a, b = of(bucket, tmp_path, "a"), of(bucket, tmp_path, "b")
    second = b.terms.begin(b.name, a.held())
    with pytest.raises(HalfPromotedError, match="run `tracuu promote` again"):
        b.held()
    with pytest.raises(ReplacedError):
        a.held()
    b.hold(second)
    assert b.held() == second
    # Back again, the number that it held before says nothing.
    third = a.terms.begin(a.name, second)
    with pytest.raises(HalfPromotedError):
        a.held()
    a.hold(third)
    assert a.held() == third


def test_a_machine_alone_needs_no_term(tmp_path: Path) -> None:
    assert tenure_of(Settings(data=tmp_path)) is None


def test_an_old_owner_removes_no_attachments(gateway: Gateway, tmp_path: Path) -> None:
    def store(name: str) -> Settings:
        files = f"s3://{BUCKET}/tenure/{tmp_path.name}"
        return Settings(data=tmp_path / name, files=files, s3=gateway.settings())

    old, new = open_files(store("a")), open_files(store("b"))
    kept, gone = old.add(b"kept"), old.add(b"gone")
    old.remove(gone)
    assert set(old.digests()) == {kept}
    with pytest.raises(StorageError, match="another data directory"):
        new.remove(kept)
    new.take_over()
    with pytest.raises(StorageError, match="another data directory"):
        old.remove(kept)
    assert set(new.digests()) == {kept}
    new.remove(kept)
    assert not set(new.digests())
