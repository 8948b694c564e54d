"""What a search finds, in which order and with which counts: golden cases on every engine."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.errors import IndexMissingError, NotFoundError
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import ARTICLES, index


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings)
    return open_search(settings)


def found(service: SearchService, text: str, **more: object) -> list[str]:
    return [hit.id for hit in service.search(SearchRequest(text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("hòa bình", ["hoa-binh"], id="as typed, not with other accents"),
        pytest.param("hoà bình", ["hoa-binh"], id="new-style tone mark"),
        pytest.param("HÒA BÌNH", ["hoa-binh"], id="capitals"),
        pytest.param("ho\u0300a bi\u0300nh", ["hoa-binh"], id="decomposed"),
        pytest.param('"hòa bình"', ["hoa-binh"], id="a quoted phrase is strict about typed accents"),
        pytest.param('"hoa binh"', {"hoa-binh", "hoa-tuoi"}, id="and free about those not typed"),
        pytest.param('"ủy ban nhan dân"', {"hoa-binh", "ke-hoach"}, id="mixed phrase, strict per syllable"),
        pytest.param('"ùy ban nhan dân"', [], id="mixed phrase with a wrong accent"),
        pytest.param("uy ban nhan dan", {"hoa-binh", "ke-hoach"}, id="without accents"),
        pytest.param("hoc phi", ["hoc-phi"], id="not what is for staff"),
        pytest.param("chợ OR học khó", {"hoc-phi"}, id="or binds neighbours, then all"),
        pytest.param("chợ OR học phí", {"hoc-phi", "hoa-tuoi"}, id="or takes whole words"),
        pytest.param("(chợ hoa) OR (học phí)", {"hoc-phi", "hoa-tuoi"}, id="brackets"),
        pytest.param("hoa -chợ", ["hoa-binh"], id="negation"),
        pytest.param("hoa -cho", ["hoa-binh"], id="negation without accents"),
        pytest.param("hoa -chỗ", {"hoa-binh", "hoa-tuoi"}, id="negation with accents means those"),
        pytest.param("tiêu đề: chợ", ["hoa-tuoi"], id="title"),
        pytest.param("tiêu đề: phường", [], id="title only"),
        pytest.param("nguồn:báo", {"hoa-binh", "hoa-tuoi"}, id="a word of the source"),
        pytest.param('nguon:"bao lam giang" le', ["hoa-binh"], id="source without accents"),
        pytest.param("kinh t*", ["hoc-phi"], id="beginning of one letter after a word"),
        pytest.param("miễn gi*", ["hoc-phi"], id="beginning"),
        pytest.param("hoc phij~", ["hoc-phi"], id="one typo"),
        pytest.param("38-CT/TW", ["chi-thi", "ke-hoach"], id="the document before what cites it"),
        pytest.param("38-ct/tw", ["chi-thi", "ke-hoach"], id="number in lower case"),
        pytest.param("viện dẫn:38-CT/TW", ["ke-hoach"], id="cites"),
        pytest.param("số:38-CT/TW", ["chi-thi"], id="own number"),
        pytest.param("74/KH-UBND", ["ke-hoach"], id="number from a file name"),
        pytest.param("81/2021/NĐ-CP", ["hoc-phi"], id="cited number"),
        pytest.param("tệp:signed", ["ke-hoach"], id="file name"),
        pytest.param("ngày:2023", ["hoc-phi"], id="a day of the year in local time"),
        pytest.param("ngày:[2024-01 TO 2024-03]", ["hoa-binh", "hoa-tuoi"], id="range, newest first"),
        pytest.param("ngày:none", {"chi-thi", "ma-doc"}, id="undated"),
        pytest.param("không tồn tại đâu", [], id="nothing"),
    ],
)  # fmt: skip
def test_finds(service: SearchService, query: str, ids: list[str] | set[str]) -> None:
    hits = found(service, query)
    assert (set(hits) if isinstance(ids, set) else hits) == ids


@pytest.fixture(scope="module", params=ENGINES)
def spellings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    # The ids are in the order opposite to the expected one, which so is never that of ties.
    forms = {"c": "đường ven sông", "b": "đương ven sông", "a": "dưỡng ven sông", "d": "đò ngang bến cũ"}
    index(settings, [Article(id, "", body) for id, body in forms.items()])
    return open_search(settings)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("đường", ["c", "b", "a"], id="exact, tone missing, other accents"),
        pytest.param("ĐƯƠNG", ["b", "c", "a"], id="tone missing in the query"),
        pytest.param("dưỡng", ["a", "b", "c"], id="two other accents are equal"),
        pytest.param("duong", ["a", "b", "c"], id="typed without accents all are equal"),
        pytest.param("đường ven song", ["c", "b", "a"], id="syllable by syllable"),
        pytest.param("duong ven sông", ["a", "b", "c"], id="only the syllables typed with accents"),
    ],
)
def test_strength_of_accents(spellings: SearchService, query: str, ids: list[str]) -> None:
    assert found(spellings, query, reading="close") == ids


def test_a_title_with_all_the_words_comes_before_a_text_full_of_them(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    often = "Giá vé xe buýt tăng, giá vé xe buýt giảm. " * 9
    long = "Thành phố cho biết quy định có hiệu lực ngay trong tháng năm này. " * 40
    articles = [
        Article("thua", "Chuyện dọc đường", often),
        Article("dung", "Giá vé xe buýt có trợ giá", long),
    ]
    index(settings, articles)
    service = open_search(settings)
    assert found(service, "giá vé xe buýt") == ["dung", "thua"]
    assert found(service, "gia ve xe buyt") == ["dung", "thua"]


def test_strict_has_no_ranks_of_accents(spellings: SearchService) -> None:
    assert found(spellings, "đường", strict=True) == ["c"]
    assert found(spellings, "duong", strict=True) == []


def test_strict_takes_accents_as_typed(service: SearchService) -> None:
    assert found(service, "hòa bình", strict=True) == ["hoa-binh"]
    assert found(service, "hoa", strict=True) == ["hoa-tuoi"]


def test_areas(service: SearchService) -> None:
    assert set(found(service, "chỉ thị", area="title")) == {"chi-thi", "ke-hoach"}
    assert found(service, "hoà bình quảng trường", area="body") == []
    assert found(service, "lễ hội", area="body") == ["hoa-binh"]


def test_everything_is_newest_first_undated_last(service: SearchService) -> None:
    newest = ["ke-hoach", "hoa-binh", "hoa-tuoi", "hoc-phi", "chi-thi", "ma-doc"]
    assert found(service, "*") == found(service, "") == newest
    assert found(service, "", sort="oldest") == [*reversed(newest[:4]), "chi-thi", "ma-doc"]


def test_facets_ignore_their_own_filter_only(service: SearchService) -> None:
    response = service.search(SearchRequest(source=("Báo Lam Giang",), category=("Đời sống",)))
    assert [hit.id for hit in response.hits] == ["hoa-tuoi"]
    counts = {v.value: (v.count, v.selected) for v in response.facets["source"]}
    assert counts == {"Báo Lam Giang": (1, True), "lamgiang.example": (1, False)}
    assert {v.value: v.count for v in response.facets["category"]} == {"Văn hóa": 1, "Đời sống": 1}


def test_ticked_values_are_joined_by_or(service: SearchService) -> None:
    assert found(service, "", category=("Văn hóa", "Giáo dục")) == ["hoa-binh", "hoc-phi"]


def test_date_facet_is_a_tree_with_the_undated_last(service: SearchService) -> None:
    response = service.search(SearchRequest(date=("2024-01", "none")))
    assert {hit.id for hit in response.hits} == {"hoa-tuoi", "chi-thi", "ma-doc"}
    dates = response.facets["date"]
    assert [(v.value, v.count) for v in dates] == [("2024", 3), ("2023", 1), ("none", 2)]
    assert [(v.value, v.label, v.count, v.selected) for v in dates[0].children] == [
        ("2024-11", "Tháng 11/2024", 1, False),
        ("2024-03", "Tháng 3/2024", 1, False),
        ("2024-01", "Tháng 1/2024", 1, True),
    ]
    assert dates[2].selected and dates[2].label == "Không rõ ngày đăng"


def test_from_and_to_are_inclusive_local_days(service: SearchService) -> None:
    day = date(2023, 9, 1)
    assert found(service, "", date_from=day, date_to=day) == ["hoc-phi"]


def test_pages_join_without_gap_or_overlap(service: SearchService) -> None:
    whole = found(service, "", size=100)
    parts = [id for page in (1, 2, 3, 4) for id in found(service, "", size=2, page=page)]
    assert parts == whole
    assert found(service, "", size=2, page=50) == []


def test_relaxed_reading_follows_where_little_is_found(service: SearchService) -> None:
    response = service.search(SearchRequest("hội chợ hoa"))
    assert response.total == 0
    assert response.relaxed is not None
    assert {hit.id for hit in response.relaxed.hits} >= {"hoa-tuoi", "hoa-binh"}
    first = service.search(SearchRequest("chợ hoa"))
    assert first.relaxed is None or "hoa-tuoi" not in {hit.id for hit in first.relaxed.hits}


def test_marks_are_on_the_nfc_text(service: SearchService) -> None:
    hit = service.search(SearchRequest("HOA BINH")).hits[0]
    assert [hit.title.text[a:b] for a, b in hit.title.marks] == ["hòa bình"]


def test_interpretation_speaks_the_language_of_the_request(service: SearchService) -> None:
    found = service.search(SearchRequest('ke hoach -"giáo viên"', language="en"))
    assert found.query.interpretation == (
        "“ke hoach”: found with and without diacritics",
        "without: “giáo viên”",
    )


def test_a_strict_query_is_not_said_to_be_read_loosely(service: SearchService) -> None:
    assert service.search(SearchRequest("ke hoach", strict=True)).query.interpretation == ()


def test_a_query_without_words_is_said_to_be_one(service: SearchService) -> None:
    for text in ('"', "?!", '("))'):
        response = service.search(SearchRequest(text))
        assert response.query.interpretation == ("chưa có từ nào để tìm nên hiện tất cả",)
        assert response.total == service.search(SearchRequest("*")).total
    for text in ("", " ", "*"):
        assert service.search(SearchRequest(text)).query.interpretation == ()


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        pytest.param("ke hoach", (), id="what is marked in the hits says that accents may be left out"),
        pytest.param("ban", ("“ban”: tìm cả chữ có dấu và không dấu",), id="one syllable may be many words"),
        pytest.param("74/KH-UBND", (), id="a number as it was typed"),
        pytest.param("10%", (), id="a share as it was typed"),
        pytest.param("xyzt", (), id="what is no syllable has no accents"),
        pytest.param(
            'ke hoach "chuyển đổi"', ("cụm từ chính xác “chuyển đổi”",), id="only what is worth saying"
        ),
    ],
)
def test_the_page_says_of_the_reading_only_what_helps(
    service: SearchService, text: str, remarks: tuple[str, ...]
) -> None:
    query = service.search(SearchRequest(text)).query
    assert query.remarks == remarks
    assert set(remarks) <= set(query.interpretation)


def test_interpretation_says_how_the_query_was_read(service: SearchService) -> None:
    response = service.search(SearchRequest("ke hoach 38-CT/TW"))
    assert response.query.interpretation == (
        "“ke hoach”: tìm cả chữ có dấu và không dấu",
        "số, ký hiệu 38-CT/TW",
    )


def test_what_is_for_staff_is_nowhere(service: SearchService) -> None:
    response = service.search(SearchRequest(size=100))
    assert "noi-bo" not in {hit.id for hit in response.hits}
    assert "nội bộ" not in {value.value for value in response.facets["source"]}
    assert found(service, "nguồn:nội") == []
    for look_up in (service.searcher().articles.view, service.searcher().articles.by_id):
        with pytest.raises(NotFoundError):
            look_up("noi-bo")


def test_article_view_marks_the_query(service: SearchService) -> None:
    view = service.searcher().articles.view("hoa-tuoi", "cho hoa")
    assert [view.title.text[a:b] for a, b in view.title.marks] == ["Chợ hoa"]
    with pytest.raises(NotFoundError):
        service.searcher().articles.view("khong-co")


def test_a_reader_sees_a_later_commit(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(settings, ARTICLES[:1])
    service = open_search(settings)
    assert found(service, "") == ["hoa-binh"]
    index(settings, [replace(ARTICLES[0], id="new", body="Một bài khác.")])
    assert set(found(service, "")) == {"hoa-binh", "new"}


def test_no_index_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="tracuu index"):
        open_search(Settings(data=tmp_path))
