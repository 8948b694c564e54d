"""When two addresses are one page, and which lead to none."""

from __future__ import annotations

import pytest

from indexer.sources.site.addresses import Patterns, cleaned, id_of, is_document, key_of, no_page
from indexer.sources.site.shapes import Shapes, shape_of
from indexer.sources.values import MAX_ID


@pytest.mark.parametrize(
    "address",
    [
        "https://Lamgiang.example:443/tin?id=5&page=2#xem",
        "http://lamgiang.example/tin?page=2&id=5",
        "http://lamgiang.example/tin;jsessionid=8F2C0A77?id=5&page=2",
        "http://lamgiang.example/(S(4qsw2e55hpxkzv45lxzgrq45))/tin?id=5&page=2",
        "http://lamgiang.example/tin?id=5&PHPSESSID=ab12&page=2&utm_source=zalo&fbclid=x",
    ],
)
def test_addresses_of_one_page_have_one_key(address: str) -> None:
    clean = cleaned(address)
    assert clean is not None and key_of(clean) == "lamgiang.example/tin?id=5&page=2"


def test_addresses_of_two_pages_have_two_keys() -> None:
    pages = [
        "http://a.example/t?id=5",
        "http://a.example/t?id=6",
        "http://a.example/T?id=5",
        "http://b.example/t?id=5",
    ]
    assert len(set(map(key_of, pages))) == len(pages)


def test_letters_of_paths_are_encoded_once() -> None:
    assert cleaned("http://a.example/văn bản/x%20y") == "http://a.example/v%C4%83n%20b%E1%BA%A3n/x%20y"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "javascript:void(0)",
        "http://",
        "http://user:pass@a.example/",
        "http://[::1",
        "//a.example/x",
    ],
)
def test_what_is_no_address_of_a_page_is_none(address: str) -> None:
    assert cleaned(address) is None


def test_ids_are_addresses_and_never_too_long() -> None:
    assert id_of("a.example/x") == "a.example/x"
    long = [id_of("a.example/" + "x" * 600 + end) for end in "ab"]
    assert long[0] != long[1] and all(len(one) == MAX_ID for one in long)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://a.example/tin/bai.html", None),
        ("http://a.example/in-an-pham/so-5", None),
        ("http://a.example/tin?id=5&print=1", "print view"),
        ("http://a.example/tin?tmpl=component", "print view"),
        ("http://a.example/print/tin-5", "print view"),
        ("http://a.example/logo.png", ""),
        ("http://a.example/van-ban.pdf", ""),
        ("http://a.example/a/b/a/b/a/b/a/b", "repeats"),
        (f"http://a.example/{'x' * 3000}", "longer"),
    ],
)
def test_what_is_no_page_is_not_fetched(address: str, reason: str | None) -> None:
    found = no_page(address)
    assert found == reason if not reason else reason in (found or "")


def test_documents_are_known_by_name_and_by_what_hands_them_out() -> None:
    assert is_document("http://a.example/documents/10184/0/Kế+hoạch.docx/5d0c-77")
    assert is_document("http://a.example/Handlers/Download.ashx?id=7")
    assert not is_document("http://a.example/tin-tuc/pdf")


def test_patterns_are_of_addresses_or_paths() -> None:
    patterns = Patterns(["/tin-tuc/*", "https://a.example/van-ban/*.html"])
    assert patterns.match("http://b.example/tin-tuc/x?y=1")
    assert patterns.match("https://a.example/van-ban/1.html")
    assert not patterns.match("http://a.example/lien-he") and not Patterns([])


def test_a_kind_of_page_that_leads_nowhere_is_left_and_one_that_does_is_not() -> None:
    calendar, news = shape_of("http://a.example/lich/2026/05/"), shape_of("http://a.example/tin?page=7")
    assert calendar == shape_of("http://a.example/lich/2031/12/") and calendar != news
    shapes = Shapes()
    for _ in range(30):
        shapes.fetched(calendar)
        shapes.fetched(news)
        shapes.led_to_article("a.example/*", news)
    assert shapes.is_barren(calendar) and not shapes.is_barren(news)
