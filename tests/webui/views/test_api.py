"""The API without its definition: answers of the contract, errors as problems."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

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
