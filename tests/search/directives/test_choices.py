"""Where a number may mean several documents there is a choice, and where it means none the numbers alike: on every engine."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.contract.search_json import response_json
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index


def document(id: str, number: str | None, title: str, day: str, **more: str) -> Article:
    published = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    return Article(id, title, published=published, number=number, **more)  # type: ignore[arg-type]


ARTICLES = (
    document("ct-2012", "24/CT-TTg", "Tăng cường dùng hàng trong nước", "2012-09-17", issuer="THỦ TƯỚNG CHÍNH PHỦ"),
    document("ct-2014", "24/CT-TTg", "Cải cách thủ tục hành chính thuế", "2014-08-05", issuer="Thủ tướng Chính phủ"),
    document("ct-2021", "24/CT-TTg", "Dạy nghề trong mùa dịch", "2021-09-03", issuer="Thủ Tướng Chính Phủ"),
    document("cong-ty", "47-LCT/HĐNN8", "Luật Công ty", "1990-12-21", type="Luật"),
    document("cu-tru", "47/2014/QH13", "Luật Nhập cảnh, xuất cảnh", "2014-06-16", type="Luật", issuer="QUỐC HỘI"),
    document("hien-phap", None, "HIẾN PHÁP NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "2013-11-28", type="Hiến pháp"),
    document("gtgt", "13/2008/QH12", "Luật Thuế giá trị gia tăng", "2008-06-03", type="Luật", issuer="Quốc hội"),
    document("bds", "66/2014/QH13", "Luật Kinh doanh bất động sản", "2014-11-25", type="Luật", issuer="Quốc hội"),
    document("lao-dong", "10/2012/QH13", "Bộ luật Lao động", "2012-06-18", type="Luật", issuer="Quốc hội"),
    document("giam-sat", "28/2016/QH14", "Chương trình giám sát", "2016-11-11", type="Nghị quyết", issuer="Quốc hội"),
    document("an-toan", "55/2010/QH12", "Luật An toàn thực phẩm", "2010-06-17", type="Luật", issuer="Quốc hội"),
    document("mien-thue", "55/2010/QH12", "Về miễn thuế sử dụng đất", "2010-11-24", type="Nghị quyết", issuer="Quốc hội"),
    document("dien-luc", "68/2010/NĐ-CP", "Xử phạt trong lĩnh vực điện lực", "2010-06-15", issuer="CHÍNH PHỦ"),
    document("hoi-nghi", "68/NQ-CP", "Về phát triển kinh tế tư nhân", "2025-05-04", issuer="Chính phủ"),
    document("quy-hoach", "906/QĐ-TTg", "Định hướng quy hoạch điện", "2010-06-17"),
    document("khoang", "34/2010/TT-BYT", "Nước khoáng đóng chai", "2010-06-02", issuer="BỘ TÀI CHÍNH - BỘ Y TẾ"),
    document("gia-cho", "8/QĐ-UBND", "Giá thuê quầy", "2026-01-05", issuer="UBND TỈNH LAM GIANG"),
    document("gia-ben", "9/QĐ-UBND", "Giá thuê bến", "2026-01-06", issuer="Ủy ban nhân dân tỉnh Lam Giang"),
    Article("tin", "Chất vấn", "Theo Hiến pháp năm 2013 và Luật Thuế giá trị gia tăng, cử tri hỏi về Luật Biển đảo năm 2012."),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def answer(service: SearchService, query: str, **more: object) -> SearchResponse:
    return service.searcher().search(SearchRequest(query, **more))  # type: ignore[arg-type]


def found(service: SearchService, query: str) -> list[str]:
    return [hit.id for hit in answer(service, query).hits]


def test_a_number_of_three_years_offers_each_of_them(service: SearchService) -> None:
    (card,) = answer(service, "24/CT-TTg").directives
    assert [one.year for one in card.variants] == [2021, 2014, 2012] and card.variant is None
    shown = response_json(answer(service, "24/CT-TTg"))["directives"][0]["variants"]
    assert shown[0]["label"] == "Chỉ thị 24/CT-TTg (năm 2021)"


@pytest.mark.parametrize("typed", ["chỉ thị 24 năm 2014", "24 CT TTG ngày 5/8/2014", "chi thi 24/2014"])
def test_the_year_that_was_typed_chooses(service: SearchService, typed: str) -> None:
    response = answer(service, typed)
    assert response.directives[0].label == "Chỉ thị 24/CT-TTg (năm 2014)"
    assert [text.id for text in response.directives[0].texts] == ["ct-2014"] == [response.hits[0].id]


def test_a_number_of_a_law_and_a_resolution_has_no_type_until_one_is_chosen(service: SearchService) -> None:
    (card,) = answer(service, "55/2010/QH12").directives
    assert card.label == "55/2010/QH12" and {one.kind for one in card.variants} == {"Luật", "Nghị quyết"}
    for kind, id in (("luật", "an-toan"), ("nghị quyết", "mien-thue")):
        response = answer(service, f"{kind} 55/2010/QH12")
        assert (
            response.directives[0].label == f"{kind.capitalize()} 55/2010/QH12" and response.hits[0].id == id
        )
    view = service.searcher().directives.view("55/2010/QH12", kind="Nghị quyết")
    assert [text.id for text in view.card.texts] == ["mien-thue"]


@pytest.mark.parametrize(
    ("query", "id", "label"),
    [
        ("luật 47/2014", "cu-tru", "Luật 47/2014/QH13"),
        ("hiến pháp 2013", "hien-phap", "Hiến pháp năm 2013"),
        ("luat thue gtgt 2008", "gtgt", "Luật 13/2008/QH12"),
        ("luật kdbđs", "bds", "Luật 66/2014/QH13"),
        ("luật kinh doanh bđs 2014", "bds", "Luật 66/2014/QH13"),
        ("bộ luật lao động 10/2012", "lao-dong", "Luật 10/2012/QH13"),
        ("BLLĐ 2012", "lao-dong", "Luật 10/2012/QH13"),
        ("Luật 28/2016/QH14", "giam-sat", "Nghị quyết 28/2016/QH14"),
        ("nd68cp2010", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("68ndcp2010", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("qdttg906", "quy-hoach", "Quyết định 906/QĐ-TTg"),
        ("68/2010", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("906/2010", "quy-hoach", "Quyết định 906/QĐ-TTg"),
        ("số 906", "quy-hoach", "Quyết định 906/QĐ-TTg"),
        ("Số: 68 /2010/NĐ-CP", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("Số: 68/2010/NĐ-CP Hà Nội, ngày 15 tháng 6 năm 2010", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("“Nghị định số 68/2010/NĐ-CP”", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("nghị định 68 quy định gì", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("nghi dinh 68 con hieu luc khong", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("nghị định 68 ban hành ngày 15/6/2010", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
        ("68/2010/NĐ-CP 15/6/2010 sửa đổi 906/QĐ-TTg", "dien-luc", "Nghị định 68/2010/NĐ-CP"),
    ],
)  # fmt: skip
def test_the_card_and_the_first_hit(service: SearchService, query: str, id: str, label: str) -> None:
    response = answer(service, query)
    assert [hit.id for hit in response.hits][:1] == [id]
    assert [card.label for card in response.directives][:1] == [label]


@pytest.mark.parametrize("query", ["68/2010/NĐ-CP, 906/QĐ-TTg", "68/2010/NĐ-CP và 906/QĐ-TTg; 68/2010/NĐ-CP"])
def test_several_numbers_find_each_document(service: SearchService, query: str) -> None:
    response = answer(service, query)
    assert {hit.id for hit in response.hits} == {"dien-luc", "quy-hoach"} and len(response.directives) == 2


@pytest.mark.parametrize(
    ("slip", "label"),
    [
        ("69/2010/NĐ-CP", "Nghị định 68/2010/NĐ-CP"),
        ("86/2010/NĐ-CP", "Nghị định 68/2010/NĐ-CP"),
        ("68/2011/NĐ-CP", "Nghị định 68/2010/NĐ-CP"),
        ("34/2010/TT-BTY", "Thông tư 34/2010/TT-BYT"),
        ("34/2010/BYT", "Thông tư 34/2010/TT-BYT"),
        ("960/QĐ-TTg", "Quyết định 906/QĐ-TTg"),
    ],
)
def test_a_slip_leads_to_the_numbers_alike(service: SearchService, slip: str, label: str) -> None:
    response = answer(service, slip)
    assert response.total == 0 and label in [one.label for one in response.alike]


def test_what_is_held_is_not_missing_whatever_it_is_called(service: SearchService) -> None:
    missing = [one.label for one in service.searcher().directives.ranked.missing(50)]
    assert missing == ["Luật Biển đảo năm 2012"]


def test_an_issuer_is_one_value_in_any_spelling(service: SearchService) -> None:
    issuers = {one.value: one.count for one in answer(service, "").facets["issuer"]}
    assert issuers["Thủ tướng Chính phủ"] == 4 and issuers["Chính phủ"] == 2
    assert (
        issuers["Ủy ban nhân dân tỉnh Lam Giang"] == 2 and issuers["Bộ Y tế"] == issuers["Bộ Tài chính"] == 1
    )
    assert not [name for name in issuers if name.isupper()]
    for spelled in ("UBND tỉnh Lam Giang", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"):
        assert {hit.id for hit in answer(service, "", issuer=(spelled,)).hits} == {"gia-cho", "gia-ben"}
