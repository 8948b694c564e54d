"""What only an index on several machines has to promise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.catalog.catalog import Catalog
from indexer.cli import main
from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT
from indexer.engine.folders import existing_folders
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
from indexer.engine.opensearch_.point_in_time import close_points
from indexer.engine.opensearch_.state_store import StateStore, is_there
from indexer.engine.protocol import EngineRequest
from indexer.errors import ClusterError, EngineError, IndexMissingError, IndexVersionError
from indexer.opensearch_settings import OpenSearchSettings
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.upkeep.backup import back_up
from indexer.upkeep.doctor import examine
from indexer.upkeep.rebuild import rebuild, roll_back
from indexer.upkeep.restore import restore
from tests.collection import ARTICLES, index
from tests.engine.entries import ask, entry, fill, ids, order
from tests.waiting import until
from webui import create_app

pytestmark = pytest.mark.usefixtures("cluster")

HOA = c.Term("text", "hoa")
SETTINGS = OpenSearchSettings(shards=3)


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
    monkeypatch.setattr(asking, "MOST_VALUES", 100)
    monkeypatch.setattr(counting, "PAGE", 40)
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
    monkeypatch.setattr(counting, "MOST", 10)
    monkeypatch.setattr(counting, "PAGE", 7)
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
    with pytest.raises(EngineError, match="search again"):
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
    with pytest.raises(EngineError, match="one machine only"), engine.writer() as late:
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
    with pytest.raises(EngineError, match="one machine only"), engine.writer() as late:
        late.put(entry("a", "hoa", source="late"))
    assert ask(engine, facets=("source",)).facets == {"source": {"new": 1}}
    other.close()


def test_what_a_late_writer_could_not_commit_is_there_once_it_has_written_again(
    path: Path, engine: OpenSearchEngine
) -> None:
    other = elsewhere(path)
    with pytest.raises(EngineError, match="one machine only"), engine.writer() as late:
        late.put(entry("a", "hoa"))
        late.commit()
        fill(other, [entry("b", "hoa")])
        late.put(entry("c", "hoa"))
    assert ids(other, HOA) == {"a", "b"}
    # What the catalog has accepted and the index has not is written by the next writer, on either machine.
    fill(engine, [entry("c", "hoa")])
    assert ids(engine, HOA) == ids(other, HOA) == {"a", "b", "c"}
    other.close()


def test_where_the_commit_before_is_lost_the_newest_answers(
    path: Path, engine: OpenSearchEngine, states: StateStore
) -> None:
    asked = EngineRequest(HOA)
    fill(engine, [entry("a", "hoa")])
    assert engine.snapshot((asked,)).search(asked).total == 1
    lose(states)
    with closing(OpenSearchEngine(path, SETTINGS)) as other:
        fill(other, [entry("b", "hoa")])
    assert engine.snapshot((asked,)).search(asked).total == 2


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
    assert list(index_damage(settings)) == [] and index_size(settings) > 0
    until(lambda: index_warning(settings) == "")  # the copies are made when the index is filled
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


def test_while_nobody_answers_pages_say_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path / "data", engine="opensearch", rate_limit=0)
    index(settings, ARTICLES)
    with closing(open_search(settings)) as service:
        client = create_app(service).test_client()
        assert client.get("/search?q=hòa bình").status_code == 200

        def nobody(connection: Connection, *_: Any, **__: Any) -> Any:
            raise ClusterError(["http://tim-1.example"], "it can't be reached")

        with monkeypatch.context() as patch:
            patch.setattr(Connection, "ask", nobody)
            for address in ("/search?q=hòa bình nay", "/api/v1/search?q=hòa bình nay"):
                answer = client.get(address)
                assert (answer.status_code, "Retry-After" in answer.headers) == (503, True), address
            assert client.get("/readyz").get_data(as_text=True) == f"not ready: {ClusterError.readiness}\n"
        assert client.get("/search?q=hòa bình nay").status_code == 200
    remove_index(settings, index_path(settings))


def test_what_lies_elsewhere_is_looked_after_as_what_lies_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path / "data", engine="opensearch")
    index(settings, ARTICLES)
    given = ["--json", "--data", str(settings.data), "--engine", "opensearch"]

    def told(command: str) -> Any:
        capsys.readouterr()
        return main([command, *given]), json.loads(capsys.readouterr().out)

    first = index_name(index_path(settings))
    code, counts = told("stats")
    assert code == 0 and counts["indexed"] == len(ARTICLES) and counts["bytes"]["index"] > 0
    assert told("verify")[0] == 0
    rebuild(settings)
    second = index_name(index_path(settings))
    assert roll_back(settings).current == "opensearch" and index_name(index_path(settings)) == first
    rebuild(settings)
    # Of three indexes the two that are named stay; the one that neither is current nor the one before is gone from the cluster.
    with closing(Connection(settings.opensearch)) as connection:
        there = [
            is_there(connection, name)
            for name in (first or "", second or "", index_name(index_path(settings)) or "")
        ]
    assert there == [True, False, True]
    back_up(settings, tmp_path / "backup", with_index=True)
    restored = Settings(data=tmp_path / "restored", engine="opensearch")
    restore(restored, tmp_path / "backup")
    assert index_name(index_path(restored)) not in (first, second)
    with closing(open_engine(restored)) as engine:
        assert engine.snapshot().count() == len(ARTICLES)

    def nobody(connection: Connection, *_: Any, **__: Any) -> Any:
        raise ClusterError(["http://tim-1.example"], "it can't be reached")

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "ask", nobody)
        checks = {check.what: check for check in examine(settings)}
        assert checks["index"].level == "fault" and "nodes" in checks["index"].do
        code, found = told("verify")
        assert code == 1 and {one["do"] for one in found["findings"]} == {checks["index"].do}
        assert main(["search", "hoa", *given]) == 3
    for one in (settings, restored):
        for name in existing_folders(one.data, "opensearch"):
            remove_index(one, one.data / name)
