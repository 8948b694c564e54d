"""Pins, lexicon and report over HTTP: with a scope of their own, checked as the commands check them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.curation.journal import Journal
from indexer.keys import KeyStore
from indexer.query_log.store import Proposal, QueryLog
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed
from webui import create_app


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    indexed(Settings(data=tmp_path), ARTICLES)
    found = open_search(Settings(data=tmp_path))
    yield found
    found.close()


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def key(service: SearchService) -> dict[str, str]:
    return {"Authorization": f"Bearer {KeyStore(service.settings.data).create('a', ['curate'])[1]}"}


def test_only_with_the_scope(client: FlaskClient, service: SearchService) -> None:
    other = KeyStore(service.settings.data).create("b", ["staff", "write"])[1]
    for headers, status in (({}, 401), ({"Authorization": f"Bearer {other}"}, 403)):
        for method, path in (
            ("get", "pins"), ("put", "pins"), ("get", "lexicon"), ("put", "lexicon"), ("get", "report"),
            ("post", "report/proposals"),
        ):  # fmt: skip
            answer = client.open(f"/api/v1/{path}", method=method.upper(), headers=headers, json={})
            assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_pins(client: FlaskClient, key: dict[str, str]) -> None:
    nothing = client.get("/api/v1/pins", headers=key)
    assert nothing.get_json() == {"pins": []}
    pin = {"query": "học phí", "ids": ["hoa-tuoi"]}
    pinned = client.put("/api/v1/pins", json=pin, headers=key)
    assert pinned.get_json() == {"pins": [pin]} and pinned.headers["ETag"] != nothing.headers["ETag"]
    assert client.get("/api/v1/search?q=hoc+phi").get_json()["pinned"][0]["id"] == "hoa-tuoi"
    late = client.put("/api/v1/pins", json=pin, headers={**key, "If-Match": nothing.headers["ETag"]})
    assert late.status_code == 412
    for body, status in (
        ({"query": "a", "ids": ["không có"]}, 404), ({"query": "a", "ids": ["noi-bo"]}, 404),
        ({"query": "!", "ids": ["hoa-tuoi"]}, 400), ({"query": "a", "ids": []}, 404), ({"query": "a"}, 422),
        ({"query": "a", "ids": [1]}, 422), ({"query": "a", "ids": [{}]}, 422), ({"query": "a\ud800", "ids": ["hoa-tuoi"]}, 422),
        ({"query": "a " * 300, "ids": []}, 422), ({"query": "a", "ids": [], "x": 1}, 422), ([], 422),
    ):  # fmt: skip
        assert client.put("/api/v1/pins", json=body, headers=key).status_code == status, body
    assert client.put("/api/v1/pins", json={**pin, "ids": []}, headers=key).get_json() == {"pins": []}


def test_of_two_who_change_the_lexicon_none_loses_the_others_work(
    client: FlaskClient, key: dict[str, str]
) -> None:
    read = client.get("/api/v1/lexicon", headers=key)
    assert read.get_json() == {"text": ""}
    text = '# của phòng\n[abbreviations]\n"HPZ" = "học phí"\n'
    assert client.put("/api/v1/lexicon", json={"text": text}, headers=key).status_code == 428
    held = {**key, "If-Match": read.headers["ETag"]}
    written = client.put("/api/v1/lexicon", json={"text": text}, headers=held)
    assert written.status_code == 200 and written.get_json() == {"text": text}
    assert client.put("/api/v1/lexicon", json={"text": ""}, headers=held).status_code == 412
    assert client.get("/api/v1/search?q=HPZ").get_json()["hits"][0]["id"] == "hoc-phi"
    held["If-Match"] = written.headers["ETag"]
    for wrong, reason in (
        ("[abbr", "TOML"),
        ("[other]\na = 'b'", "no table"),
        ("[typed]\na = ['b']", "one string"),
    ):
        answer = client.put("/api/v1/lexicon", json={"text": wrong}, headers=held)
        assert answer.status_code == 400 and reason in answer.get_json()["detail"]
    assert client.get("/api/v1/lexicon", headers=key).get_json() == {"text": text}


def test_a_proposal_of_the_report_is_accepted(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    QueryLog(service.settings.data).propose([Proposal("abbreviations", "hpz", "học phí")])
    report = client.get("/api/v1/report?days=7", headers=key).get_json()
    assert report["days"] == 7 and report["searches"] == 0
    (proposal,) = report["proposals"]
    url = "/api/v1/report/proposals"
    assert client.post(url, json={**proposal, "meant": "khác"}, headers=key).status_code == 404
    assert client.post(url, json=proposal, headers=key).get_json() == proposal
    assert '"hpz" = "học phí"' in client.get("/api/v1/lexicon", headers=key).get_json()["text"]
    (change,) = Journal(service.settings.data).page(None, 9)
    assert (change.who, change.via, change.kind) == ("a", "api", "lexicon")
    assert client.get("/api/v1/report?days=0", headers=key).status_code == 400
