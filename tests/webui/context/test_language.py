"""Two languages: which one answers, that links hand it on, and that the English is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import flask.testing
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import webui
from webui.context.translation import CATALOGS

WEBUI = Path(webui.__file__).parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None, "ngettext": (1, 1), "lazy_gettext": None, "_": None,
}  # fmt: skip
HOLES = re.compile(r"%\(\w+\)s|<[^>]+>")


def messages() -> Iterator[str]:
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trimmed": "true"}}
    for _, _, message, _, _ in extract_from_dir(WEBUI, methods, options, KEYWORDS):
        yield message if isinstance(message, str) else message[0]


def english() -> dict[str, tuple[str, ...]]:
    with (CATALOGS / "en.po").open("rb") as file:
        catalog = read_po(file, "en")
    found: dict[str, tuple[str, ...]] = {}
    for one in catalog:
        if one.id and not one.fuzzy:
            strings = one.string or ""
            found[one.id if isinstance(one.id, str) else one.id[0]] = (
                (strings,) if isinstance(strings, str) else tuple(strings)
            )
    return found


def test_every_word_has_its_english_and_none_is_left_over() -> None:
    found = set(messages())
    assert len(found) > 250
    assert found == set(english())


def test_english_fills_in_what_vietnamese_does() -> None:
    for vietnamese, strings in english().items():
        for string in strings:
            assert string.strip(), vietnamese
            assert sorted(HOLES.findall(string)) == sorted(HOLES.findall(vietnamese)), vietnamese


@pytest.mark.parametrize(
    ("address", "accepts", "expected"),
    [
        ("/", "", "vi"),
        ("/", "en-GB,en;q=0.8", "en"),
        ("/", "fr,vi;q=0.5", "vi"),
        ("/?lang=en", "vi", "en"),
        ("/?lang=vi", "en", "vi"),
        ("/search?q=đất&lang=en", "", "en"),
        ("/khong-co?lang=en", "", "en"),
        ("/?lang=xx", "en", "en"),
    ],
)
def test_the_address_decides_then_the_browser(
    client: flask.testing.FlaskClient, address: str, accepts: str, expected: str
) -> None:
    response = client.get(address, headers={"Accept-Language": accepts})
    assert f'<html lang="{expected}">' in response.text
    assert "Accept-Language" in response.headers["Vary"]


def test_a_stated_language_goes_along(client: flask.testing.FlaskClient) -> None:
    for address in ("/", "/search?q=kế+hoạch", "/articles/bai-0?q=kế", "/directives", "/help", "/khong-co"):
        stated = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
        links = [
            link.replace("&amp;", "&")
            for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', stated)
            if not re.match(r"/(articles/[^?]*/files/\d+$|search\.|feed|directives/.*/(citing|feed))", link)
        ]
        assert links
        kept = [link for link in links if "lang=en" in link]
        others = [link for link in links if link not in kept]
        # The link to the other language, and nothing else.
        assert len(others) == 1 and "lang=vi" in others[0], others
        forms = re.findall(r"<form .*?</form>", stated, re.DOTALL)
        assert forms
        for form in forms:
            assert 'name="lang" value="en"' in form
        assert "lang=en" not in re.sub(r'<a [^>]*hreflang="en"[^>]*>', "", client.get(address).text)


def test_the_link_to_the_other_language_keeps_the_search(client: flask.testing.FlaskClient) -> None:
    page = client.get('/search?q="đất đai"&source=a.example&source=b.example&lang=vi&page=2').text
    link = re.search(r'href="([^"]*)" lang="en" hreflang="en"', page)
    assert link
    address = link[1].replace("&amp;", "&")
    assert "lang=en" in address and "page=2" in address and address.count("source=") == 2
    assert "%22%C4%91%E1%BA%A5t" in address


def test_numbers_days_and_readings_are_in_the_style_of_the_language(
    client: flask.testing.FlaskClient,
) -> None:
    vietnamese, english_page = (client.get(f"/search?q=74/KH-UBND&lang={code}").text for code in ("vi", "en"))
    assert "1.128 kết quả" in vietnamese and "17/03/2023" in client.get("/articles/bai-0").text
    assert "1,128 results" in english_page
    assert "17 Mar 2023" in client.get("/articles/bai-0?lang=en").text


def test_what_is_said_once_is_not_said_in_that_language_for_ever(client: flask.testing.FlaskClient) -> None:
    """Jinja works out filters of constants when it compiles, that is for the first visitor."""
    assert "No date" in client.get("/search?q=kế&lang=en").text
    page = client.get("/search?q=kế&lang=vi").text
    assert "No date" not in page and "Không rõ ngày đăng" in page


def test_what_articles_say_is_marked_as_vietnamese_on_an_english_page(
    client: flask.testing.FlaskClient,
) -> None:
    assert '<p class="snippet" lang="vi">' in client.get("/search?q=kế&lang=en").text
    assert '<p class="snippet">' in client.get("/search?q=kế&lang=vi").text


def test_english_pages_have_no_vietnamese_of_ours(client: flask.testing.FlaskClient) -> None:
    """Letters that only Vietnamese has stand in elements that say so."""
    for address in ("/help", "/directives", "/khong-co", "/search?page=x"):
        page = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
        page = re.sub(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", " ", page)
        assert not re.findall(
            r"\S*[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\S*", text.replace("Tra Cứu", "")
        ), address
