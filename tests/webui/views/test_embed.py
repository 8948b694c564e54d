"""The search box for pages of others: what is copied, and the script that it names."""

from __future__ import annotations

import dataclasses
import html
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient


def page(client: FlaskClient, url: str = "/embed") -> str:
    response = client.get(url)
    assert response.status_code == 200 and response.mimetype == "text/html"
    return response.text


def snippets(text: str) -> list[str]:
    return [
        html.unescape(code)
        for code in re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", text, re.DOTALL)
    ]


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_two_snippets_name_this_site(client: FlaskClient) -> None:
    form, script = snippets(page(client))
    tags = _Tags(form).found
    assert [tag for tag, _ in tags] == ["form", "label", "input", "button"]
    assert tags[0][1]["action"] == "http://localhost/search" and tags[0][1]["method"] == "get"
    assert tags[1][1]["for"] == tags[2][1]["id"] and tags[2][1]["name"] == "q"
    ((tag, attributes),) = _Tags(script).found
    assert tag == "script" and attributes["data-lang"] == "vi"
    assert client.get(str(attributes["src"])).mimetype == "text/javascript"


def test_snippets_can_be_copied_and_options_are_told(client: FlaskClient) -> None:
    text = page(client)
    copied = re.findall(r'data-copy="#([^"]*)"', text)
    assert len(copied) == 2 and all(f'<code id="{id}">' in text for id in copied)
    for option in ("data-source", "data-category", "data-lang", "data-label"):
        assert option in text


def test_the_sample_is_a_form_of_this_page_and_works(client: FlaskClient) -> None:
    sample = re.findall(r"<form.*?</form>", page(client), re.DOTALL)[-1]
    tags = dict(_Tags(sample).found)
    assert tags["form"]["action"] == "/search" and tags["form"]["method"] == "get"
    assert client.get(f"/search?{tags['input']['name']}=ke+hoach").status_code == 200


def test_english_snippets_for_english_readers(client: FlaskClient) -> None:
    form, script = snippets(page(client, "/embed?lang=en"))
    assert '<input name="lang" type="hidden" value="en">' in form and 'data-lang="en"' in script
    assert "lang" not in snippets(page(client))[0]


def test_the_page_names_the_address_that_was_set_and_no_host_is_trusted(
    client: FlaskClient, search: Any
) -> None:
    hostile = client.get("/embed", headers={"Host": 'a"><script>alert(1)</script>'}).text
    assert "alert(1)" not in hostile
    search.settings = dataclasses.replace(search.settings, site_url="https://timkiem.example.gov.vn")
    form, script = snippets(page(client))
    assert 'action="https://timkiem.example.gov.vn/search"' in form
    assert 'src="https://timkiem.example.gov.vn/embed.js"' in script


def test_the_script_is_for_pages_of_any_site_and_for_a_day(client: FlaskClient) -> None:
    response = client.get("/embed.js?utm_source=x")
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get("/embed.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=86400"


def test_the_script_is_the_same_whoever_asks(client: FlaskClient) -> None:
    plain = client.get("/embed.js").data
    assert plain == client.get("/embed.js?lang=en", headers={"Host": "evil.example"}).data
    assert b"http://" not in plain and b"https://" not in plain, "it knows no address but its own"


@pytest.mark.parametrize(
    "word", ["innerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "style="]
)
def test_the_script_uses_nothing_that_a_strict_policy_forbids(client: FlaskClient, word: str) -> None:
    assert word not in client.get("/embed.js").text


def test_the_page_is_linked_and_its_own_links_work(client: FlaskClient) -> None:
    assert 'href="/embed"' in client.get("/").text
    for _, attributes in _Tags(page(client)).found:
        href = attributes.get("href") or attributes.get("src")
        if href and not urlsplit(href).netloc and not href.startswith("#"):
            assert client.get(href).status_code == 200, href
