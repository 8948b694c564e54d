"""What no facet is asked of is counted where it is ranked, in one search."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.engine.tantivy_ import snapshot as snapshots
from tests.engine.entries import entry, factory


def test_hits_without_facets_are_counted_where_they_are_ranked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = factory("tantivy")(tmp_path / "index", True)
    with engine.writer() as writer:
        for n in range(30):
            writer.put(entry(f"b{n:02}", title="Thông báo"))
    monkeypatch.setattr(snapshots, "count", None)
    snapshot = engine.snapshot()
    for offset, hits in ((0, 10), (25, 5), (40, 0)):
        found = snapshot.search(EngineRequest(c.Everything(), sort="newest", offset=offset))
        assert (found.total, len(found.hits)) == (30, hits)
    engine.close()
