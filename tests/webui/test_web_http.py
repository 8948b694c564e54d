"""What programs, browsers and attackers get: the API, downloads, headers, limits."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.contract.limits import PARAMETERS
from indexer.search.request import SearchRequest

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def problem(client: FlaskClient, url: str, status: int, method: str = "GET") -> dict[str, Any]:
    response = client.open(url, method=method)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    document: dict[str, Any] = json.loads(response.data)
    assert document["status"] == status
    assert document["type"] and document["title"] and document["detail"]
    return document


def test_the_api_answers_the_contract(client: FlaskClient, search: Any) -> None:
    response = client.get("/api/v1/search?q=ke+hoach&source=a&source=b&size=5&sort=newest")
    assert response.content_type == "application/json"
    document = json.loads(response.data)
    assert document["total"] == 1128 and len(document["hits"]) == 5
    assert document["hits"][0]["files"][0]["page"] == 3
    assert document["facets"]["date"][0]["children"][0]["value"] == "2026-12"
    assert search.requests == [SearchRequest(text="ke hoach", source=("a", "b"), size=5, sort="newest")]


def test_bad_parameters_are_named_in_the_problem(client: FlaskClient) -> None:
    document = problem(client, "/api/v1/search?q=a&page=0&utm_source=x&size=1000", 400)
    assert {error["parameter"] for error in document["errors"]} == {"page", "utm_source", "size"}
    assert all(error["detail"] for error in document["errors"])


def test_errors_under_api_are_problems(client: FlaskClient, search: Any) -> None:
    assert problem(client, "/api/v1/nothing", 404)["title"] == "Not Found"
    assert problem(client, "/api/", 404)
    problem(client, "/api/v1/search", 405, "POST")
    assert "GET" in client.post("/api/v1/search").headers["Allow"]
    assert str(search.folder) not in json.dumps(problem(client, "/api/v1/search?q=hong", 503))
    problem(client, "/api/v1/search?q=" + "a" * 20_000, 414)


def test_health(client: FlaskClient, search: Any) -> None:
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    search.total = 0
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_an_attachment_is_saved_never_shown(client: FlaskClient) -> None:
    response = client.get("/articles/bai-0/files/0")
    assert response.data == b"%PDF-1.7 text"
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=74-UBND-KH.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-cache" and "Expires" not in response.headers
    again = client.get("/articles/bai-0/files/0", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    part = client.get("/articles/bai-0/files/0", headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, b"PDF")
    assert client.get("/articles/bai-0/files/0", headers={"Range": "bytes=90-"}).status_code == 416


def test_html_goes_as_bytes_under_a_name_without_line_ends(client: FlaskClient) -> None:
    response = client.get("/articles/bai-0/files/1")
    assert response.content_type == "application/octet-stream"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert quote("Phụ lục_ “bảng”__X_ y.html") in disposition


def test_missing_bytes_are_not_found(client: FlaskClient, search: Any) -> None:
    assert client.get("/articles/bai-0/files/2").status_code == 404
    (search.folder / "file-0").unlink()
    assert client.get("/articles/bai-0/files/0").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/search?q=a",
        "/search?page=x",
        "/x",
        "/api/v1/search",
        "/api/v1/x",
        "/healthz",
        "/static/style.css",
    ],
)
def test_every_response_is_protected(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_files_have_addresses_that_change_with_them(client: FlaskClient) -> None:
    page = client.get("/").text
    url = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = client.get(url)
    assert (
        "?v=" in url
        and response.status_code == 200
        and "max-age=31536000" in response.headers["Cache-Control"]
    )
    assert "no-cache" in client.get("/").headers["Cache-Control"]


@pytest.mark.parametrize("url", ["/search?q=", "/search?", "/api/v1/search?x=", "/articles/"])
def test_ten_megabytes_of_address_are_refused(client: FlaskClient, url: str) -> None:
    path, _, query = (url + "a&" * 5_000_000).partition("?")
    # As it arrives: the client would take seconds to look through it.
    assert client.get(environ_overrides={"PATH_INFO": path, "QUERY_STRING": query}).status_code == 414


def test_what_is_refused_for_its_length_is_not_read_by_the_page_either(client: FlaskClient) -> None:
    refused = client.get(f"/search?lang=en&q=hoa&a={'a' * 20_000}")
    assert refused.status_code == 414 and "Địa chỉ quá dài" in refused.text
    assert '<html lang="vi"' in refused.text and "hoa" not in refused.text


def test_a_large_body_is_refused_or_ignored(client: FlaskClient) -> None:
    assert 400 <= client.post("/search", data=b"a" * 200_000).status_code < 500


_raw = st.binary(max_size=60).map(lambda raw: quote(raw, safe="&=+%;"))
_named = st.builds(
    lambda name, value: f"{name}={quote(value, errors='replace')}",
    st.sampled_from(sorted(PARAMETERS)),
    st.text(max_size=30),
)
_queries = st.lists(_raw | _named, max_size=5).map("&".join)


@FUZZ
@given(_queries, st.sampled_from(["/search", "/api/v1/search", "/articles/bai-0", "/"]))
def test_no_query_string_breaks_the_server(client: FlaskClient, query: str, path: str) -> None:
    assert client.get(path, query_string=query).status_code in (200, 400)


@FUZZ
@given(
    st.sampled_from(["/", "/articles/", "/articles/bai-0/", "/articles/bai-0/files/", "/static/", "/api/"]),
    st.binary(max_size=40) | st.integers(0, 10**30).map(lambda n: str(n).encode()),
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"]),
)
def test_no_path_breaks_the_server(client: FlaskClient, start: str, rest: bytes, method: str) -> None:
    assert client.open(start + quote(rest, safe="/.;"), method=method).status_code < 500


@FUZZ
@given(
    st.sampled_from(
        ["Host", "Range", "If-None-Match", "If-Modified-Since", "Accept", "Cookie", "Content-Length"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)
def test_no_header_breaks_the_server(client: FlaskClient, name: str, value: str) -> None:
    for url in ("/search?q=a", "/articles/bai-0/files/0"):
        assert client.get(url, headers={name: value}).status_code < 500


def test_a_very_long_number_in_a_path_is_a_404(client: FlaskClient) -> None:
    assert client.get("/articles/bai-0/files/" + "9" * 5000).status_code == 404


def test_suggestions_are_json(client: FlaskClient) -> None:
    response = client.get("/api/v1/suggest?q=th%E1%BB%A7&limit=1")
    assert response.get_json() == {
        "prefix": "thủ",
        "suggestions": [{"text": "thủ …", "kind": "phrase", "count": 3}],
    }
    document = problem(client, "/api/v1/suggest?q=a&limit=21&page=2", 400)
    assert {error["parameter"] for error in document["errors"]} == {"limit", "page"}
    problem(client, "/api/v1/suggest?q=" + "a" * 513, 400)
    problem(client, "/api/v1/suggest", 405, "POST")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/articles//related", "/api/v1/directives//38-ct-tw", "/api/v1/articles//a", "/articles//a"],
)
def test_two_slashes_redirect_nobody(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    if address.startswith("/api/"):
        assert answer.content_type == "application/problem+json"
