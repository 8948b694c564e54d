"""Words that say when, as order and range of what is found: golden cases on every engine."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

NOW = datetime.now(Settings().zone)
ARTICLES = (
    Article("nay", "Giá xăng giảm", "Giá xăng nay giảm nhẹ.", published=NOW),
    Article(
        "cu", "Giá xăng, giá xăng, giá xăng", "Giá xăng và giá xăng.", published=NOW - timedelta(days=800)
    ),
    Article("chu", "Chuyện hôm nay", "Hôm nay nói về giá xăng.", published=NOW - timedelta(days=900)),
    Article("lu", "Lũ lớn", "Lũ trên sông.", published=NOW - timedelta(days=700)),
    Article("lu-cu", "Lũ, lũ, lũ", "Lũ, lũ và lũ.", published=NOW - timedelta(days=750)),
    Article("gia-ve", "Giá vé tàu", "Giá vé tàu dịp lễ.", published=NOW - timedelta(days=800)),
    Article("gia-ve-khac", "Chuyện vặt", "Thu giữ hàng giả. Lớp học vẽ.", published=NOW),
    Article("lu-khong-ngay", "Lũ năm nào", "Lũ."),
)


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    index(settings, ARTICLES)
    return open_search(settings)


def search(service: SearchService, text: str, **more: object) -> SearchResponse:
    return service.search(SearchRequest(text, **more))  # type: ignore[arg-type]


def ids(found: SearchResponse) -> list[str]:
    return [hit.id for hit in found.hits]


@pytest.mark.parametrize(
    "typed", ["giá xăng hôm nay", "gia xang hom nay", "giá xăng tháng này", "năm nay giá xăng"]
)
def test_a_range_is_what_is_found(service: SearchService, typed: str) -> None:
    found = search(service, typed)
    assert (found.total, ids(found)) == (1, ["nay"])


def test_what_was_meant_comes_before_its_syllables_in_that_time(service: SearchService) -> None:
    found = search(service, "giá vé năm nay")
    assert (found.query.reading, ids(found)) == ("exact", ["gia-ve"])
    assert "không có bài như vậy" in found.query.interpretation[0]


@pytest.mark.parametrize("typed", ["giá xăng mới nhất", "moi nhat gia xang"])
def test_the_newest_come_first(service: SearchService, typed: str) -> None:
    found = search(service, typed)
    assert ids(found) == ["nay", "cu", "chu"]
    assert found.query.sort == "newest"


def test_the_page_says_so_and_offers_the_way_back(service: SearchService) -> None:
    found = search(service, "giá xăng hôm nay")
    assert "“hôm nay”: theo ngày đăng" in found.query.interpretation
    assert (
        "“hôm nay”: by date of publication"
        in search(service, "giá xăng hôm nay", language="en").query.interpretation
    )
    assert found.query.as_words == 'giá xăng "hôm nay"'
    assert ids(search(service, found.query.as_words)) == ["chu"]


def test_where_nothing_was_published_then_the_newest_come(service: SearchService) -> None:
    found = search(service, "lũ hôm nay")
    assert ids(found) == ["lu", "lu-cu", "lu-khong-ngay"]
    assert (
        "“hôm nay”: không có bài như vậy đăng trong thời gian này, nên hiện bài mới nhất trước"
        in found.query.interpretation
    )


def test_what_is_chosen_says_more_than_words(service: SearchService) -> None:
    assert ids(search(service, "lũ mới nhất", sort="oldest"))[0] == "lu-cu"
    day = (NOW - timedelta(days=800)).date()
    assert ids(search(service, "giá xăng hôm nay", date_from=day, date_to=day)) == ["cu"]


def test_strict_is_as_typed(service: SearchService) -> None:
    assert ids(search(service, "giá xăng hôm nay", strict=True)) == ["chu"]


def test_the_words_are_not_marked(service: SearchService) -> None:
    hit = search(service, "giá xăng hôm nay").hits[0]
    assert "nay" in hit.snippet.text
    assert not any("nay" in hit.snippet.text[start:end] for start, end in hit.snippet.marks)
