"""How often the engine is searched for one page of results."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.protocol import EngineRequest, EngineResponse
from indexer.engine.tantivy_.snapshot import TantivySnapshot
from indexer.model import Article
from indexer.search.asking import filters
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index

TEXT = "Sở Y tế hướng dẫn phường {} phòng chống sốt xuất huyết trong mùa mưa, diệt loăng quăng tại từng hộ gia đình."


def test_copies_of_all_hits_are_looked_up_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = "An Bình Cát Đông Gia".split()
    articles = [
        Article(
            f"{name}-{n}",
            f"Phòng dịch ở {name}",
            f"{TEXT.format(name)} {name} " * 4,
            sources=(f"nguon{n}.example",),
        )
        for name in names
        for n in range(3)
    ]
    settings = Settings(data=tmp_path)
    index(settings, articles)
    asked: list[EngineRequest] = []
    search = TantivySnapshot.search

    def counted(snapshot: TantivySnapshot, request: EngineRequest) -> EngineResponse:
        asked.append(request)
        return search(snapshot, request)

    with closing(open_search(settings)) as service:
        service.search(SearchRequest("phòng dịch", reading="exact"))
        monkeypatch.setattr(TantivySnapshot, "search", counted)
        found = service.search(SearchRequest("phòng dịch", reading="exact"))
    assert (found.total, found.folded, len(found.hits)) == (15, 10, 5)
    assert all(len(hit.copies) == 2 for hit in found.hits)
    # The page, the earliest of each text that matches, its other articles.
    assert len(asked) == 3


def test_what_is_shown_already_is_left_out_by_its_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path)
    bodies = {"nguyen": "Cả phường phòng dịch sốt.", "tach": "Phòng họp của phường; cả tổ nói về dịch sốt."}
    index(settings, [Article(id, "Tin", body) for id, body in bodies.items()])
    asked: list[EngineRequest] = []
    search = TantivySnapshot.search

    def noted(snapshot: TantivySnapshot, request: EngineRequest) -> EngineResponse:
        asked.append(request)
        return search(snapshot, request)

    monkeypatch.setattr(TantivySnapshot, "search", noted)
    with closing(open_search(settings)) as service:
        found = service.search(SearchRequest("phòng dịch sốt"))
    assert found.relaxed is not None
    assert [hit.id for hit in found.hits] == ["nguyen"]
    assert [hit.id for hit in found.relaxed.hits] == ["tach"]
    assert any(
        c.Not(c.Term(ID, "nguyen")) in one.match.clauses for one in asked if isinstance(one.match, c.All)
    )


def test_whole_months_are_asked_as_terms() -> None:
    march = c.Term("month", "2019-03")
    assert filters(SearchRequest(date=("2019-03",))) == {"month": march}
    year = filters(SearchRequest(date=("2019",)))["month"]
    assert isinstance(year, c.Any)
    assert march in year.clauses and len(year.clauses) == 12
    assert filters(SearchRequest(date=("2019-03-05",))) == {"month": c.DayRange(20190305, 20190305)}
