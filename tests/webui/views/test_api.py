"""The API without its definition: answers of the contract, errors as problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.errors import ParameterError, TraCuuError
from indexer.search.request import SearchRequest


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


TYPES = {
    400: {"bad-request", "bad-parameter", "bad-settings"}, 401: {"key-needed"},
    403: {"key-without-the-scope", "key-of-another-source"}, 404: {"not-found"}, 412: {"version-changed"}, 413: {"too-large"},
    415: {"bad-encoding"}, 422: {"bad-item"}, 429: {"too-many-requests"}, 500: {"error"},
    503: {"storage-unavailable", "busy", "index-unavailable", "not-the-writer"},
}  # fmt: skip
"""Clients rely on these: none may ever change."""


def errors_of(base: type[TraCuuError]) -> Iterator[type[TraCuuError]]:
    yield base
    for one in base.__subclasses__():
        yield from errors_of(one)


def test_the_types_of_problems_stay() -> None:
    found: dict[int, set[str]] = {}
    for error in errors_of(TraCuuError):
        if not error.__module__.startswith("tests"):
            found.setdefault(error.status, set()).add(error.kind)
    assert found == TYPES


def test_a_type_does_not_depend_on_the_title(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ParameterError, "title", "Something else")
    document = problem(client, "/api/v1/search?size=0", 400)
    assert (document["type"], document["title"]) == ("urn:tracuu:problem:bad-parameter", "Something else")


@pytest.mark.parametrize("document", ["api.md", "api.vi.md"])
def test_the_types_are_listed_where_the_api_is_described(document: str) -> None:
    table = (Path(__file__).parents[3] / "docs" / document).read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if re.match(r"\| \d{3} \|", line)]
    listed = {(int(row[2:5]), kind) for row in rows for kind in re.findall(r"`([a-z-]+)`", row.split("|")[2])}
    # Settings are read before the server starts, and too many alerts are asked for on a page.
    unseen = {"bad-settings", "too-many-requests"}
    assert listed == {(status, kind) for status, kinds in TYPES.items() for kind in kinds - unseen}


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
