"""Threads of one process that look for a newer commit at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.engine.tantivy_ import TantivyEngine
from tests.engine.entries import entry, fill


def test_an_older_snapshot_never_takes_the_place_of_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = TantivyEngine(tmp_path / "index", create=True)
    fill(writing, [entry("a", "hoa")])
    reader = TantivyEngine(tmp_path / "index")
    fill(writing, [entry("b", "hoa")])
    count, look = reader._count, reader._look
    has_old, may_go_on = threading.Event(), threading.Event()

    def counted(*given: object) -> int:
        if threading.current_thread() is slow and not has_old.is_set():
            has_old.set()
            may_go_on.wait(1)
        return count(*given)  # type: ignore[arg-type]

    def looked() -> None:
        look()
        if threading.current_thread() is not slow:
            # Between its snapshot and the stamp of that, the other thread comes with the one before.
            may_go_on.set()
            slow.join()

    slow = threading.Thread(target=reader.refresh)
    monkeypatch.setattr(reader, "_count", counted)
    monkeypatch.setattr(reader, "_look", looked)
    slow.start()
    assert has_old.wait(10)
    fill(writing, [entry("c", "hoa")])
    reader.refresh()
    slow.join()
    reader.refresh()
    assert reader.count() == 3
