"""Headers of every response."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


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
