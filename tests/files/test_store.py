"""What every store of attachments promises, on a folder and on a real server of objects."""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.errors import ItemError
from indexer.files.opening import open_files
from indexer.files.store import FileStore, KeptFile
from indexer.settings import Settings
from tests.files.gateway import BUCKET, Gateway

SMALL = "Quyết định số 74".encode()
LARGE = bytes(range(256)) * (40 << 10)
"""More than one request moves."""


@dataclass
class Kept:
    """A store, and where its bytes lie."""

    store: FileStore
    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    settings = Settings(data=tmp_path / "data")
    if request.param == "folder":
        return Kept(open_files(settings), settings.data / "files")
    gateway: Gateway = request.getfixturevalue("gateway")
    return Kept(open_files(far(settings, gateway, tmp_path)), gateway.objects / prefix_of(tmp_path))


def prefix_of(tmp_path: Path) -> str:
    return f"thu/{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12]}"


def far(settings: Settings, gateway: Gateway, tmp_path: Path) -> Settings:
    return Settings(
        data=settings.data, workers=1, files=f"s3://{BUCKET}/{prefix_of(tmp_path)}", s3=gateway.settings()
    )


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_of(found: KeptFile | None) -> bytes:
    assert found is not None
    with found.open() as content:
        return content.read()


@pytest.mark.parametrize("content", [SMALL, LARGE, b""], ids=["small", "large", "empty"])
def test_what_is_added_is_there(kept: Kept, tmp_path: Path, content: bytes) -> None:
    original = tmp_path / "a.pdf"
    original.write_bytes(content)
    sha256 = kept.store.add(original)
    assert sha256 == digest(content) == kept.store.add(content)
    found = kept.store.find(sha256)
    assert found is not None and (found.sha256, found.size) == (sha256, len(content))
    assert abs(found.modified - original.stat().st_mtime) < 3600
    assert content_of(found) == content == kept.path(sha256).read_bytes()
    with found.at_hand() as near, kept.store.at_hand(sha256) as other:
        assert near.read_bytes() == other.read_bytes() == content
    assert kept.store.damage(sha256) is None
    assert kept.store.copy_to(sha256, tmp_path / "copy" / "b") == sha256
    assert (tmp_path / "copy" / "b").read_bytes() == content
    assert list(kept.store.digests()) == [sha256]
    assert kept.store.total_size() == len(content)


def test_it_reads_from_anywhere(kept: Kept) -> None:
    found = kept.store.find(kept.store.add(LARGE))
    assert found is not None
    with found.open() as content:
        assert content.seek(9_000_000) == 9_000_000 and content.read(5) == LARGE[9_000_000:9_000_005]
        assert content.seek(-3, io.SEEK_END) == len(LARGE) - 3 and content.read() == LARGE[-3:]
        assert content.read(1) == b"" and content.tell() == len(LARGE)
        content.seek(8_388_600)  # across the end of a part
        assert content.read(20) == LARGE[8_388_600:8_388_620]


def test_there_is_nothing_of_what_was_never_added(kept: Kept, tmp_path: Path) -> None:
    sha256 = digest(b"never")
    assert kept.store.find(sha256) is None
    with kept.store.at_hand(sha256) as path:
        assert not path.exists()
    assert kept.store.damage(sha256) == "it is missing"
    assert kept.store.copy_to(sha256, tmp_path / "copy" / "a") is None
    assert not (tmp_path / "copy" / "a").exists()
    kept.store.remove(sha256)
    assert list(kept.store.digests()) == [] and kept.store.total_size() == 0


def test_what_is_damaged_is_told(kept: Kept, tmp_path: Path) -> None:
    truncated, flipped = kept.store.add(SMALL), kept.store.add(b"another")
    kept.path(truncated).write_bytes(SMALL[:5])
    kept.path(flipped).write_bytes(b"anothes")
    assert kept.store.damage(truncated) == kept.store.damage(flipped) == "it is damaged"
    assert kept.store.copy_to(truncated, tmp_path / "a") == digest(SMALL[:5])


def test_unused_ones_go_and_nothing_else(kept: Kept) -> None:
    carried, unused = kept.store.add(SMALL), kept.store.add(b"another")
    assert [name.rpartition("/")[2] for name in kept.store.unused({carried})] == [unused]
    assert kept.store.called(unused) in set(kept.store.unused({carried}))
    kept.store.remove_unused({carried})
    assert list(kept.store.digests()) == [carried]
    kept.store.remove(carried)
    assert kept.store.find(carried) is None and not kept.path(carried).exists()


def test_two_that_add_the_same_agree(kept: Kept) -> None:
    with ThreadPoolExecutor(4) as pool:
        added = set(pool.map(kept.store.add, [LARGE, SMALL] * 4))
    assert added == {digest(LARGE), digest(SMALL)} == set(kept.store.digests())
    assert all(kept.store.damage(one) is None for one in added)


def test_an_original_that_is_gone_is_no_fault_of_the_store(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(ItemError, match="can't be read"):
        kept.store.add(tmp_path / "nowhere")
    assert list(kept.store.digests()) == []
