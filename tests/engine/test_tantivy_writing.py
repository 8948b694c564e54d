"""What writers of tantivy leave to each other: one that was killed between the parts of a commit, one that is still sealing."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest import mock

from indexer.engine.tantivy_ import TantivyEngine
from indexer.engine.tantivy_ import engine as engine_module
from indexer.engine.tantivy_.damage import damage, seal
from tests.engine.entries import entry, fill


def test_a_commit_that_was_half_written_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "index"
    engine = TantivyEngine(path, create=True)
    fill(engine, [entry("a", "hoa"), entry("b", "hoa"), entry("c", "la")])
    before = (path / "meta.json").read_bytes()

    def delete() -> None:
        with engine.writer() as writer:
            writer.delete("b")

    delete()
    deletions = list(path.glob("*.del"))
    assert len(deletions) == 1
    engine.close()
    # All of the commit was written but that it is one; the segments that merging removed later are not of this test.
    (path / "meta.json").write_bytes(before)
    (path / "meta.digest").unlink()
    left = path / f"{'ab' * 16}.store"
    left.write_bytes(b"of a segment that came to nothing")
    engine = TantivyEngine(path)
    assert engine.snapshot().count() == 3
    delete()
    assert engine.snapshot().count() == 2
    assert not left.exists() and len(list(path.glob("*.del"))) == 1
    engine.close()


def test_the_next_writer_begins_when_the_last_one_has_sealed(tmp_path: Path) -> None:
    path = tmp_path / "index"
    first, second = TantivyEngine(path, create=True), TantivyEngine(path)
    sealing, begun = threading.Event(), threading.Event()

    def write() -> None:
        with second.writer(timeout=60) as writer:
            begun.set()
            writer.put(entry("b", "hoa"))

    def slowly(folder: Path) -> None:
        if not sealing.is_set():
            sealing.set()
            assert not begun.wait(0.3)
        seal(folder)

    thread = threading.Thread(target=write)
    with mock.patch.object(engine_module, "seal", slowly):
        with first.writer() as writer:
            writer.put(entry("a", "hoa"))
            thread.start()
        thread.join()
    assert second.snapshot().count() == 2
    assert not list(damage(path))
