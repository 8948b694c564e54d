"""Parameters -> SearchRequest: what is read, and what is refused, all of it at once."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.contract.limits import PARAMETERS, REPEATABLE
from indexer.contract.parameters import read_request
from indexer.errors import ParameterError
from indexer.search.request import SearchRequest


def read(**params: str | list[str]) -> SearchRequest:
    lists = {name.strip("_"): [v] if isinstance(v, str) else v for name, v in params.items()}
    return read_request(lists, strict_names=True)


def errors(params: dict[str, list[str]], strict_names: bool = True) -> dict[str, str]:
    with pytest.raises(ParameterError) as caught:
        read_request(params, strict_names=strict_names)
    return caught.value.errors


def test_nothing_asked_is_the_default_request() -> None:
    assert read_request({}, strict_names=True) == SearchRequest()


def test_empty_fields_of_a_form_count_as_not_given() -> None:
    assert (
        read(q="", from_="", to="", in_="", sort="", page="", size=" ", source=["", " "]) == SearchRequest()
    )


def test_every_parameter_is_read() -> None:
    assert read(
        q="kế hoạch", source=["a.example", "b.example"], category="Y tế", type="Kế hoạch", issuer="UBND",
        file_type="pdf", date=["2024", "2023-11", "none"], from_="2023", to="2024-02", in_="title", sort="oldest",
        page="3", size="20", strict="1", lang="vi",
    ) == SearchRequest(
        text="kế hoạch", source=("a.example", "b.example"), category=("Y tế",), type=("Kế hoạch",),
        issuer=("UBND",), file_type=("pdf",), date=("2024", "2023-11", "none"), date_from=date(2023, 1, 1),
        date_to=date(2024, 2, 29), area="title", sort="oldest", page=3, size=20, strict=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-11-22", date(2024, 11, 22), date(2024, 11, 22)),
    ],
)
def test_from_begins_and_to_ends_a_period(given: str, first: date, last: date) -> None:
    request = read(from_=given, to=given)
    assert (request.date_from, request.date_to) == (first, last)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"), ("page", "-1"), ("page", "1.5"), ("page", "٣"), ("page", "9" * 5000), ("page", "1 "),
        ("size", "0"), ("size", "101"), ("size", "ten"),
        ("sort", "best"), ("in", "body,title"), ("strict", "yes"), ("lang", "fr"),
        ("date", "2024-13"), ("date", "2024-11-22"), ("date", "24"), ("date", "0000"), ("date", "None"),
        ("from", "22/11/2024"), ("from", "2024-02-30"), ("to", "hôm nay"), ("to", "2024-1"),
        ("source", "a\x00b"), ("source", "\ud800"), ("category", "x" * 513),
        ("q", "a" * 513), ("q", "e\u0302\u0301" * 513),
    ],
)  # fmt: skip
def test_a_bad_value_is_named(name: str, value: str) -> None:
    assert list(errors({name: [value]})) == [name]


def test_all_bad_parameters_are_named_together() -> None:
    bad = errors({"page": ["x"], "size": ["0"], "from": ["?"], "utm_source": ["mail"], "date": ["y"]})
    assert set(bad) == {"page", "size", "from", "utm_source", "date"}


def test_unknown_names_are_bad_only_where_asked() -> None:
    assert read_request({"utm_source": ["mail"], "q": ["a"]}, strict_names=False) == SearchRequest(text="a")
    assert list(errors({"utm_source": ["mail"]})) == ["utm_source"]


def test_a_single_parameter_given_twice_is_bad_unless_both_say_the_same() -> None:
    assert list(errors({"q": ["a", "b"]})) == ["q"]
    assert read(page=["2", "2"]).page == 2


def test_page_times_size_has_an_end() -> None:
    assert read(page="100", size="100").page == 100
    assert list(errors({"page": ["101"], "size": ["100"]})) == ["page"]
    assert list(errors({"page": ["1001"]})) == ["page"]


def test_too_many_values_are_bad_and_fifty_are_not() -> None:
    assert len(read(source=[f"s{i}" for i in range(50)]).source) == 50
    assert list(errors({"source": [f"s{i}" for i in range(51)]})) == ["source"]


def test_a_range_that_ends_before_it_begins_is_bad() -> None:
    assert list(errors({"from": ["2024-06"], "to": ["2024-05"]})) == ["to"]


def test_length_counts_composed_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "ế" * 512)
    assert read(q=decomposed).text == "ế" * 512


def test_controls_in_a_query_become_blanks() -> None:
    assert read(q="\tkế\x00hoạch\n\ud800").text == "kế hoạch"


def test_values_are_composed_and_given_once() -> None:
    assert read(category=["Y tế", unicodedata.normalize("NFD", "Y tế"), "Y tế "]).category == ("Y tế",)


_text = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(["2024", "1", "none", "a" * 600])
_params = st.dictionaries(
    st.sampled_from(sorted(PARAMETERS)) | _text, st.lists(_text, max_size=3), max_size=6
)


@given(_params, st.booleans())
def test_anything_is_read_or_refused_by_name(params: dict[str, list[str]], strict_names: bool) -> None:
    try:
        request = read_request(params, strict_names=strict_names)
    except ParameterError as error:
        assert error.errors
        str(error).encode()
        return
    assert len(request.text) <= 512 and request.page * request.size <= 10_000
    for text in (request.text, *(value for name in REPEATABLE for value in getattr(request, name))):
        text.encode()
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(c) == "Cc" for c in text)


def test_people_who_give_two_days_the_wrong_way_round_get_the_days_between() -> None:
    found = read_request({"from": ["2024-06"], "to": ["2024-05-20"], "source": ["a"]}, strict_names=False)
    assert (found.date_from, found.date_to) == (date(2024, 5, 20), date(2024, 6, 30))
    assert found.source == ("a",)
