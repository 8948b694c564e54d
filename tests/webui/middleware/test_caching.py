"""What clients need not be told again, what they may share, and in how few bytes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.search.service import SearchService
from indexer.settings import Settings
from indexer.suggest.vocabulary import VocabularyReader
from tests.collection import ARTICLES, index, indexed, served
from webui import create_app

URLS = [
    "/",
    "/search?q=hoa",
    "/api/v1/search?q=hoa",
    "/articles/ke-hoach",
    "/directives",
    "/api/v1/directives/38-ct-tw",
]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path, trusted_proxies=1, staff_header="X-Staff")
    indexed(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


@pytest.mark.parametrize("url", URLS)
def test_what_has_not_changed_is_not_sent_again(
    client: FlaskClient, service: SearchService, url: str
) -> None:
    first = client.get(url)
    tag = first.headers["ETag"]
    again = client.get(url, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert set(first.headers["Vary"].split(", ")) <= set(again.headers["Vary"].split(", "))
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
    index(service.settings, [replace(ARTICLES[0], title="Hoa khác")])
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_nothing_is_searched_for_what_the_client_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/api/v1/search?q=hoa").headers["ETag"]
    monkeypatch.setattr(SearchService, "search", lambda *_: pytest.fail("searched"))
    assert client.get("/api/v1/search?q=hoa", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("url", [*URLS, "/help", "/embed", "/api/v1/openapi.json", "/api/v1/docs"])
def test_a_wrong_key_is_refused_everywhere(client: FlaskClient, url: str) -> None:
    assert client.get(url, headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize(
    ("url", "status"), [("/articles/none", 404), ("/api/v1/articles/none", 404), ("/api/v1/tasks/1", 401)]
)
def test_any_tag_is_none_of_what_is_not_there(client: FlaskClient, url: str, status: int) -> None:
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == status


@pytest.mark.parametrize("url", ["/search?q=hoa", "/api/v1/search?q=hoa", "/api/v1/articles/hoa-binh"])
def test_any_tag_is_one_of_what_is_there(client: FlaskClient, url: str) -> None:
    answer = client.get(url, headers={"If-None-Match": "*"})
    assert answer.status_code == 304 and not answer.data and answer.headers["ETag"]


def test_tags_differ_by_address_language_and_audience(client: FlaskClient, service: SearchService) -> None:
    _, given = KeyStore(service.settings.data).create("a", ["staff"])
    tags = [
        client.get(url, headers=headers).headers["ETag"]
        for url, headers in (
            ("/search?q=hoa", {}),
            ("/search?q=hoc", {}),
            ("/search?q=hoa", {"Accept-Language": "en"}),
            ("/search?q=hoa", {"Authorization": f"Bearer {given}"}),
        )
    ]
    assert len(set(tags)) == 4
    as_public = client.get("/search?q=hoa", headers={"If-None-Match": tags[3]})
    assert as_public.status_code == 200
    as_staff = client.get("/search?q=hoa", headers={"If-None-Match": tags[3], "X-Staff": "a"})
    assert as_staff.status_code == 304 and "private" in as_staff.headers["Cache-Control"]
    bad = client.get("/search?q=hoa", headers={"If-None-Match": tags[0], "Authorization": "Bearer x"})
    assert bad.status_code == 401


@pytest.mark.parametrize("url", ["/search?q=hoa+bihn", "/api/v1/search?q=hoa+bihn"])
def test_a_page_that_may_lack_a_correction_has_no_tag(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with monkeypatch.context() as unread:
        unread.setattr(VocabularyReader, "read", lambda *_: None)
        poorer = client.get(url)
        assert poorer.status_code == 200 and "ETag" not in poorer.headers
        assert client.get("/search?q=38-CT/TW").headers["ETag"], "nothing could be corrected there"
        assert client.get("/").headers["ETag"]
    tag = client.get(url).headers["ETag"]
    # Whoever has the whole page keeps it, whatever this process has read.
    monkeypatch.setattr(VocabularyReader, "read", lambda *_: None)
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_errors_have_no_tag(client: FlaskClient) -> None:
    for url in ("/search?page=x", "/articles/none", "/api/v1/search?x=1"):
        assert "ETag" not in client.get(url).headers


def test_the_tag_of_an_article_is_of_the_article_alone(client: FlaskClient, service: SearchService) -> None:
    tags = {id: client.get(f"/api/v1/articles/{id}").headers["ETag"] for id in ("hoa-binh", "hoa-tuoi")}
    index(service.settings, [replace(ARTICLES[0], title="Khác")])
    after = {id: client.get(f"/api/v1/articles/{id}").headers["ETag"] for id in tags}
    assert after["hoa-tuoi"] == tags["hoa-tuoi"] and after["hoa-binh"] != tags["hoa-binh"]
    assert not after["hoa-tuoi"].startswith("W/")


STREAMED = ("/search.csv", "/static/style.css")
"""Made or read while they are sent, for which gzip is not used."""


@pytest.mark.parametrize("url", [*URLS, *STREAMED, "/feed", "/api/v1/openapi.json"])
@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_text_is_compressed(client: FlaskClient, url: str, coding: str) -> None:
    plain = client.get(url)
    response = client.get(url, headers={"Accept-Encoding": coding})
    assert "Accept-Encoding" in response.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
    if response.headers.get("Content-Encoding") is None:
        assert (coding == "gzip" and url in STREAMED) or len(plain.data) < 500
        return
    assert response.headers["Content-Encoding"] == coding and len(response.data) < len(plain.data)
    unpack: Any = {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding)
    if unpack and "/search?" not in url:  # which say how long they took
        assert unpack(response.data) == plain.data
    tag = response.headers.get("ETag")
    if tag:
        headers = {"Accept-Encoding": coding, "If-None-Match": tag}
        assert client.get(url, headers=headers).status_code == 304


def test_reads_of_the_api_are_open_to_pages_of_other_sites(client: FlaskClient) -> None:
    for url in ("/api/v1/search", "/api/v1/search?x=1", "/api/v1/nothing", "/api/v1/openapi.json"):
        response = client.get(url, headers={"Origin": "https://other.example"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
    asked = client.options(
        "/api/v1/search", headers={"Origin": "https://o", "Access-Control-Request-Method": "GET"}
    )
    assert asked.status_code == 200 and "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Origin" not in client.get("/search").headers


def test_rights_that_a_proxy_gives_are_not_for_other_sites(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", headers={"X-Staff": "a", "Origin": "https://other.example"})
    assert response.status_code == 200 and "Access-Control-Allow-Origin" not in response.headers
