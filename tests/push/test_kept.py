"""What was accepted, as another machine keeps it and accepts it again."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from indexer.errors import DamagedError, StorageError
from indexer.files.bucket import PART, Bucket
from indexer.push.bulk import Line
from indexer.push.inbox import Inbox
from indexer.push.kept import aside, unpacked
from tests.files.gateway import BUCKET, Gateway
from tests.files.test_store import prefix_of

LINES = [
    Line(1, "put", "a", "a", b"1", False, zlib.compress(b"{}")),
    Line(2, "put", problem="it has no title"),
    Line(4, "delete", "b", "b"),
    Line(5, "put", "a", "a", b"2", True, zlib.compress(b"{}" * 9)),
]


class Shelf:
    """Keeps in memory."""

    def __init__(self) -> None:
        self.kept: dict[int, bytes] = {}
        self.fails: Exception | None = None

    def check(self) -> None:
        """Nothing is known."""

    def keep(self, number: int, content: bytes | Path) -> None:
        """Keep it unless it is to fail."""
        if self.fails:
            raise self.fails
        self.kept[number] = content if isinstance(content, bytes) else content.read_bytes()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def inbox(tmp_path: Path, shelf: Shelf) -> Inbox:
    (tmp_path / "here").mkdir()
    return Inbox(tmp_path / "here", shelf)


def adopted(tmp_path: Path, shelf: Shelf) -> Inbox:
    (tmp_path / "there").mkdir(exist_ok=True)
    there = Inbox(tmp_path / "there")
    for number in sorted(shelf.kept):
        there.adopt(unpacked(shelf.kept[number]))
    return there


def rows(inbox: Inbox) -> list[object]:
    known = [inbox.task(number) for number in range(1, inbox.newest() + 1)]
    return [known, inbox.waiting(100, files=False), inbox.waiting(100, files=True), list(inbox.damage())]


def test_what_is_adopted_is_what_was_accepted(tmp_path: Path, inbox: Inbox, shelf: Shelf) -> None:
    inbox.accept("a", "put", b"0", b"{}", key="mine")
    bulk = inbox.bulks.accept(LINES, len(LINES), 100, "mine")
    inbox.accept("c", "put", b"3", b"{}" * 9, files=True)
    assert inbox.accept("b", "delete").number == bulk.number + 3  # waiting already
    assert sorted(shelf.kept) == [1, bulk.number, bulk.number + 3, bulk.number + 5]
    there = adopted(tmp_path, shelf)
    assert rows(there) == rows(inbox)
    assert there.bulks.bulk(bulk.number) == inbox.bulks.bulk(bulk.number)
    assert there.bulks.lines(bulk.number, 0, 9) == inbox.bulks.lines(bulk.number, 0, 9)
    assert there.accept("d", "delete").number == inbox.accept("d", "delete").number
    assert not list((tmp_path / "here").glob(".new-*"))


def test_it_is_adopted_once(tmp_path: Path, inbox: Inbox, shelf: Shelf) -> None:
    number = inbox.accept("a", "put", b"0", b"{}").number
    there = adopted(tmp_path, shelf)
    there.finish({number: ("indexed", ())})
    assert not there.adopt(unpacked(shelf.kept[number])) and not there.count()


def test_what_can_not_be_kept_is_not_acknowledged_until_it_is(inbox: Inbox, shelf: Shelf) -> None:
    shelf.fails = StorageError("no")
    for _ in range(2):
        with pytest.raises(StorageError):
            inbox.accept("a", "put", b"0", b"{}")
        with pytest.raises(StorageError):
            inbox.bulks.accept(LINES, len(LINES), 100)
        with pytest.raises(StorageError):
            inbox.accept("b", "delete")
    shelf.fails = None
    # It was waiting already, under its number.
    first, again = inbox.accept("b", "delete"), inbox.accept("b", "delete")
    assert first.number == again.number and list(shelf.kept) == [first.number]


def test_damage_is_noticed(inbox: Inbox, shelf: Shelf) -> None:
    inbox.accept("a", "put", b"0", b"{}" * 50)
    content = shelf.kept[1]
    for wrong in (content[:-1], b"", content[:40] + b"?" + content[41:]):
        with pytest.raises(DamagedError):
            unpacked(wrong)


def test_what_is_kept_aside_is_no_leftover_and_can_be_sent_in_parts(tmp_path: Path, gateway: Gateway) -> None:
    content = bytes(range(256)) * (PART // 256) + b"."
    bucket = Bucket(BUCKET, gateway.settings())
    with aside(tmp_path) as (path, out):
        out.write(content)
        out.flush()
        assert list(tmp_path.iterdir()) == []
        assert bucket.create(prefix_of(tmp_path), path)
    found = bucket.get(prefix_of(tmp_path))
    assert found is not None and found[0] == content
