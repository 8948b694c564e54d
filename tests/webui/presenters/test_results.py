"""Arranging results: bars of dates, recent days, page sizes, facets with more values than fit."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.contract.parameters import read_request
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, QueryReading, SearchResponse
from tests.webui.conftest import FakeSearch
from webui.presenters import date_bars
from webui.presenters.choices import SIZES
from webui.presenters.results import results_view

TODAY = date(2026, 11, 25)


def read(url: str) -> SearchRequest:
    return read_request(parse_qs(urlsplit(url).query), strict_names=True)


def year(value: str, count: int, months: dict[int, int] | None = None, selected: bool = False) -> FacetValue:
    children = tuple(
        FacetValue(f"{value}-{m:02}", f"Tháng {m}/{value}", n)
        for m, n in sorted((months or {}).items(), reverse=True)
    )
    return FacetValue(value, value, count, selected, children)


def response(search: FakeSearch, **changes: object) -> SearchResponse:
    return dataclasses.replace(search.search(SearchRequest("kế hoạch")), **changes)  # type: ignore[arg-type]


def test_words_that_were_read_as_a_time_have_a_way_back(search: FakeSearch) -> None:
    query = QueryReading("giá hôm nay", as_words='giá "hôm nay"', sort="newest")
    request = SearchRequest("giá hôm nay", source=("lamgiang.example",))
    view = results_view(request, response(search, query=query), TODAY)
    assert view.as_words is not None
    assert read(view.as_words.url) == dataclasses.replace(request, text='giá "hôm nay"')
    assert [choice.selected for choice in view.sorts] == [False, True, False]


def test_years_without_articles_leave_their_place_free() -> None:
    picture = date_bars.year_bars(
        SearchRequest(), (year("2026", 37), year("2023", 1), FacetValue("none", "", 9))
    )
    assert picture is not None
    assert [bar.title for bar in picture.bars] == [
        "Năm 2023: 1 bài", "Năm 2024: 0 bài", "Năm 2025: 0 bài", "Năm 2026: 37 bài",
    ]  # fmt: skip
    assert picture.top == 50, "the round number above the highest bar"
    assert [bar.height for bar in picture.bars] == [4, 0, 0, 74]
    assert [bool(bar.url) for bar in picture.bars] == [True, False, False, True]
    assert read(picture.bars[0].url or "").date == ("2023",)
    assert [bar.label for bar in picture.bars] == ["2023", "2024", "2025", "2026"] and picture.ends is None


def test_many_years_are_bars_of_several_years_that_can_be_looked_into() -> None:
    values = tuple(year(str(n), 1) for n in range(2026, 1998, -1))
    request = SearchRequest("đất", date=("2020",), page=2)
    picture = date_bars.year_bars(request, values)
    assert picture is not None and len(picture.bars) == 7
    assert [bar.title for bar in picture.bars][:2] == ["Năm 1999: 1 bài", "Năm 2000–2004: 5 bài"]
    assert picture.ends == ("1999", "2026")
    asked = read(picture.bars[1].url or "")
    assert asked == SearchRequest("đất", date_from=date(2000, 1, 1), date_to=date(2004, 12, 31))
    within = date_bars.year_bars(asked, values)
    assert within is not None
    assert [bar.title for bar in within.bars] == [f"Năm {n}: 1 bài" for n in range(2000, 2005)]


def test_a_wrong_year_does_not_spread_the_picture() -> None:
    far = date_bars.year_bars(SearchRequest(), (year("2026", 5), year("2025", 5), year("0001", 1)))
    assert far is not None and len(far.bars) <= 12
    assert far.bars[0].title.startswith("Năm 1987")


def test_months_show_for_the_one_year_that_is_open() -> None:
    values = (year("2026", 7, {11: 2, 3: 5}, selected=True), year("2025", 1, {1: 1}))
    request = SearchRequest("đất", date=("2026",))
    picture = date_bars.month_bars(request, values)
    assert picture is not None and len(picture.bars) == 12
    assert [bar.title for bar in picture.bars if bar.url] == ["Tháng 3/2026: 5 bài", "Tháng 11/2026: 2 bài"]
    # A month stands in for its year.
    assert read(picture.bars[2].url or "").date == ("2026-03",)
    two = (year("2026", 7, {3: 7}), values[1])
    assert date_bars.month_bars(SearchRequest(), two) is None


def test_one_year_alone_shows_its_months() -> None:
    values = (year("2025", 1, {1: 1}), FacetValue("none", "", 9))
    assert date_bars.year_bars(SearchRequest(), values) is None
    picture = date_bars.month_bars(SearchRequest(), values)
    assert picture is not None and picture.bars[0].title == "Tháng 1/2025: 1 bài"
    only = SearchRequest(date_from=date(2025, 2, 1), date_to=date(2025, 9, 1))
    picture = date_bars.month_bars(only, (year("2026", 7, {3: 7}), *values))
    assert picture is not None and picture.name.endswith("2025")


def test_recent_days_are_a_start_and_are_taken_back(search: FakeSearch) -> None:
    request = SearchRequest("đất", date=("2024",), date_to=date(2024, 5, 1), page=3)
    view = results_view(request, response(search), TODAY)
    assert [choice.label for choice in view.periods] == ["7 ngày qua", "30 ngày qua", "Năm nay"]
    week = read(view.periods[0].url)
    assert week == SearchRequest("đất", date_from=date(2026, 11, 19))
    assert read(view.periods[2].url).date_from == date(2026, 1, 1)
    again = results_view(week, response(search), TODAY).periods
    assert [choice.selected for choice in again] == [True, False, False]
    assert read(again[0].url) == SearchRequest("đất")


def test_page_sizes(search: FakeSearch) -> None:
    request = SearchRequest("đất", page=4, size=20)
    sizes = results_view(request, response(search), TODAY).sizes
    assert [(read(one.url).size, read(one.url).page, one.selected) for one in sizes] == [
        (size, 1, size == 20) for size in SIZES
    ]
    assert results_view(request, response(search, total=7), TODAY).sizes == ()


def test_a_facet_with_too_many_values_leads_to_all_of_them(
    search: FakeSearch, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(FacetValue(f"s{i}.example", f"Sở thứ {i} Đà Lạt", 500 - i) for i in range(400))
    found = response(search)
    answer = dataclasses.replace(found, facets={**found.facets, "source": many})
    monkeypatch.setattr(search, "search", lambda request: answer)
    view = results_view(SearchRequest("đất"), answer, TODAY)
    facet = next(one for one in view.facets if one.name == "source")
    assert (len(facet.values), len(facet.more), facet.total) == (8, 52, 400)
    assert facet.all_url == "/search/values/source?q=%C4%91%E1%BA%A5t"

    whole = client.get(facet.all_url).text
    assert whole.count('class="choice"') == 300 and "Còn 100 mục khác" in whole
    some = client.get(f"{facet.all_url}&category=Y+tế&find=thu 39").text
    assert re.findall(r"Sở thứ (\d+)", some) == ["39", *map(str, range(390, 400))]
    assert (
        'name="source" value="s39.example"' in some
        and '<input type="hidden" name="category" value="Y tế">' in some
    )
    assert "Không có trong danh sách" in client.get(f"{facet.all_url}&find=zzz").text
    assert client.get("/search/values/nothing").status_code == 404
    assert client.get("/search/values/source?page=x").status_code == 400


@pytest.mark.parametrize(
    ("address", "asks_again"),
    [("/search?q=khong", False), ("/search?q=khong&source=x", True), ("/search?q=khong&strict=1", True)],
)
def test_where_filters_leave_nothing_the_page_says_what_there_is_without(
    search: FakeSearch, client: FlaskClient, address: str, asks_again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = search.search

    def without_filters(request: SearchRequest) -> SearchResponse:
        found = nothing(request)
        return (
            found if request.source or request.strict else dataclasses.replace(found, total=34 * asks_again)
        )

    monkeypatch.setattr(search, "search", without_filters)
    page = client.get(address).text
    assert ("sẽ có 34 bài." in page) is asks_again
    assert ("Dùng ít từ hơn, chỉ giữ" in page) is not asks_again


def test_help_has_examples_that_run(client: FlaskClient, search: FakeSearch) -> None:
    page = client.get("/help").text
    examples = re.findall(r'<td><a href="(/search\?q=[^"]+)"><code lang="vi">([^<]+)</code>', page)
    assert len(examples) > 15
    for address, _ in examples:
        assert client.get(address).status_code == 200
    assert len({request.text for request in search.requests}) == len(examples)


def test_an_article_says_how_to_cite_it(client: FlaskClient) -> None:
    page = client.get("/articles/bai-0").text
    cited = re.search(r'<p id="trich-dan">([^<]+)</p>', page)
    assert cited and cited[1] == (
        "Lam Giang ban hành Kế hoạch chuyển đổi số giai đoạn 2023 - 2025. sotttt.lamgiang.example, 17/03/2023."
        " https://sotttt.lamgiang.example/ke-hoach-74"
    )
