"""Indexes of two engines in one data directory: before, during and after a move from one to the other."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.catalog import Catalog
from indexer.engine.folders import IndexFolders, existing_folders, read_folders, write_folders
from indexer.engine.opening import open_engine
from indexer.errors import ClusterError, UsageError
from indexer.indexing import leftovers
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.register.reader import RegisterFile
from indexer.settings import ENGINES, Settings
from indexer.upkeep import rebuild as module
from indexer.upkeep.doctor import examine
from indexer.upkeep.rebuild import rebuild, roll_back
from tests.collection import index
from tests.upkeep.collection import fill, in_process


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data")
    fill(settings)
    return settings


@pytest.fixture
def new(old: Settings) -> Settings:
    return replace(old, engine="whoosh")


def add(settings: Settings, id: str) -> None:
    index(settings, [Article(id, "Tin thêm", "Tin.")])


def count(settings: Settings) -> int:
    with closing(open_engine(settings)) as engine:
        return engine.snapshot().count()


def readers(settings: Settings) -> set[str]:
    with closing(Catalog(settings.data)) as catalog:
        return set(catalog.applied.readers()) - {"suggestions"}


def told(settings: Settings, what: str) -> tuple[str, str]:
    (check,) = (check for check in examine(settings) if check.what == what)
    return check.level, f"{check.found}; {check.do}"


def has_register(settings: Settings) -> bool:
    """Tell whether the register is that of the current index, rather than made in memory by each process."""
    with (
        closing(open_engine(settings)) as engine,
        RegisterFile(settings.data).at(engine.snapshot().content) as found,
    ):
        return found is not None


def test_the_register_stays_that_of_the_index_in_use(old: Settings, new: Settings) -> None:
    rebuild(new, beside=True)
    assert has_register(old) and not has_register(new)
    rebuild(new)
    assert has_register(new)


def test_the_previous_engine_stays_until_the_next_rebuild(old: Settings, new: Settings) -> None:
    rebuild(new, beside=True)
    add(new, "a")
    with pytest.raises(UsageError, match='set engine = "tantivy" and reload'):
        roll_back(new)
    with open_pipeline(old):
        assert count(old) == count(new)
    assert rebuild(new).removed == ("tantivy",)
    assert existing_folders(old.data, "tantivy") == set() and not (old.data / "tantivy.current").exists()
    assert readers(new) == {"whoosh.2", "whoosh.3"}
    with pytest.raises(UsageError, match="no earlier index"):
        roll_back(old)


def test_each_engine_has_its_own_way_back(old: Settings, new: Settings) -> None:
    rebuild(new, beside=True)
    rebuild(new, beside=True)
    add(old, "a")
    assert roll_back(new, beside=True) == IndexFolders("whoosh.2", "whoosh.3")
    assert count(new) == count(old)
    assert has_register(old)


def _rebuild_killed_while_it_checks(settings: Settings) -> None:
    with mock.patch.object(module, "unfound", side_effect=lambda *_: os._exit(77)):
        rebuild(settings, beside=True)


def test_what_a_killed_move_left_goes_with_the_next_writer_of_the_engine_in_use(
    old: Settings, new: Settings
) -> None:
    assert in_process(_rebuild_killed_while_it_checks, new) == 77
    assert existing_folders(old.data, "whoosh") == {"whoosh.2"} and "whoosh.2" in readers(old)
    add(old, "a")
    assert existing_folders(old.data, "whoosh") == set() and readers(old) == {"tantivy"}


def test_a_cluster_that_does_not_answer_keeps_no_other_engine_from_writing(
    old: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(settings: Settings, path: Path) -> None:
        raise ClusterError(["http://tim-1.example"], "it can't be reached")

    monkeypatch.setattr(leftovers, "remove_index", nobody)
    (old.data / "opensearch.2").mkdir()
    with closing(Catalog(old.data)) as catalog:
        catalog.applied.set("opensearch.2", 0)
    add(old, "a")
    assert rebuild(old).removed == ()
    assert existing_folders(old.data, "opensearch") == {"opensearch.2"} and "opensearch.2" in readers(old)


def test_a_damaged_pointer_of_another_engine_keeps_its_indexes(old: Settings, new: Settings) -> None:
    rebuild(new, beside=True)
    (new.data / "whoosh.current").write_text("nonsense")
    add(old, "a")
    assert existing_folders(old.data, "whoosh") == {"whoosh.2"}
    assert told(old, "other engines") == ("ok", "no index; ")
    write_folders(new.data, "whoosh", IndexFolders("whoosh.2"))
    with open_pipeline(new):
        assert count(new) == count(old)


def test_the_doctor_knows_which_engine_has_the_newest_changes(old: Settings, new: Settings) -> None:
    level, what = told(new, "index")
    assert level == "fault" and 'no index of whoosh, but one of tantivy; set engine = "tantivy"' in what
    rebuild(new, beside=True)
    assert told(old, "index")[0] == told(new, "index")[0] == "ok"
    add(new, "a")
    level, what = told(old, "index")
    assert level == "warning" and "1 changes waiting, which the index of whoosh has" in what
    assert 'set engine = "whoosh"' in what
    level, what = told(new, "other engines")
    assert level == "ok" and "tantivy has an index that lacks 1 changes" in what
    assert "removes it" in what
    assert {read_folders(old.data, engine).current for engine in ENGINES} > {"tantivy", "whoosh.2"}
