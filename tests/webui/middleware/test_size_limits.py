"""Addresses and bodies that are too large to be read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


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
