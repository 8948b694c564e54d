"""An index that is ahead of the catalog, as after the loss of the machine that wrote both, is given exactly what the catalog has."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalog.format import FILE_NAME as CATALOG
from indexer.disk.sqlite.snapshots import copy_database
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.indexing.opening import open_pipeline
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.verify import verify
from tests.collection import index
from tests.search.directives.test_statuses import NEW, OLD

BODY = " ".join(f"Đoạn {n} nói về việc mở rộng chợ hoa của thành phố năm nay." for n in range(40))
BEFORE = (
    OLD,
    Article("tin", "Chợ hoa", BODY),
    Article("doi", "Tên cũ", "Nội dung cũ"),
    Article("mat", "Sẽ mất", "x"),
)
AFTER = (NEW, Article("dang-lai", "Chợ hoa", BODY), Article("doi", "Tên mới", "Nội dung mới"))
FILES = (CATALOG, DUPLICATES, STATUSES)


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", engine=request.param, workers=1)


def found(settings: Settings) -> SearchResponse:
    with closing(open_search(settings)) as service:
        return service.search(SearchRequest(size=50, sort="newest"))


def seen(response: SearchResponse) -> list[object]:
    statuses = {value.value: value.count for value in response.facets["status"]}
    return [
        [(hit.id, hit.title.text, hit.status, hit.copies) for hit in response.hits],
        statuses,
        response.folded,
    ]


def copied(settings: Settings, into: Path) -> None:
    into.mkdir()
    for name in FILES:
        copy_database(settings.data / name, into / name)


def put_back(settings: Settings, copies: Path) -> None:
    for name in (*FILES, SUGGESTIONS):
        for log in ("", "-wal", "-shm"):
            (settings.data / f"{name}{log}").unlink(missing_ok=True)
    for name in FILES:
        (copies / name).replace(settings.data / name)


def test_what_came_after_the_copies_is_undone(settings: Settings, tmp_path: Path) -> None:
    index(settings, BEFORE)
    expected = seen(found(settings))
    copied(settings, tmp_path / "copies")
    index(settings, AFTER)
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["mat"])
    ahead = seen(found(settings))
    assert ahead != expected
    put_back(settings, tmp_path / "copies")
    with open_pipeline(settings) as pipeline:
        assert pipeline.reconcile() == 5  # two are new, one changed, one is gone, one had a copy
    assert seen(found(settings)) == expected and not list(verify(settings))
    with open_pipeline(settings) as pipeline:
        assert pipeline.reconcile() == 0
    # And forth again: the same changes have the same effect as at first.
    index(settings, AFTER)
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["mat"])
    assert seen(found(settings)) == ahead and not list(verify(settings))


def test_an_index_that_the_catalog_is_ahead_of_catches_up(settings: Settings, tmp_path: Path) -> None:
    index(settings, BEFORE)
    with open_pipeline(settings) as pipeline:
        assert pipeline.reconcile() == 0
    index(settings, AFTER)
    assert not list(verify(settings))
