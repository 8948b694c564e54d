"""More equal scores than are put in order: pages still hold every result once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.tantivy_ import paging
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index

COPY = "Sở Y tế hướng dẫn các phường phòng chống sốt xuất huyết trong mùa mưa, diệt loăng quăng tại từng hộ gia đình."


@pytest.mark.parametrize("most", [3, 40, 1000])
def test_pages_of_ties_hold_every_result_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(paging, "MOST_TIED", most)
    articles = [Article(f"bai-{n:03}", f"Thông báo số {n}", f"Nội dung riêng {n * 7919}.") for n in range(60)]
    articles += [
        Article(f"chep-{n}", "Thông báo phòng dịch", COPY * 3, sources=(f"nguon{n}.example",))
        for n in range(4)
    ]
    settings = Settings(data=tmp_path)
    index(settings, articles)
    service = open_search(settings)
    first = service.search(SearchRequest("tho*", size=7))
    assert (first.total, first.folded) == (64, 3)
    found = [
        hit.id
        for page in range(1, 10)
        for hit in service.search(SearchRequest("tho*", size=7, page=page)).hits
    ]
    assert len(found) == len(set(found)) == 61
    assert sum(id.startswith("chep") for id in found) == 1
    if most == 1000:
        assert found == sorted(found)
