"""For what watches the service: alive, and able to answer."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


def test_health(client: FlaskClient, search: Any) -> None:
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    search.total = 0
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
