"""A document is found by its number however that is written: golden cases on every engine."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index


def document(id: str, number: str, title: str, day: str, body: str = "", **more: str) -> Article:
    published = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    return Article(id, title, body, published=published, number=number, **more)  # type: ignore[arg-type]


ARTICLES = (
    document("dot-pha", "57-NQ/TW", "Về đột phá phát triển khoa học", "2024-12-22"),
    document("phat-xe", "100/2019/NĐ-CP", "Xử phạt vi phạm trong lĩnh vực đường bộ", "2019-12-30"),
    document("giai-ngan", "12/TB-VPCP", "Kết luận cuộc họp về giải ngân", "2024-01-12"),
    document("dat-dai", "31/2024/QH15", "Luật Đất đai", "2024-01-18"),
    document("mua-lu", "41/CĐ-TTg", "Về ứng phó mưa lũ", "2024-04-22"),
    document("quay-cho", "2207/QĐ-UBND", "Giá khởi điểm cho thuê quầy chợ", "2026-05-19", issuer="UBND tỉnh Lam Giang"),
    document("tuyen-sinh", "2207/QĐ-UBND", "Chỉ tiêu tuyển sinh lớp 10", "2025-05-05", issuer="UBND tỉnh Thượng Sa"),
    document("chuyen-doi", "74/KH-UBND", "Chuyển đổi số năm 2023", "2023-03-01"),
    document("mot-cua", "15/CT-UBND", "Chấn chỉnh bộ phận một cửa", "2023-06-01"),
    document("nhan-su", "23/QĐ-TT HĐND", "Về công tác nhân sự", "2022-02-02"),
    document("hoc-phi", "12/NQ-HĐND19", "Mức thu học phí", "2023-07-07"),
    document("nuoc-thai", "05/GPMT-UBND", "Cơ sở xử lý nước thải Bến Nguyệt", "2023-08-08"),
    document("thu-tra-loi", "2207/BTTTT-KHTC", "Trả lời kiến nghị về hạ tầng", "2021-01-01"),
    document("y-te", "34/2010/TT-BYT", "Nước uống đóng chai", "2010-06-02"),
    document("nuoc-da", "35/2010/TT-BYT", "Nước đá dùng liền", "2010-06-02"),
    document("tai-chinh", "34/2011/TT-BTC", "Kinh phí bầu cử", "2011-03-14"),
    document("chuyen-muc-tin", "3905/BTC-HCSN", "Hướng dẫn quyết toán ngân sách", "2022-03-03"),
    document("hieu-luc", "509/BNG-LPQT", "Về hiệu lực của Hiệp định vận tải", "2025-03-03", type="Thông báo"),
    document("hieu-luc-khac", "510/BNG-LPQT", "Trả lời về Hiệp định hàng hải", "2025-03-04"),
    document("to-hoa-giai", "276/QĐ-CA", "Công bố án lệ", "2024-10-10", issuer="Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
    document("dac-xa", "48/HĐTVĐX", "Hướng dẫn việc đặc xá", "2022-07-07"),
    document("ban-chi-dao", "369/QĐ-BCĐGNBV", "Quy chế của Ban Chỉ đạo giảm nghèo", "2016-11-23"),
    document("cong-bo-luat", "03/2013/L-CTN", "Công bố Luật Phòng cháy", "2013-06-06"),
    document("can-bo", "3/QĐ-UBND", "Danh mục cán bộ biệt phái", "2021-01-05"),
    document("phuong", "15/UBND-VX", "Tổng hợp số liệu của các phường", "2021-01-06"),
    document("dieu-chinh", "12/QĐ-UBND", "Điều chỉnh quy hoạch bến xe", "2021-01-07"),
    document("hoi-nghi", "4-NQ/TW", "Về phát triển giao thông", "2013-01-08"),
    document("ke-hoach-lon", "2024/KH-UBND", "Chuyển đổi số trong trường học", "2021-09-09"),
    document("thu-do", "32/2024/QH15", "Luật Thủ đô", "2024-06-28", type="Luật"),
    document("giam-sat", "32/2016/QH14", "Về chương trình giám sát", "2016-11-23", type="Nghị quyết"),
    document("bao-hiem", "41/2024/QH15", "Luật Bảo hiểm xã hội", "2024-06-29"),
    document("khao-thi", "5/TB-HĐND", "Lịch tiếp xúc cử tri", "2024-02-02"),
    document("go-vuong", "66.11/2026/NQ-CP", "Cắt giảm thủ tục về thủy lợi", "2026-03-03"),
    document("lien-tich", "61/2015/TTLT-VPCP-BNV", "Văn phòng của các tỉnh", "2015-10-23"),
    document("dau-nam", "91/2012/TT-BTC", "Kinh phí phục vụ kỳ họp", "2013-01-02"),
    Article("thi-dua", "Kế hoạch thi đua 100 ngày", "Nghị định và kế hoạch 100 ngày. Kế hoạch 5 năm."),
    Article("tin", "Sơ kết Nghị quyết số 57-NQ/TW", "Phường Bến Nguyệt sơ kết Nghị quyết số 57-NQ/TW về nông thôn."),
    Article("tin-can-bo", "Kỷ luật cán bộ", "Thành ủy quyết định 3 cán bộ phải thôi chức."),
    Article("tin-ky-luat", "Xử lý nghiêm", "Thành ủy kỷ luật 31 đảng viên."),
    Article("tin-ky-hop", "Đại biểu thảo luận", "Kỳ họp thứ 31 QH15 bàn về đất đai."),
    Article("tin-phuong", "Họp giao ban", "Chủ tịch UBND 15 phường dự họp giao ban."),
    Article("tin-hoi-nghi", "Học tập nghị quyết", "Nghị quyết Trung ương 4 khóa XII về xây dựng Đảng."),
    Article("tin-quoc-hoi", "Kỳ họp mới", "Quốc hội khóa 15 khai mạc. Khóa 15 Quốc hội có nhiều đại biểu trẻ."),
    Article("tin-chuyen-doi", "Kế hoạch năm", "Kế hoạch 2024 của UBND phường Bến Nguyệt về chợ nổi."),
    Article("tuyen-dung", "Thông báo kết quả thi", "Có 5 thí sinh trúng tuyển theo thông báo của nhà trường."),
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def answer(service: SearchService, query: str) -> SearchResponse:
    return service.searcher().search(SearchRequest(query))


def found(service: SearchService, query: str) -> list[str]:
    response = answer(service, query)
    assert response.query.reading == "exact"
    return [hit.id for hit in response.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("57-NQ/TW", "dot-pha"),
        ("nghị quyết số 57-NQ/TW", "dot-pha"),
        ("nghị quyết 57", "dot-pha"),
        ("tt 61/2015", "lien-tich"),
        ("thông tư liên tịhc 61/2015", "lien-tich"),
        ("nghị quyếtt 57", "dot-pha"),
        ("quyet-dinh-2207-qd-ubnd-2026", "quay-cho"),
        ("nghi-dinh-100-2019-nd-cp-xu-phat-giao-thong-253.htm", "phat-xe"),
        ("https://congbao.example/van-ban/Nghi-dinh-100-2019-ND-CP-xu-phat-183920.aspx", "phat-xe"),
        ("congbao.example/van-ban/thong-tu-so-34-2010-tt-byt-2350.htm", "y-te"),
        ("https://tim.example/vb?so=100%2F2019%2FN%C4%90-CP&trang=2", "phat-xe"),
        ("luat-dat-dai-2024-so-31-2024-qh15-moi-nhat-2025-215836.aspx", "dat-dai"),
        ("nghj định 100/2019", "phat-xe"),
        ("ngị định số 100", "phat-xe"),
        ("nghi dịnh 100/2019/NĐ-CP", "phat-xe"),
        ("nghi dihn 100", "phat-xe"),
        ("thôg tư 34/2010", "y-te"),
        ("chi thj 15", "mot-cua"),
        ("kế hoạhc 74", "chuyen-doi"),
        ("nq 66.11", "go-vuong"),
        ("nghị quyết 66.11", "go-vuong"),
        ("thông tư 91/2013", "dau-nam"),
        ("2207bttttkhtc2021", "thu-tra-loi"),
        ('"100/2019/NĐ-CP"', "phat-xe"),
        ("khoản 2 nđ 100/2019", "phat-xe"),
        ("nq 57", "dot-pha"),
        ("57 nq tw", "dot-pha"),
        ("57\\NQ\\TW", "dot-pha"),
        ("NQ57", "dot-pha"),
        ("nghị định 100", "phat-xe"),
        ("NĐ100", "phat-xe"),
        ("nghị định 100 năm 2019 của Chính phủ", "phat-xe"),
        ("100/NĐ-CP", "phat-xe"),
        ("thông báo số 12/TB-VPCP", "giai-ngan"),
        ("số 12/TB-VPCP", "giai-ngan"),
        ("luật số 31/2024/QH15", "dat-dai"),
        ("luật 31/2024", "dat-dai"),
        ("31/2024/QHI5", "dat-dai"),
        ("3l/2O24/QH15", "dat-dai"),
        ("QH15 31/2024", "dat-dai"),
        ("công điện 41", "mua-lu"),
        ("cd 41 ttg", "mua-lu"),
        ("công điện của Thủ tướng Chính phủ số 41", "mua-lu"),
        ("Quyết định số 2207/QĐ-UBND ngày 19/5/2026 của UBND tỉnh Lam Giang", "quay-cho"),
        ("Quyết định số 2207/QĐ-UBND ngày 5/5/2025 của UBND tỉnh Thượng Sa", "tuyen-sinh"),
        ("quyết định của UBND tỉnh Thượng Sa số 2207/QĐ-UBND năm 2025", "tuyen-sinh"),
        ("Quyết định số 2207/QĐ-UBND ngày 19 tháng 5 năm 2026 của UBND tỉnh Lam Giang về việc phê duyệt giá -2026", "quay-cho"),
        ("2207/QĐ-UBND cho thuê ki ốt", "quay-cho"),
        ("chi thi 15", "mot-cua"),
        ("CT15", "mot-cua"),
        ("15 CT UBND", "mot-cua"),
        ("15ct-ubnd", "mot-cua"),
        ("ke hoach 74", "chuyen-doi"),
        ("kh74", "chuyen-doi"),
        ("74.KH.UBND", "chuyen-doi"),
        ("74-kh-ubnd-2023.pdf", "chuyen-doi"),
        ("74_KH_UBND", "chuyen-doi"),
        ("39ce16c2_ke_hoach_74_KH_UBND_signed.pdf", "chuyen-doi"),
        ("0074/KH-UBND", "chuyen-doi"),
        ("74 / KH - UBND", "chuyen-doi"),
        ("74/KH-\nUBND", "chuyen-doi"),
        ("công văn 2207", "thu-tra-loi"),
        ("2207 BTTTT KHTC", "thu-tra-loi"),
        ("23/QĐ-TT HĐND", "nhan-su"),
        ("quyết định 23 tt hđnd", "nhan-su"),
        ("23/QĐ-TTHĐND", "nhan-su"),
        ("12/NQ-HĐND19", "hoc-phi"),
        ("nghị quyết 12 của Hội đồng nhân dân", "hoc-phi"),
        ("giấy phép môi trường 05", "nuoc-thai"),
        ("5/gpmt-ubnd", "nuoc-thai"),
        ("thông tư 34 bộ y tế", "y-te"),
        ("tt 34/2011", "tai-chinh"),
        ("Thông tư 34/2010/TT-BYT quy định về nước", "y-te"),
        ("BTC 3905", "chuyen-muc-tin"),
        ("btc3905", "chuyen-muc-tin"),
        ("3905 btc", "chuyen-muc-tin"),
        ("BTC-HCSN số 3905", "chuyen-muc-tin"),
        ("BTC-HCSN 3905 quyết toán thu chi", "chuyen-muc-tin"),
        ("BNG-LPQT số 509", "hieu-luc"),
        ("Thông báo 509", "hieu-luc"),
        ("thong bao 509/2025", "hieu-luc"),
        ("Thông báo số 509 của Bộ Ngoại giao", "hieu-luc"),
        ("276 QĐ CA", "to-hoa-giai"),
        ("quyết định 276 Hội đồng Thẩm phán Tòa án nhân dân tối cao", "to-hoa-giai"),
        ("48 HĐTVĐX", "dac-xa"),
        ("quyết định 369 ban chỉ đạo", "ban-chi-dao"),
        ("QĐ-BCĐGNBV số 369", "ban-chi-dao"),
        ("L 03", "cong-bo-luat"),
        ("l03", "cong-bo-luat"),
        ("quyết định 12 điều chỉnh quy hoạch", "dieu-chinh"),
        ("quyết định 3 về cán bộ", "can-bo"),
        ("luật đất đai 31/2024", "dat-dai"),
        ("luật BHXH 41/2024", "bao-hiem"),
        ("QHXV 41/2024", "bao-hiem"),
        ("kế hoạch 74 ubnd tp", "chuyen-doi"),
        ("khubnd 74", "chuyen-doi"),
        ("74khubnd", "chuyen-doi"),
        ("31/2024/QH 15", "dat-dai"),
        ("luật 32", "thu-do"),
        ("nghị quyết 32", "giam-sat"),
        ("kehoach74", "chuyen-doi"),
        ("kế hoạch74", "chuyen-doi"),
        ("kế hoạch số74", "chuyen-doi"),
        ("kế hoạch 74/UBND", "chuyen-doi"),
        ("văn bản 3905", "chuyen-muc-tin"),
        ("văn bản 3905 BTC", "chuyen-muc-tin"),
        ("chỉ thị 15 của Chủ tịch UBND", "mot-cua"),
        ("nghị quyết 57 khóa XIII", "dot-pha"),
    ],
)  # fmt: skip
def test_the_document_comes_first(service: SearchService, query: str, first: str) -> None:
    assert found(service, query)[:1] == [first]


def test_who_cites_a_document_needs_the_words_beside_its_number(service: SearchService) -> None:
    assert found(service, "57-NQ/TW nông thôn") == ["dot-pha", "tin"]
    assert found(service, "57-NQ/TW kinh tế biển") == ["dot-pha"]
    assert found(service, "57-NQ/TW -khoa nông thôn") == ["tin"]


def test_a_number_given_as_a_filter_stays_one(service: SearchService) -> None:
    assert found(service, "số:57-NQ/TW khoa học") == ["dot-pha"]
    assert answer(service, "số:57-NQ/TW nông thôn").query.reading == "exact"
    assert answer(service, "số:57-NQ/TW nông thôn").total == 0


@pytest.mark.parametrize("query", ["kế hoạch 5 năm", "kế hoạch 100 ngày"])
def test_an_amount_is_no_number_of_a_document(service: SearchService, query: str) -> None:
    response = answer(service, query)
    assert [hit.id for hit in response.hits] == ["thi-dua"] and not response.directives


def test_a_number_that_may_count_what_follows_does_not_bring_in_a_document(service: SearchService) -> None:
    assert found(service, "thông báo 5 thí sinh") == ["tuyen-dung"]


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("quyết định 3 cán bộ", "tin-can-bo"),
        ("UBND 15 phường", "tin-phuong"),
        ("Nghị quyết Trung ương 4 khóa XII", "tin-hoi-nghi"),
        ("khóa 15 Quốc hội", "tin-quoc-hoi"),
        ("kỷ luật 31 đảng viên", "tin-ky-luat"),
        ("kỳ họp thứ 31 QH15", "tin-ky-hop"),
        ("kế hoạch 2024 của UBND về chợ nổi", "tin-chuyen-doi"),
    ],
)
def test_amounts_terms_and_years_bring_in_no_document(service: SearchService, query: str, id: str) -> None:
    assert found(service, query) == [id]


@pytest.mark.parametrize(("query", "id"), [("luật 32", "thu-do"), ("nghị quyết 32", "giam-sat")])
def test_the_type_that_articles_give_tells_what_a_number_leaves_open(
    service: SearchService, query: str, id: str
) -> None:
    response = answer(service, query)
    assert len(response.directives) == 1 and not response.choice
    assert [hit.id for hit in response.hits][:1] == [id]


@pytest.mark.parametrize("query", ["kế hoạch 2024", "kế hoạch 2024 quy định gì", "kế hoạch 2024 của UBND"])
def test_a_number_that_may_be_a_year_is_read_as_both(service: SearchService, query: str) -> None:
    response = answer(service, query)
    assert not response.directives and [one.label for one in response.choice] == ["Kế hoạch 2024/KH-UBND"]
    assert [hit.id for hit in response.hits] == ["ke-hoach-lon", "tin-chuyen-doi"]
    assert any("hoặc chỉ là từ thường" in line for line in response.query.interpretation)
    assert answer(service, query.replace("2024", "số 2024")).directives


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("2 nghị quyết 57 và 66.11", {"dot-pha", "go-vuong"}),
        ("các kế hoạch số 74, số 2024", {"chuyen-doi", "ke-hoach-lon"}),
        ("nghị quyết 57;66.11", {"dot-pha", "go-vuong"}),
        ("thông tư 34, 35/2010", {"y-te", "nuoc-da"}),
        ("hai thông tư 34 và 35/2010/TT-BYT", {"y-te", "nuoc-da"}),
    ],
)
def test_a_list_of_numbers_brings_each(service: SearchService, query: str, ids: set[str]) -> None:
    response = answer(service, query)
    assert {hit.id for hit in response.hits if hit.id != "tin"} == ids and len(response.directives) == 2


def test_a_letter_is_a_notice_only_where_it_is_filed_as_one(service: SearchService) -> None:
    response = answer(service, "thông báo 510")
    assert "hieu-luc-khac" not in {hit.id for hit in response.hits} and not response.directives


def test_a_type_and_a_number_of_several_documents_offer_the_choice(service: SearchService) -> None:
    response = answer(service, "thông tư 34")
    assert {hit.id for hit in response.hits} == {"y-te", "tai-chinh"}
    labels = {card.label for card in response.directives} | {one.label for one in response.choice}
    assert labels == {"Thông tư 34/2010/TT-BYT", "Thông tư 34/2011/TT-BTC"}
    assert not answer(service, "thông tư 34/2010/TT-BYT").choice


def test_what_is_read_of_a_number_is_told(service: SearchService) -> None:
    assert answer(service, "nq 57").query.interpretation == ("số, ký hiệu 57-NQ/TW",)
    (several,) = answer(service, "thông tư 34").query.interpretation
    assert several.startswith("“thông tư 34” có thể là một trong 2 văn bản, nhiều khả năng là 34/201")


def test_no_amount_is_made_of_the_number_of_a_letter(service: SearchService) -> None:
    lines = " ".join(answer(service, "công văn 4321").query.interpretation)
    assert "4.321" not in lines


def test_no_document_for_staff_is_chosen_for_the_public(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(
        settings,
        [
            Article("kin", "Nội bộ", "Mật.", number="88/2020/TT-BCA", audience="staff"),
            Article("mo", "Công khai", "Ai cũng đọc được.", number="88/2021/TT-BYT"),
        ],
    )
    response = answer(open_search(settings), "thông tư 88")
    assert [hit.id for hit in response.hits] == ["mo"]
    assert [card.label for card in response.directives] == ["Thông tư 88/2021/TT-BYT"] and not response.choice


@pytest.mark.parametrize("query", ["0011", "02438251234", "024.382.512", "khóa 011"])
def test_a_number_with_a_leading_zero_is_a_code(service: SearchService, query: str) -> None:
    assert not answer(service, query).query.interpretation


@pytest.mark.parametrize(
    "query",
    [
        "thông tư 34, 91",
        "thông tư 34 và 91",
        "thông tư 34, 91 còn hiệu lực không",
        "thông tư 34/2010, 34/2011 và 91/2012",
    ],
)
def test_a_list_of_numbers_has_the_type_of_its_first(service: SearchService, query: str) -> None:
    assert {"y-te", "tai-chinh", "dau-nam"} <= set(found(service, query))


def test_a_number_beside_the_figure_of_an_article_is_the_only_one_meant(service: SearchService) -> None:
    assert [card.number for card in answer(service, "khoản 12 nđ 100/2019").directives] == ["100/2019/NĐ-CP"]
    assert answer(service, "khoản 12 nđ 100/2019").choice == ()
