"""Type and issuer that are given as values are found by plain words: golden cases on every engine."""

from __future__ import annotations

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

ARTICLES = (
    Article("quay-cho", "Giá khởi điểm cho thuê quầy chợ", type="Quyết định", issuer="UBND tỉnh Lam Giang"),
    Article("quy-che", "Ban hành Quy chế làm việc khóa II", type="Nghị quyết", issuer="HĐND xã Khe Sậy"),
    Article("so-y-te", "Lịch tiêm chủng", type="THÔNG BÁO", issuer="SỞ Y TẾ"),
    Article("bai", "Quyết định cho thuê sạp ở phường Bến Nguyệt", "Ủy ban vừa thông báo."),
    Article("khong-dau", "Lich tiep dan", "Lich tiep cong dan tai tru so phuong trong thang nay.", type="Thông báo"),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def found(service: SearchService, query: str, **more: object) -> set[str]:
    response = service.searcher().search(SearchRequest(query, **more))  # type: ignore[arg-type]
    return {hit.id for hit in response.hits if response.query.reading == "exact"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("quyết định cho thuê quầy chợ", {"quay-cho"}),
        ("quyet dinh cho thue quay cho", {"quay-cho"}),
        ("quyết định cho thuê", {"quay-cho", "bai"}),
        ("nghị quyết quy chế làm việc", {"quy-che"}),
        ("HĐND xã Khe Sậy", {"quy-che"}),
        ("hội đồng nhân dân xã khe sậy quy chế", {"quy-che"}),
        ('"UBND tỉnh Lam Giang"', {"quay-cho"}),
        ("ủy ban nhân dân tỉnh lam giang", {"quay-cho"}),
        ("thông báo sở y tế", {"so-y-te"}),
        ("quy chế -nghị", set()),
        ("lịch tiếp công dân", {"khong-dau"}),
    ],
)
def test_words_find_values(service: SearchService, query: str, ids: set[str]) -> None:
    assert found(service, query) == ids


def test_values_are_no_part_of_the_title(service: SearchService) -> None:
    assert found(service, "quyết định", area="title") == {"bai"}
