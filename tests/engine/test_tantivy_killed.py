"""What a writer of tantivy leaves that is killed between the parts of a commit."""

from __future__ import annotations

from pathlib import Path

from indexer.engine.tantivy_ import TantivyEngine
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
