"""A machine takes over an index of the cluster from a writer that still believes to be one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engine import clauses as c
from indexer.engine.opensearch_.administration import take_over
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.errors import EngineError, ReplacedError
from indexer.model import Article
from indexer.opensearch_settings import OpenSearchSettings
from indexer.settings import Settings
from indexer.upkeep.promotion import promote
from indexer.upkeep.verify import verify
from tests.collection import index, write_pushed
from tests.engine.entries import drop, entry, fill, ids
from tests.files.gateway import BUCKET, Gateway
from tests.upkeep.test_promotion import found, published, push

pytestmark = pytest.mark.usefixtures("cluster")

HOA = c.Term("text", "hoa")
SETTINGS = OpenSearchSettings(shards=3)


def test_a_writer_that_began_before_commits_no_more(path: Path) -> None:
    with closing(OpenSearchEngine(path, SETTINGS, create=True)) as engine:
        fill(engine, [entry("a", "hoa")])
        with (
            pytest.raises(EngineError, match="another machine has started to write"),
            engine.writer() as late,
        ):
            late.put(entry("b", "hoa"))
            take_over(path, SETTINGS)
        assert sorted(ids(engine, HOA)) == ["a"]
        fill(engine, [entry("c", "hoa")])
        assert sorted(ids(engine, HOA)) == ["a", "c"]


def test_an_index_that_is_lost_is_no_obstacle(path: Path) -> None:
    with closing(OpenSearchEngine(path, SETTINGS, create=True)):
        pass
    drop(path)
    take_over(path, SETTINGS)


def test_the_index_has_what_the_catalog_has_after_a_takeover(gateway: Gateway, tmp_path: Path) -> None:
    files = f"s3://{BUCKET}/cluster/{tmp_path.name}"
    a = Settings(
        data=tmp_path / "a", engine="opensearch", role="writer", workers=1, files=files, s3=gateway.settings()
    )
    index(a, [Article("x", "Bài x"), Article("y", "Bài y")])
    published(a)
    index(a, [Article("x", "Bài x khác"), Article("z", "Bài z")])
    push(a, "p1")
    write_pushed(a)
    b = replace(a, data=tmp_path / "b")
    made = promote(replace(b, role="standby"))
    assert (made.articles, made.adopted, made.differing) == (2, 1, 3)
    assert found(b) == {"x", "y"} == found(a)
    with pytest.raises(ReplacedError):
        index(a, [Article("x", "Bài x khác nữa")])
    write_pushed(b)
    assert found(b) == {"x", "y", "p1"} == found(a) and not list(verify(b))
