"""What templates have at hand."""

from __future__ import annotations

from flask.testing import FlaskClient


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
