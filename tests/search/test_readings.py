"""What answers as meant, what answers closely, and what holds some of the words: golden cases on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Article, Attachment
from indexer.search.request import Reading, SearchRequest
from indexer.search.service import SearchService
from indexer.settings import ENGINES, Settings
from tests.collection import index, served

BODIES = {
    "dan-so": "Tổng điều tra dân số bắt đầu từ tháng tư. Dân số thành phố tăng nhẹ.",
    "nguoi-dan": "Người dân góp ý; số lượng ý kiến khá lớn.",
    "cau-doi": "Phố có nhiều người dân. Số nhà ghi ở cổng.",
    "bao-lu": "Cơn bão số 3 đổ bộ vào đêm qua, gây mưa lớn.",
    "bao-chi": "Họp báo công bố kế hoạch bảo vệ môi trường.",
    "khong-dau": "Thong bao: con bao so ba da vao bo, dan so vung bien phai so tan truoc toi nay, de nghi ba con theo doi tin.",
    "tieng-anh": "The bao house opened its doors to every guest who came with their family and friends this week.",
    "cong-dan": "Bộ phận một cửa tiếp công dân hằng tuần. Công dân mang theo giấy tờ.",
    "cong-an": "Công an phường gặp gỡ dân phố, nghe ý kiến.",
    "nd-nfd": "Việc tuyên truyền về dân số được đẩy mạnh.",
    "ngoac": "Kết quả (dân) số liệu: xem phụ lục.",
    "hoa-binh": "Lễ hội vì hòa bình tại quảng trường.",
    "hoa-moi": "Khu du lịch hoà bình đón khách.",
    "cach-ly": "Quý khách giữ trật tự; quí vị xem bảng tin.",
}
FILES = {"tep-dan-so": "Phụ lục về dân số các phường."}


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("readings"), engine=request.param)
    articles = [Article(id, f"Bài {n}", body) for n, (id, body) in enumerate(BODIES.items())]
    articles += [
        Article(id, "Có tệp", "Xem tệp.", attachments=(Attachment("a.txt", content=text.encode()),))
        for id, text in FILES.items()
    ]
    articles.append(Article("so-hieu", "Về trật tự", "Theo Chỉ thị số 15/CT-UBND, các phường rà soát."))
    articles.append(Article("khac-so", "Số liệu", "Tổ 15, CT và UBND phường họp."))
    index(settings, articles)
    yield from served(settings)


def found(service: SearchService, query: str, reading: Reading | None = "exact", **more: object) -> set[str]:
    request = SearchRequest(query, reading=reading, size=100, **more)  # type: ignore[arg-type]
    response = service.search(request)
    assert response.total == len({hit.id for hit in response.hits}) + response.folded
    return {hit.id for hit in response.hits}


DAN_SO = {"dan-so", "nd-nfd", "tep-dan-so"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("dân số", DAN_SO | {"khong-dau"}, id="side by side in one sentence, text without accents too"),
        pytest.param("DÂN SỐ", DAN_SO | {"khong-dau"}, id="capitals"),
        pytest.param("da\u0302n so\u0302\u0301", DAN_SO | {"khong-dau"}, id="NFD"),
        pytest.param("dan so", DAN_SO | {"khong-dau"}, id="typed without accents"),
        pytest.param("bão", {"bao-lu", "khong-dau"}, id="with its accents; báo and bảo are other words"),
        pytest.param("bao", {"bao-lu", "bao-chi", "khong-dau", "tieng-anh"}, id="any accents where none were typed"),
        pytest.param("công dân", {"cong-dan"}, id="not công an and dân phố"),
        pytest.param("hòa bình", {"hoa-binh", "hoa-moi"}, id="both tone styles"),
        pytest.param("hoà bình", {"hoa-binh", "hoa-moi"}, id="either way"),
        pytest.param("quý", {"cach-ly"}, id="i and y"),
        pytest.param('"dân số"', DAN_SO | {"cau-doi", "ngoac"}, id="a quoted phrase, whatever signs stand in it"),
        pytest.param("15/CT-UBND", {"so-hieu"}, id="a number: what cites it, nothing that merely has the letters"),
        pytest.param("dân số -phường", {"dan-so", "nd-nfd", "khong-dau"}, id="without a word"),
        pytest.param("(dân số) OR bão", DAN_SO | {"khong-dau", "bao-lu"}, id="one of two"),
    ],
)  # fmt: skip
def test_exact(service: SearchService, query: str, ids: set[str]) -> None:
    assert found(service, query) == ids


def test_close_is_every_syllable_anywhere(service: SearchService) -> None:
    assert found(service, "dân số", "close") == DAN_SO | {"nguoi-dan", "cau-doi", "khong-dau", "ngoac"}
    assert found(service, "bão", "close") == {"bao-lu", "bao-chi", "khong-dau", "tieng-anh"}


def test_the_next_reading_stands_beneath_a_short_page(service: SearchService) -> None:
    response = service.search(SearchRequest("dân số"))
    assert response.query.reading == "exact" and response.total == 4
    assert response.relaxed is not None and response.relaxed.reading == "close"
    assert {hit.id for hit in response.relaxed.hits} == {"nguoi-dan", "cau-doi", "ngoac"}
    assert service.search(SearchRequest("dân số", reading="exact")).relaxed is None


def test_what_is_looser_fills_the_page_and_is_counted_whole(service: SearchService) -> None:
    some = service.search(SearchRequest("dân số bão táp", size=8)).relaxed
    assert some is not None and (some.total, len(some.hits)) == (12, 8)
    nearly_full = service.search(SearchRequest("(dân số) OR bão", size=8))
    assert nearly_full.relaxed is not None
    assert (nearly_full.total, nearly_full.relaxed.total, len(nearly_full.relaxed.hits)) == (5, 5, 3)


def test_lists_and_feeds_hold_what_is_exact_and_be_it_nothing(service: SearchService) -> None:
    searcher = service.searcher()
    assert list(searcher.scan(SearchRequest("bằng tin"), 10)) == []
    assert service.search(SearchRequest("bằng tin", after="")).total == 0
    assert [article.id for article in searcher.scan(SearchRequest("bằng tin", reading="close"), 10)] == [
        "cach-ly"
    ]


def test_filters_that_leave_nothing_do_not_change_the_reading(service: SearchService) -> None:
    response = service.search(SearchRequest("dân số", category=("Không có",)))
    assert (response.query.reading, response.total) == ("exact", 0)


def test_totals_orders_and_lists_are_of_one_reading(service: SearchService) -> None:
    searcher = service.searcher()
    for order in ("newest", "oldest", "relevance"):
        request = SearchRequest("công dân", sort=order)
        assert [hit.id for hit in service.search(request).hits] == ["cong-dan"]
        assert [article.id for article in searcher.scan(request, 10)] == ["cong-dan"]
    read_on = service.search(SearchRequest("công dân", after=""))
    assert (read_on.total, [hit.id for hit in read_on.hits]) == (1, ["cong-dan"])
    assert sum(value.count for value in service.search(SearchRequest("công dân")).facets["date"]) == 1


def test_a_number_nobody_bears_or_cites_finds_nothing_else(service: SearchService) -> None:
    response = service.search(SearchRequest("99/CT-UBND"))
    assert (response.total, response.relaxed) == (0, None)


def test_the_words_of_the_query_are_told(service: SearchService) -> None:
    assert service.search(SearchRequest("dân số thành phố")).query.words == (("dân", "số"), ("thành", "phố"))


def test_marks_follow_the_reading(service: SearchService) -> None:
    hits = {hit.id: hit for hit in service.search(SearchRequest("dân số")).hits}
    marked = hits["dan-so"].snippet
    assert {marked.text[start:end].lower() for start, end in marked.marks} <= {"dân số", "dân", "số"}
    for hit in service.search(SearchRequest("bão")).hits:
        wanted = "bao" if hit.id == "khong-dau" else "bão"
        assert {hit.snippet.text[start:end] for start, end in hit.snippet.marks} == {wanted}


def test_words_of_another_language_are_no_text_without_accents(
    service: SearchService, tmp_path: Path
) -> None:
    assert "tieng-anh" not in found(service, "bão")
