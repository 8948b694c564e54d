"""Queries, paths and headers that nobody sends by mistake: none of them breaks the server."""

from __future__ import annotations

from urllib.parse import quote

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.contract.limits import PARAMETERS

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

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
