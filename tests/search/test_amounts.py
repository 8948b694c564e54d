"""Numbers, amounts, shares and misspelled words as they are meant: golden cases on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

BODIES = {
    "nam-trieu": "Mức phạt là 5 triệu đồng.",
    "mot-ruoi": "Chi phí lên tới 1,5 triệu đồng.",
    "nua-trieu": "Lệ phí 500.000đ mỗi hồ sơ.",
    "nghin": "Lệ phí 500 nghìn đồng mỗi lần.",
    "muoi-phan-tram": "Giá nước tăng 10% từ tháng sau.",
    "muoi-bai": "Có 10 bài báo nói về giá nước tăng.",
    "sap-nhap": "Việc sáp nhập hai phường đã xong.",
    "sat-nhap": "Việc sát nhập hai thôn đã xong.",
    "canh-sat": "Cảnh sát nhập vai người mua. Cảnh sát đã bắt hai người.",
    "ba-trieu-chung": "Bệnh có 3 triệu chứng chính.",
}


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("amounts"), engine=request.param)
    index(settings, [Article(id, f"Bài {n}", body) for n, (id, body) in enumerate(BODIES.items())])
    service = open_search(settings)
    yield service
    service.close()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("5 triệu", {"nam-trieu"}, id="no tail of another number"),
        pytest.param('"5 triệu"', {"nam-trieu"}, id="nor in quotes"),
        pytest.param("1,5 triệu", {"mot-ruoi"}, id="decimals"),
        pytest.param("500k", {"nua-trieu", "nghin"}, id="in thousands"),
        pytest.param("500 nghìn", {"nua-trieu", "nghin"}, id="in words"),
        pytest.param("10%", {"muoi-phan-tram"}, id="a share is more than its digits"),
        pytest.param("10 phần trăm", {"muoi-phan-tram"}, id="a share in words"),
        pytest.param("sát nhập", {"sap-nhap", "sat-nhap", "canh-sat"}, id="misspelled"),
        pytest.param("3 triệu chứng", {"ba-trieu-chung"}, id="no amount but another word"),
        pytest.param("sáp nhập", {"sap-nhap"}, id="the right word brings no wrong one"),
    ],
)
def test_exact(service: SearchService, query: str, ids: set[str]) -> None:
    found = service.search(SearchRequest(query, reading="exact"))
    assert {hit.id for hit in found.hits} == ids


def test_a_misspelled_word_is_said(service: SearchService) -> None:
    assert (
        "“sát nhập”: cũng tìm “sáp nhập” (cách viết đúng)"
        in service.search(SearchRequest("sát nhập")).query.interpretation
    )


def test_parts_of_right_words_are_not_misspelled(service: SearchService) -> None:
    lines = service.search(SearchRequest("cảnh sát nhập vai")).query.interpretation
    assert not any("sáp nhập" in line for line in lines)


def test_a_share_that_is_not_there_is_said_with_its_sign(service: SearchService) -> None:
    lines = service.search(SearchRequest("5%")).query.interpretation
    assert "không có bài nào chứa “5%” đúng như đã gõ" in lines[0]
    lines = service.search(SearchRequest("5-10%")).query.interpretation
    assert any("từ 5% đến 10%" in line for line in lines)
