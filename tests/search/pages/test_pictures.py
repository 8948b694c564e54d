"""Drawn pages are kept, within a limit, and never believed when they are damaged."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest

from indexer.errors import BusyError, ExtractionError
from indexer.extract.sandbox import Sandbox
from indexer.model import PagePicture
from indexer.search.pages import pictures as page_pictures
from indexer.search.pages.pictures import PagePictures
from tests.extract.documents import pdf
from tests.waiting import until

DRAWN = PagePicture(b"\nWEBP\n" * 1000, 620, 877, ("Kế", "hoạch"), ((1, 2, 3, 4), (5, 6, 7, 8)))
FILE = "ab" * 32


@pytest.fixture
def draw() -> Iterator[mock.MagicMock]:
    with mock.patch.object(Sandbox, "picture", return_value=DRAWN) as draw:
        yield draw


def pictures(data: Path, most: int = 1 << 20) -> PagePictures:
    return PagePictures(data, 500, most)


def kept(data: Path) -> list[Path]:
    return [path for path in (data / "cache").rglob("*") if path.is_file()]


def test_a_page_is_drawn_once(tmp_path: Path, draw: mock.MagicMock) -> None:
    assert pictures(tmp_path).get(FILE, tmp_path, 3) == DRAWN
    assert pictures(tmp_path).get(FILE, tmp_path, 3) == DRAWN
    assert draw.call_count == 1
    pictures(tmp_path).get(FILE, tmp_path, 4)
    assert draw.call_count == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]\n", b"{}\nabcde", None])
def test_what_is_damaged_is_drawn_again(tmp_path: Path, draw: mock.MagicMock, damage: bytes | None) -> None:
    pictures(tmp_path).get(FILE, tmp_path, 1)
    [path] = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage if damage is not None else whole[:200] + b"?" + whole[201:])
    assert pictures(tmp_path).get(FILE, tmp_path, 1) == DRAWN
    assert draw.call_count == 2


def test_a_page_that_can_not_be_drawn_is_not_tried_for_an_hour(tmp_path: Path, draw: mock.MagicMock) -> None:
    draw.side_effect = ExtractionError("reading took more than 10 s")
    for _ in range(3):
        with pytest.raises(ExtractionError, match="more than 10 s"):
            pictures(tmp_path).get(FILE, tmp_path, 1)
    assert draw.call_count == 1
    [path] = kept(tmp_path)
    os.utime(path, (0, time.time() - 3601))
    draw.side_effect = None
    assert pictures(tmp_path).get(FILE, tmp_path, 1) == DRAWN


def test_those_not_used_for_longest_make_room(tmp_path: Path, draw: mock.MagicMock) -> None:
    shown = pictures(tmp_path, 40_000)
    with mock.patch.object(page_pictures, "LOOK_EVERY", 1):
        for number in range(1, 21):
            shown.get(FILE, tmp_path, number)
            for path in kept(tmp_path):  # each a day older than the next
                os.utime(path, (0, path.stat().st_mtime - 86_401))
            shown.get(FILE, tmp_path, 1)  # used again and again
    assert sum(path.stat().st_size for path in kept(tmp_path)) <= 40_000
    numbers = sorted(int(path.name.split("-")[1]) for path in kept(tmp_path))
    assert numbers[0] == 1 and numbers[-1] == 20 and 2 not in numbers


def test_without_room_pages_are_drawn_each_time(tmp_path: Path, draw: mock.MagicMock) -> None:
    (tmp_path / "cache").write_text("in the way")
    shown = pictures(tmp_path)
    assert shown.get(FILE, tmp_path, 1) == shown.get(FILE, tmp_path, 1) == DRAWN
    assert draw.call_count == 2
    none = pictures(tmp_path / "other", 0)
    none.get(FILE, tmp_path, 1)
    assert not (tmp_path / "other").exists()


def test_who_comes_while_all_are_at_work_is_told_so(tmp_path: Path) -> None:
    path, begun = tmp_path / "a.pdf", tmp_path / "begun"
    path.write_bytes(pdf("one"))
    never_ends = ("sh", "-c", f"read request; echo $$ > {begun}.new; mv {begun}.new {begun}; exec sleep 60")
    with Sandbox(1, 60, 500, command=never_ends, patience=0.05) as sandbox, ThreadPoolExecutor(1) as pool:
        first = pool.submit(sandbox.picture, path, 1)
        until(begun.exists)
        with pytest.raises(BusyError, match="again in a moment"):
            sandbox.picture(path, 1)
        os.kill(int(begun.read_text()), signal.SIGKILL)
        with pytest.raises(ExtractionError, match="crashed"):
            first.result(20)
