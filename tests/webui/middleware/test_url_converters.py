"""What is no address of ours."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_a_very_long_number_in_a_path_is_a_404(client: FlaskClient) -> None:
    assert client.get("/articles/bai-0/files/" + "9" * 5000).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/api/v1/articles//related", "/api/v1/directives//38-ct-tw", "/api/v1/articles//a", "/articles//a"],
)
def test_two_slashes_redirect_nobody(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    if address.startswith("/api/"):
        assert answer.content_type == "application/problem+json"
