"""What only an index on several machines has to promise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.catalog.catalog import Catalog
from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT
from indexer.engine.opening import (
    index_damage,
    index_path,
    index_size,
    index_warning,
    open_engine,
    remove_index,
)
from indexer.engine.opensearch_ import asking, counting
from indexer.engine.opensearch_.administration import index_name
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.engine import OpenSearchEngine
from indexer.engine.opensearch_.state import StateStore, close_points
from indexer.engine.protocol import EngineRequest
from indexer.errors import EngineError, IndexMissingError, IndexVersionError
from indexer.opensearch_settings import OpenSearchSettings
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.engine.entries import ask, drop, entry, fill, ids, order

pytestmark = pytest.mark.usefixtures("cluster")

HOA = c.Term("text", "hoa")
SETTINGS = OpenSearchSettings(shards=3)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "index"
    drop(tmp_path / "index")


@pytest.fixture
def engine(path: Path) -> Iterator[OpenSearchEngine]:
    with closing(OpenSearchEngine(path, SETTINGS, create=True)) as engine:
        yield engine


@pytest.fixture
def states(path: Path, engine: OpenSearchEngine) -> Iterator[StateStore]:
    with closing(Connection(SETTINGS)) as connection:
        yield StateStore(connection, SETTINGS.index, index_name(path) or "")


def lose(states: StateStore) -> None:
    """Do what the end of the nodes that hold them does to the points in time of the newest commit."""
    state = states.read()
    assert state is not None and state.points
    with closing(Connection(SETTINGS)) as connection:
        close_points(connection, state.points)


def test_values_beyond_one_answer_are_counted_exactly(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(
        engine,
        [
            entry(f"{n:03}", "tin", source=(f"s{n}", f"t{n % 7}", "chung"), category=f"c{n % 3}")
            for n in range(300)
        ],
    )
    monkeypatch.setattr(asking, "_MOST_VALUES", 100)
    monkeypatch.setattr(counting, "_PAGE", 40)
    asked = {"facets": ("source", "category"), "filters": {"category": c.Term("category", "c1")}}
    found = ask(engine, c.Term("text", "tin"), **asked)
    assert found.total == 100
    sources = found.facets["source"]
    assert len(sources) == 100 + 7 + 1 and sources["chung"] == 100
    assert sum(sources[f"t{n}"] for n in range(7)) == 100
    assert found.facets["category"] == {"c0": 100, "c1": 100, "c2": 100}


def test_terms_that_one_answer_can_not_rank_are_ranked_exactly(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(
        engine,
        [
            entry(f"{n:03}", "tin", source=tuple(f"s{m:02}" for m in range(60) if n % (m + 1) == 0))
            for n in range(120)
        ],
    )
    monkeypatch.setattr(counting, "_MOST", 10)
    monkeypatch.setattr(counting, "_PAGE", 7)
    expected = sorted(
        ((f"s{m:02}", -(-120 // (m + 1))) for m in range(60)), key=lambda one: (-one[1], one[0])
    )
    assert engine.snapshot().terms("source", "", 25) == expected[:25]
    assert engine.snapshot().terms("source", "s1", 4) == [one for one in expected if one[0][:2] == "s1"][:4]


def test_terms_of_the_whole_text_are_counted_without_its_postings_in_memory(
    path: Path, engine: OpenSearchEngine
) -> None:
    fill(engine, [entry("a", "hòa bình hòa"), entry("b", "hòa", title="Bình"), entry("c", "hoa")])
    assert engine.snapshot().terms("text", "=", 10) == [("=bình", 2), ("=hoà", 2), ("=hoa", 1)]
    with closing(Connection(SETTINGS)) as connection:
        held = connection.ask("GET", f"/{index_name(path)}/_stats/fielddata")
    assert held["_all"]["total"]["fielddata"]["memory_size_in_bytes"] == 0


def test_hits_counts_and_folds_come_in_one_answer(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, [entry(f"{n}", "tin", source="s", same_text=("1", ANY_TEXT)) for n in range(5)])
    snapshot = engine.snapshot()
    asked: list[str] = []
    ask_cluster = Connection.ask

    def noted(connection: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        asked.append(path)
        return ask_cluster(connection, method, path, *rest, **more)

    monkeypatch.setattr(Connection, "ask", noted)
    found = snapshot.search(
        EngineRequest(
            c.Term("text", "tin"),
            filters={"source": c.Term("source", "s")},
            facets=("source", "month"),
            fold=True,
        )
    )
    assert (found.total, found.folded, len(found.hits)) == (5, 4, 1)
    assert snapshot.count() == 5
    assert asked == ["/_search"]


def test_lost_points_in_time_are_opened_anew(engine: OpenSearchEngine, states: StateStore) -> None:
    fill(engine, [entry("a", "hoa")])
    snapshot = engine.snapshot()
    assert ids(engine, HOA) == {"a"}
    lose(states)
    assert [hit.id for hit in snapshot.search(EngineRequest(HOA)).hits] == ["a"]
    assert engine.snapshot() is snapshot


def test_a_commit_that_is_no_longer_kept_says_so_rather_than_answer_from_another(
    engine: OpenSearchEngine, states: StateStore
) -> None:
    fill(engine, [entry("a", "hoa")])
    snapshot = engine.snapshot()
    lose(states)
    fill(engine, [entry("b", "hoa")])
    with pytest.raises(EngineError, match="ask again"):
        snapshot.search(EngineRequest(HOA))
    assert ids(engine, HOA) == {"a", "b"}


def elsewhere(path: Path) -> OpenSearchEngine:
    """Open the index as another machine does: the kernel's lock is none between the two."""
    shutil.copytree(path, path.parent / "elsewhere")
    return OpenSearchEngine(path.parent / "elsewhere", SETTINGS)


def test_a_writer_that_was_thought_dead_is_told_that_another_has_taken_over(
    path: Path, engine: OpenSearchEngine
) -> None:
    other = elsewhere(path)
    with pytest.raises(EngineError, match="only one of them"), engine.writer() as late:
        late.put(entry("a", "hoa", source="late"))
        late.commit()
        with other.writer() as writer:
            writer.put(entry("a", "hoa", source="new"))
        late.put(entry("a", "hoa", source="late again"))
    assert ask(other, facets=("source",)).facets == {"source": {"new": 1}}
    with other.writer() as writer:
        writer.put(entry("b", "hoa", source="new"))
    assert ask(engine, facets=("source",)).facets == {"source": {"new": 2}}
    other.close()


def test_what_a_late_writer_sends_changes_nothing_that_was_written_since(
    path: Path, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, ask_cluster = elsewhere(path), Connection.ask
    waiting = [True]

    def after_another(connection: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        if path.endswith("/_bulk") and waiting:
            waiting.clear()
            fill(other, [entry("a", "hoa", source="new")])
        return ask_cluster(connection, method, path, *rest, **more)

    monkeypatch.setattr(Connection, "ask", after_another)
    with pytest.raises(EngineError, match="only one of them"), engine.writer() as late:
        late.put(entry("a", "hoa", source="late"))
    assert ask(engine, facets=("source",)).facets == {"source": {"new": 1}}
    other.close()


def test_an_index_that_the_cluster_lost_is_made_anew(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", engine="opensearch")
    index(settings, ARTICLES)
    with closing(Connection(settings.opensearch)) as connection:
        connection.ask("DELETE", f"/{index_name(index_path(settings))}")
    assert [problem for problem in index_damage(settings) if "the cluster has no" in problem]
    with pytest.raises(IndexMissingError):
        open_engine(settings)
    index(settings, [])
    with closing(open_engine(settings)) as engine, closing(Catalog(settings.data)) as catalog:
        assert engine.snapshot().count() == catalog.count() == len(ARTICLES)
    assert list(index_damage(settings)) == [] and index_warning(settings) == "" and index_size(settings) > 0
    remove_index(settings, index_path(settings))


def test_an_index_of_another_version_in_the_cluster_is_not_touched(
    path: Path, engine: OpenSearchEngine, states: StateStore
) -> None:
    state = states.read()
    assert state is not None
    states.write(replace(state, version="of another world"))
    with pytest.raises(IndexVersionError, match="of another world"):
        OpenSearchEngine(path, SETTINGS)


def test_scores_are_those_of_one_index_over_several_shards(engine: OpenSearchEngine) -> None:
    fill(engine, [entry(f"{n}", "lúa " * (n % 3 + 1), title=f"bài {n}") for n in range(30)])
    by_words: dict[int, set[float]] = {}
    for hit in ask(engine, c.Term("body", "lua"), limit=30).hits:
        by_words.setdefault(int(hit.id) % 3, set()).add(hit.score)
    assert all(len(scores) == 1 for scores in by_words.values()) and len(by_words) == 3
    assert order(engine, c.Term("body", "lua"), limit=30) == order(engine, c.Term("body", "lua"), limit=30)
