"""A law by its name has its card and comes first: golden cases on every engine."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.model import Article
from indexer.register.laws import is_law_title
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index


def law(id: str, title: str, number: str, year: int, body: str = "") -> Article:
    published = datetime.fromisoformat(f"{year}-06-01T08:00:00+07:00")
    return Article(id, title, body, published=published, number=number, type="Luật")


ARTICLES = (
    law("dat-2003", "LUẬT ĐẤT ĐAI", "13/2003/QH11", 2003),
    law("dat-2013", "Luật số 45/2013/QH13 luật đất đai.", "45/2013/QH13", 2013),
    law(
        "sua-doi", "Luật số 35/2018/QH14 sửa đổi, bổ sung một số điều của Luật Đất đai", "35/2018/QH14", 2018
    ),
    law("di-san", "LUẬT CỦA QUỐC HỘI SỐ 28/2001/QH10 VỀ DI SẢN VĂN HÓA", "28/2001/QH10", 2001),
    law("cong-ty", "LUẬT CỦA QUỐC HỘI SỐ 47-LCT/HĐNN8 NGÀY 21/12/1990 VỀ CÔNG TY", "47-LCT/HĐNN8", 1990),
    law("nha-o-2014", "LUẬT NHÀ Ở", "65/2014/QH13", 2014),
    law(
        "nha-o-2099",
        "LUẬT NHÀ Ở",
        "27/2098/QH99",
        2098,
        "Luật này có hiệu lực thi hành từ ngày 01/01/2099.",
    ),
    Article(
        "tin-dat-dai", "Luật đất đai, luật đất đai", "Luật đất đai và luật đất đai: luật đất đai nói gì?"
    ),
    Article("tin-1", "Lấy ý kiến", "Theo Luật Việc làm năm 2025, người lao động được tư vấn."),
    Article("tin-2", "Tư vấn", "Luật Việc làm năm 2025 có gì mới?"),
    Article("tin-3", "Gõ nhầm", "Luật Đất đai năm 2031 chưa hề có."),
    Article("kin", "Nội bộ", "Luật Dược năm 2040, luật Dược năm 2040.", audience="staff"),
)


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def search(service: SearchService, text: str) -> SearchResponse:
    return service.search(SearchRequest(text))


@pytest.mark.parametrize("typed", ["luật đất đai", "luat dat dai", "LUẬT ĐẤT ĐAI"])
def test_the_newest_has_the_card_and_comes_first(service: SearchService, typed: str) -> None:
    found = search(service, typed)
    assert [card.number for card in found.directives] == ["45/2013/QH13"]
    assert [older.label for older in found.older] == ["Luật 13/2003/QH11"]
    assert [hit.id for hit in found.hits][:3] == ["dat-2013", "dat-2003", "sua-doi"]


def test_the_newest_law_is_no_order_by_date(service: SearchService) -> None:
    found = search(service, "luật đất đai mới nhất")
    assert [card.number for card in found.directives] == ["45/2013/QH13"]
    assert [hit.id for hit in found.hits][:2] == ["dat-2013", "dat-2003"]


def test_a_year_chooses_one(service: SearchService) -> None:
    found = search(service, "luật đất đai 2003")
    assert [card.number for card in found.directives] == ["13/2003/QH11"]
    assert not found.older


@pytest.mark.parametrize(
    "typed", ["luật đất đai số 13/2003/QH11", "Luật Đất đai 13/2003/QH11", "luat dat dai 13/2003"]
)
def test_a_number_beside_the_name_chooses_one_and_others_of_the_name_are_listed(
    service: SearchService, typed: str
) -> None:
    found = search(service, typed)
    assert [card.number for card in found.directives] == ["13/2003/QH11"]
    assert [hit.id for hit in found.hits][:1] == ["dat-2003"]
    assert [other.label for other in found.older] == ["Luật 45/2013/QH13"]


def test_a_number_that_is_not_here_leaves_the_laws_of_the_name(service: SearchService) -> None:
    found = search(service, "luật đất đai số 31/2024/QH15")
    assert not found.directives
    assert [other.label for other in found.older] == ["Luật 45/2013/QH13", "Luật 13/2003/QH11"]
    assert not search(service, "luật nhà ở 45/2013").older, "the number is of another law"


def test_one_that_is_not_in_force_yet_is_named_beside_the_one_that_is(service: SearchService) -> None:
    found = search(service, "luật nhà ở")
    assert [card.number for card in found.directives] == ["65/2014/QH13"]
    assert [other.label for other in found.older] == ["Luật 27/2098/QH99"]


def test_one_that_articles_only_speak_of(service: SearchService) -> None:
    assert [card.label for card in search(service, "luật việc làm").directives] == ["Luật Việc làm năm 2025"]


def test_neither_amendments_nor_words_in_an_article_nor_a_longer_query_are_a_law(
    service: SearchService,
) -> None:
    assert not search(service, "luật đất đai nói gì hôm qua").directives
    assert not search(service, '"luật đất đai"').directives


def test_what_only_staff_may_see_makes_no_card(service: SearchService) -> None:
    assert not search(service, "luật dược").directives


@pytest.mark.parametrize(
    ("title", "name", "is_it"),
    [
        ("LUẬT ĐẤT ĐAI", "luat dat dai", True),
        ("Luật số 65/2014/QH13 luật nhà ở.", "luat nha o", True),
        ("Luật số 19/2012/QH13 xuất bản.", "luat xuat ban", True),
        ("Luật số 10/2012/QH13 bộ luật Lao động", "bo luat lao dong", True),
        (
            "LUẬT CỦA QUỐC HỘI NƯỚC CHXHCN VIỆT NAM SỐ 28/2001/QH10 VỀ DI SẢN VĂN HÓA",
            "luat di san van hoa",
            True,
        ),
        ("LUẬT CỦA QUỐC HỘI SỐ 09/1998/QH10 NGÀY 02 THÁNG 12 NĂM 1998 KHIẾU NẠI", "luat khieu nai", True),
        ("LUẬT CỦA QUỐC HỘI SỐ 32/2004/QH11 VỀ AN NINH QUỐC GIA", "luat gia", False),
        (
            "Luật số 62/2010/QH12 luật sửa đổi, bổ sung một số điều của Luật chứng khoán.",
            "luat chung khoan",
            False,
        ),
        ("Nghị định quy định chi tiết Luật Nhà ở", "luat nha o", False),
        ("Đất đai", "luat dat dai", False),
    ],
)
def test_titles_of_laws(title: str, name: str, is_it: bool) -> None:
    assert is_law_title(title, name) is is_it


@pytest.mark.parametrize("typed", ["luật công ty 1990", "luật công ty", "luat cong ty nam 1990"])
def test_a_law_that_no_list_has_is_known_by_the_title_of_the_one_held(
    service: SearchService, typed: str
) -> None:
    found = search(service, typed)

    assert found.hits[0].id == "cong-ty"
    assert found.directives and found.directives[0].number == "47/LCT-HĐNN8"
