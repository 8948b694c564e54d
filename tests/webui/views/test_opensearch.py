"""The search as a search engine of the browser."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.suggest.completion import Suggestion

NS = "{http://a9.com/-/spec/opensearch/1.1/}"
SUGGESTIONS = "application/x-suggestions+json"


def description(client: FlaskClient, url: str = "/opensearch.xml") -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response.mimetype == "application/opensearchdescription+xml"
    return ElementTree.fromstring(response.data)


def templates(root: ElementTree.Element) -> dict[str, str]:
    return {url.attrib["type"]: url.attrib["template"] for url in root.findall(f"{NS}Url")}


def test_a_browser_learns_where_to_ask(client: FlaskClient) -> None:
    root = description(client)
    assert root.tag == f"{NS}OpenSearchDescription"
    assert root.findtext(f"{NS}ShortName") == "Tra Cứu"
    assert "văn bản" in (root.findtext(f"{NS}Description") or "")
    assert root.findtext(f"{NS}InputEncoding") == root.findtext(f"{NS}OutputEncoding") == "UTF-8"
    assert templates(root) == {
        "text/html": "http://localhost/search?q={searchTerms}",
        SUGGESTIONS: "http://localhost/opensearch/suggestions?q={searchTerms}",
        "application/atom+xml": "http://localhost/feed?q={searchTerms}",
        "application/rss+xml": "http://localhost/feed.rss?q={searchTerms}",
        "application/opensearchdescription+xml": "http://localhost/opensearch.xml",
    }


def test_every_address_of_the_description_answers(client: FlaskClient) -> None:
    root = description(client)
    for media_type, template in templates(root).items():
        response = client.get(template.replace("{searchTerms}", "k%E1%BA%BF%20ho%E1%BA%A1ch"))
        assert (response.status_code, response.mimetype) == (200, media_type)
    image = root.find(f"{NS}Image")
    assert image is not None and image.text
    assert client.get(image.text).mimetype == image.get("type") == "image/svg+xml"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Tra Cứu", "Tra Cứu"),
        ("Cổng tìm kiếm thành phố Lam Giang", "Cổng tìm kiếm"),
        ("timkiem.lamgiang.example", "timkiem.lamgiang"),
        ("Tìm <kiếm> & \x00", "Tìm <kiếm> &"),
    ],
)
def test_the_name_is_short_and_whole(client: FlaskClient, search: Any, name: str, short: str) -> None:
    search.settings = dataclasses.replace(search.settings, site_name=name)
    assert description(client).findtext(f"{NS}ShortName") == short and len(short) <= 16


def test_the_address_of_the_site_is_the_one_that_was_set(client: FlaskClient, search: Any) -> None:
    search.settings = dataclasses.replace(search.settings, site_url="https://timkiem.example.gov.vn")
    assert all(
        one.startswith("https://timkiem.example.gov.vn/") for one in templates(description(client)).values()
    )


def test_the_description_is_sent_again_only_when_it_changes(client: FlaskClient) -> None:
    tag = client.get("/opensearch.xml").headers["ETag"]
    assert client.get("/opensearch.xml", headers={"If-None-Match": tag}).status_code == 304


def suggested(client: FlaskClient, query: str) -> Any:
    response = client.get(f"/opensearch/suggestions?{query}")
    assert response.status_code == 200 and response.mimetype == SUGGESTIONS
    return json.loads(response.data)


def test_suggestions_are_four_lists(
    client: FlaskClient, search: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        Suggestion("74/KH-UBND", "number", 1203),
        Suggestion("kế hoạch", "phrase", 12),
        Suggestion("Kế hoạch “số”", "title", 1, "/articles/bai-0"),
    ]
    monkeypatch.setattr(search, "suggest", lambda prefix, limit: found[:limit])
    assert suggested(client, "q=k%E1%BA%BF+") == [
        "kế ",
        ["74/KH-UBND", "kế hoạch", "Kế hoạch “số”"],
        ["1.203 bài", "12 bài", "1 bài"],
        [
            "http://localhost/search?q=74%2FKH-UBND",
            "http://localhost/search?q=k%E1%BA%BF+ho%E1%BA%A1ch",
            "http://localhost/articles/ke-hoach-so--bai-0",
        ],
    ]


def test_nothing_typed_and_odd_words_are_no_errors(client: FlaskClient, search: Any) -> None:
    assert suggested(client, "")[0] == ""
    assert suggested(client, "q=ho%CC%80a&client=firefox")[0] == "ho\u0300a", "as it was typed"
    assert suggested(client, "q=%00%EF%BF%BF")[0] == "\x00\uffff"
    assert client.get("/opensearch/suggestions?q=" + "a" * 513).status_code == 400
