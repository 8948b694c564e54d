"""The address is the state: what it says is what is read from it again."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.contract.parameters import read_request
from indexer.search.request import SearchRequest
from webui.presenters import links
from webui.presenters.ticks import Ticks, toggled

_value = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).map(
    lambda text: read_request({"q": [text]}, strict_names=True).text
)
_values = st.lists(_value.filter(bool), max_size=3, unique=True).map(tuple)
_requests = st.builds(
    SearchRequest,
    text=_value,
    source=_values,
    category=_values,
    date=st.lists(st.sampled_from(["2024", "2023-11", "none"]), unique=True).map(tuple),
    date_from=st.none() | st.dates(max_value=date(2020, 1, 1)),
    date_to=st.none() | st.dates(min_value=date(2020, 1, 1)),
    area=st.sampled_from(["all", "title", "files"]),
    sort=st.sampled_from([None, "relevance", "newest"]),
    page=st.integers(1, 100),
    size=st.integers(1, 100),
    strict=st.booleans(),
)


def read(url: str) -> SearchRequest:
    return read_request(parse_qs(urlsplit(url).query), strict_names=True)


@given(_requests)
def test_an_address_says_the_whole_request(request: SearchRequest) -> None:
    assert read(links.search_url(request)) == request


def test_defaults_are_left_out() -> None:
    assert links.search_url(SearchRequest()) == "/search"
    assert links.search_url(SearchRequest(text="a b&c")) == "/search?q=a+b%26c"


@given(_requests, _value.filter(bool))
def test_ticking_twice_is_not_ticking(request: SearchRequest, value: str) -> None:
    once = toggled(request, "source", value)
    assert (value in once.source) is not (value in request.source)
    assert set(toggled(once, "source", value).source) == set(request.source)
    assert once.page == 1


@given(_requests, st.sampled_from(["source", "category", "date"]), _value.filter(bool))
def test_ticks_have_the_addresses_of_what_they_lead_to(
    request: SearchRequest, facet: str, value: str
) -> None:
    for tick in (value, "2023", *getattr(request, facet)):
        assert Ticks(request, facet).url(tick) == links.search_url(toggled(request, facet, tick))


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (("2024",), "2023", ("2024", "2023")),
        (("2024", "none"), "2024-11", ("none", "2024-11")),
        (("2024-11", "2024-12", "2023-01"), "2024", ("2023-01", "2024")),
        (("2024-11",), "2024-12", ("2024-11", "2024-12")),
        (("2024-11", "2024-12"), "2024-11", ("2024-12",)),
    ],
)
def test_a_month_and_its_year_replace_each_other(
    before: tuple[str, ...], value: str, after: tuple[str, ...]
) -> None:
    assert toggled(SearchRequest(date=before), "date", value).date == after


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        (" http://a.example ", "http://a.example"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("http://[::1", None),
        ("/etc/passwd", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, shown: str | None) -> None:
    assert links.outside_url(url) == shown
