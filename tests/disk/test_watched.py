"""Files that others replace while they are read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.disk.watched import WatchedFile
from indexer.errors import StorageError


def test_the_newest_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    read: list[str] = []

    def reading(path: Path) -> str:
        read.append(path.read_text())
        return read[-1]

    watched = WatchedFile(path, reading)
    first = watched.current()
    assert watched.current() is first and first.value == "one"
    path.write_text("another")
    assert watched.current().value == "another" and watched.current().stamp != first.stamp
    assert read == ["one", "another"]


def test_the_stamp_is_of_the_content(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        path.write_text("one")
    first, second = (WatchedFile(path, Path.read_text) for path in paths)
    before = first.current()
    assert before.stamp == second.current().stamp
    paths[0].unlink()
    assert WatchedFile(paths[0], lambda path: "").current().stamp is None
    paths[0].write_text("one")
    assert first.current() is before


def test_a_value_never_has_the_stamp_of_a_later_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    is_read, go_on = threading.Event(), threading.Event()

    def reading(path: Path) -> str:
        text = path.read_text()
        if text == "newer":
            is_read.set()
            assert go_on.wait(10)
        return text

    watched = WatchedFile(path, reading)
    old = watched.current()
    path.write_text("newer")
    slow = threading.Thread(target=watched.current)
    slow.start()
    assert is_read.wait(10)
    assert watched.current() is old
    go_on.set()
    slow.join()
    assert watched.current().value == "newer" and watched.current().stamp != old.stamp


def test_a_file_that_can_not_be_used_leaves_the_value_before_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a"
    path.write_text("good")

    def reading(path: Path) -> str:
        if path.read_text() == "broken":
            raise StorageError("it is broken")
        return path.read_text()

    watched = WatchedFile(path, reading)
    before = watched.current()
    path.write_text("broken")
    assert watched.current() is before and watched.current() is before
    assert caplog.text.count("it is broken") == 1
