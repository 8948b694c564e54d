"""One's own queries can be asked where their time goes, on any index."""

from pathlib import Path

import pytest

from benchmarks import shares
from indexer.search import answer
from indexer.search.hits import shown_hits
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed


def test_own_queries_on_an_own_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(Settings(data=tmp_path / "data"), ARTICLES)
    monkeypatch.setattr(answer, "shown_hits", shown_hits)  # what is wrapped is put back
    told = shares.section(tmp_path, "data", "hoa", "lễ hội")
    assert f"FOLDER`): {len(ARTICLES)} articles" in told
    assert "| engine: match, rank, count | " in told and "| rendering: the template | " in told
