"""Which machine may write, on a real server of objects."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import HalfPromotedError, NotWriterError, ReplacedError, StorageError
from indexer.files.opening import open_files
from indexer.files.owner import directory_name
from indexer.replication.held import hold
from indexer.replication.membership import Writing, open_shared, writing_term
from indexer.settings import Settings
from tests.files.gateway import BUCKET, Gateway


@pytest.fixture
def a(gateway: Gateway, tmp_path: Path) -> Settings:
    files = f"s3://{BUCKET}/membership/{tmp_path.name}"
    return Settings(data=tmp_path / "a", role="writer", files=files, s3=gateway.settings())


@pytest.fixture
def b(a: Settings) -> Settings:
    return replace(a, data=a.data.parent / "b")


def test_the_first_directory_that_writes_begins_the_first_term(a: Settings, b: Settings) -> None:
    first = writing_term(a)
    assert (first.number, first.writer) == (1, directory_name(a.data))
    assert writing_term(a) == first
    with pytest.raises(ReplacedError):
        writing_term(b)
    with pytest.raises(NotWriterError, match="role standby"):
        writing_term(replace(b, role="standby"))


def test_processes_that_start_together_write_in_one_term(a: Settings) -> None:
    terms = []
    threads = [threading.Thread(target=lambda: terms.append(writing_term(a))) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(terms) == 4 and len(set(terms)) == 1


def test_who_took_over_writes_once_it_has_everything(a: Settings, b: Settings) -> None:
    terms, still = open_shared(a)[0], Writing(a).check
    second = terms.begin(directory_name(b.data), writing_term(a))
    with pytest.raises(HalfPromotedError, match="run `tracuu promote` again"):
        writing_term(b)
    for check in (still, lambda: writing_term(a)):
        with pytest.raises(ReplacedError):
            check()
    hold(b.data, second)
    assert writing_term(b) == second
    # Back again, the term that it held before says nothing.
    third = terms.begin(directory_name(a.data), second)
    with pytest.raises(HalfPromotedError):
        writing_term(a)
    with pytest.raises(ReplacedError):
        still()
    hold(a.data, third)
    assert writing_term(a) == third


def test_a_machine_alone_asks_nobody(tmp_path: Path) -> None:
    alone = Writing(Settings(data=tmp_path))
    alone.check()
    assert alone.is_copied("x", 1)


def test_an_old_owner_removes_no_attachments(a: Settings, b: Settings) -> None:
    old, new = open_files(a), open_files(b)
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
