"""Many changes in one request, one article with any id, a source deleted as a whole, and the list of what was pushed."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.search.service import SearchService
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed, served, write_pushed
from webui import create_app

URL = "/api/v1/articles"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path, max_push_mb=1, max_bulk_mb=2)
    indexed(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def key(service: SearchService) -> dict[str, str]:
    return key_of(service)


def key_of(service: SearchService, source: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {KeyStore(service.settings.data).create('a', ['write'], source)[1]}"}


def post(client: FlaskClient, key: dict[str, str], body: bytes, encoding: str = "", **more: Any) -> Any:
    headers = {**key, "Content-Encoding": encoding} if encoding else key
    return client.post(URL, data=body, content_type="application/x-ndjson", headers=headers, **more)


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def test_many_changes_are_one_task_with_an_answer_for_each(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    body = lines({"id": "tin/1 a", "title": "Lịch cúp nước"}, {"id": "hai"}, {"delete": "hoa-tuoi"})
    accepted = post(client, key, body + b"\n" + lines({"delete": "không có"}))
    answer = accepted.get_json()
    assert accepted.status_code == 202 and accepted.headers["Location"] == answer["url"]
    assert (answer["change"], answer["status"]) == ("bulk", "accepted")
    assert [(one["line"], one["id"], one["status"]) for one in answer["lines"]] == [
        (1, "tin/1 a", "accepted"),
        (2, None, "failed"),
        (3, "hoa-tuoi", "accepted"),
        (5, "không có", "accepted"),
    ]
    write_pushed(service.settings)
    done = client.get(answer["url"], headers=key).get_json()
    assert [one["result"] for one in done["lines"]] == ["indexed", "failed", "removed", "unknown"]
    assert done["status"] == "failed" and "line 2: " in done["problems"][0]
    assert (done["counts"]["lines"], done["counts"]["waiting"], done["counts"]["failed"]) == (4, 0, 1)
    assert client.get("/api/v1/search?q=lịch+cúp+nước").get_json()["hits"][0]["id"] == "tin/1 a"
    assert client.get("/api/v1/articles/hoa-tuoi").status_code == 404


def test_answers_come_in_pages_and_by_how_they_stand(client: FlaskClient, key: dict[str, str]) -> None:
    url = post(client, key, lines(*({"delete": f"b-{n}"} for n in range(5)), {"id": "x"})).get_json()["url"]
    read, cursor = [], ""
    while cursor is not None:
        answer = client.get(f"{url}?size=2&cursor={cursor}", headers=key).get_json()
        read += [one["line"] for one in answer["lines"]]
        cursor = answer["next_cursor"]
    assert read == [1, 2, 3, 4, 5, 6]
    failed = client.get(f"{url}?status=failed", headers=key).get_json()["lines"]
    assert [one["line"] for one in failed] == [6]
    assert client.get(f"{url}?status=x", headers=key).status_code == 400


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "identity"])
def test_what_is_encoded_is_read(client: FlaskClient, key: dict[str, str], encoding: str) -> None:
    body = lines({"id": "a", "title": "Một"})
    packed = gzip.compress(body) + gzip.compress(body) if "gzip" in encoding else body
    answer = post(client, key, packed, encoding)
    assert answer.status_code == 202
    put = client.put(f"{URL}/b", data=gzip.compress(b'{"title": "Hai"}'), content_type="application/json",
        headers={**key, "Content-Encoding": "gzip"})  # fmt: skip
    assert put.status_code == 202


_BODY = lines({"id": "a", "title": "Một"})


@pytest.mark.parametrize(
    ("body", "encoding", "status", "reason"),
    [
        pytest.param(_BODY, "gzip", 415, "the body is not", id="no gzip"),
        pytest.param(gzip.compress(_BODY)[:-9], "gzip", 415, "is incomplete", id="half a gzip"),
        pytest.param(gzip.compress(_BODY) + b"x", "gzip", 415, "the body is not", id="more behind it"),
        pytest.param(gzip.compress(_BODY), "", 415, "send Content-Encoding", id="gzip that is not said"),
        pytest.param(_BODY, "br", 415, "not supported", id="another encoding"),
        pytest.param(gzip.compress(b'"' + b"a" * (5 << 20)), "gzip", 413, "max_push_mb", id="bomb in a line"),
        pytest.param(gzip.compress(b"\n" * (1 << 20)), "gzip", 413, "lines", id="bomb of lines"),
        pytest.param(lines("a" * (1 << 20), "b"), "", 413, "line 1 is longer than 1 MB", id="long line"),
        pytest.param(lines(*["a" * 1_000_000] * 3), "", 413, "max_bulk_mb", id="long body"),
        pytest.param(_BODY + b'{"id": "b", "ti', "", 422, "incomplete", id="half a line"),
        pytest.param(b"", "", 422, "empty", id="nothing"),
        pytest.param(b"\n\n", "", 422, "empty", id="empty lines"),
        pytest.param(b"x\n[]\n", "", 422, "none of the 2 lines", id="no line that can be taken"),
    ],
)
def test_of_what_is_not_whole_nothing_is_accepted(
    client: FlaskClient,
    service: SearchService,
    key: dict[str, str],
    body: bytes,
    encoding: str,
    status: int,
    reason: str,
) -> None:
    answer = post(client, key, body, encoding)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert reason in answer.get_json()["detail"]
    assert Inbox(service.settings.data).newest() == 0


def test_a_client_that_leaves_midway_has_sent_nothing(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    whole = _BODY + lines({"id": "b", "title": "Hai"})
    for read in (_BODY, b""):
        left = {
            "wsgi.input": io.BytesIO(read),
            "wsgi.input_terminated": True,
            "CONTENT_LENGTH": str(len(whole)),
        }
        answer = post(client, key, whole, environ_overrides=left)
        assert answer.status_code == 400 and "too early" in answer.get_json()["detail"]
        put = client.put(f"{URL}/a", content_type="application/json", headers=key, environ_overrides=left)
        assert put.status_code == 400
    assert Inbox(service.settings.data).newest() == 0


def test_a_full_disk_is_told_and_nothing_is_accepted(
    client: FlaskClient, service: SearchService, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> Any:
        return Path("/dev/full").open("r+b", buffering=0)

    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "TemporaryFile", full)
        answer = post(client, key, _BODY)
    assert answer.status_code == 503 and answer.get_json()["title"] == "Storage unavailable"
    assert Inbox(service.settings.data).newest() == 0
    assert post(client, key, _BODY).status_code == 202


def test_too_many_ask_to_come_again(
    client: FlaskClient, service: SearchService, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.push.inbox.MOST_WAITING", 2)
    full = post(client, key, lines(*({"delete": str(n)} for n in range(3))))
    assert full.status_code == 503 and "Retry-After" in full.headers
    assert Inbox(service.settings.data).newest() == 0
    monkeypatch.setattr("indexer.push.bulk.MOST_LINES", 2)
    assert post(client, key, lines(*({"delete": str(n)} for n in range(3)))).status_code == 413


def test_one_article_with_any_id(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    article = {"id": "tin/12 số 1", "title": "Lịch tiếp công dân"}
    accepted = client.post(URL, json=article, headers=key)
    assert accepted.status_code == 202 and "lines" not in accepted.get_json()
    assert client.post(URL, json=article, headers=key).get_json()["task"] == accepted.get_json()["task"]
    write_pushed(service.settings)
    assert client.get(f"/api/v1{accepted.get_json()['article']}").get_json()["id"] == "tin/12 số 1"
    held = {**key, "If-None-Match": "*"}
    assert client.post(URL, json=article, headers=held).status_code == 412
    assert client.post(URL, json={"delete": "tin/12 số 1"}, headers=key).status_code == 202
    bad: list[Any] = [{"title": "a"}, {"delete": "a", "title": "b"}, {"delete": ""}, {"delete": None}, []]
    for wrong in bad:
        assert client.post(URL, json=wrong, headers=key).status_code == 422, wrong
    assert client.post(URL, data=b"x", headers=key).status_code == 415
    assert client.post(URL, json=article).status_code == 401
    assert post(client, held, _BODY).status_code == 400


def test_hits_hold_what_a_portal_lists_of_its_own_articles(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    said = {"url": "https://lamgiang.example/1", "type": "Kế hoạch", "issuer": "UBND tỉnh Lam Giang"}
    articles = (
        {"id": "a", "title": "Lịch tiếp dân", "updated": "2025-12-01T09:30:00+07:00", **said},
        {"id": "b", "title": "Lịch tiếp dân", "updated": "2025-12-02"},
    )
    post(client, key, lines(*articles))
    write_pushed(service.settings)
    fields = "original,type,issuer,status,updated"
    url = f"/api/v1/search?q=lịch+tiếp+dân&fields={fields}"
    hits = {hit["id"]: hit for hit in client.get(url).get_json()["hits"]}
    first = hits["a"]
    assert first["original"] == said["url"] and first["updated"] == articles[0]["updated"]
    assert (first["type"], first["issuer"]) == ([said["type"]], [said["issuer"]])
    assert set(first) == {"id", *fields.split(",")}
    assert client.get("/api/v1/articles/b").get_json()["updated"] == "2025-12-02"


def test_a_source_goes_as_a_whole_when_its_number_is_confirmed(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    asked = client.delete(f"{URL}?source=Báo Lam Giang", headers=key)
    assert asked.status_code == 400 and "count=2" in asked.get_json()["detail"]
    assert client.delete(f"{URL}?source=Báo Lam Giang&count=3", headers=key).status_code == 412
    assert client.delete(f"{URL}?source=khác&count=1", headers=key).status_code == 404
    assert client.delete(URL, headers=key).status_code == 400
    assert Inbox(service.settings.data).newest() == 0
    accepted = client.delete(f"{URL}?source=Báo Lam Giang&count=2", headers=key)
    assert accepted.status_code == 202
    write_pushed(service.settings)
    done = client.get(accepted.get_json()["url"], headers=key).get_json()
    assert sorted(one["id"] for one in done["lines"] if one["result"] == "removed") == [
        "hoa-binh",
        "hoa-tuoi",
    ]
    assert client.get("/api/v1/search?source=Báo Lam Giang").get_json()["total"] == 0


def test_what_was_pushed_is_listed(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    client.put(f"{URL}/a", json={"title": "Một"}, headers=key)
    post(client, key, lines({"id": "x"}, {"delete": "b"}))
    post(client, key, lines({"delete": "c"}))

    def listed(query: str) -> list[tuple[str, str]]:
        found = client.get(f"/api/v1/tasks?{query}", headers=key).get_json()
        return [(one["change"], one["status"]) for one in found["tasks"]]

    assert listed("") == [("bulk", "accepted"), ("bulk", "accepted"), ("put", "accepted")]
    write_pushed(service.settings)
    assert listed("status=failed") == [("bulk", "failed")]
    assert listed("status=done") == [("bulk", "done"), ("put", "done")] and not listed("status=accepted")
    first = client.get("/api/v1/tasks?size=1", headers=key).get_json()
    rest = client.get(f"/api/v1/tasks?cursor={first['next_cursor']}", headers=key).get_json()
    numbers = [int(one["task"]) for one in first["tasks"] + rest["tasks"]]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 3 and rest["next_cursor"] is None
    assert client.get("/api/v1/tasks").status_code == 401


def test_a_key_of_a_source_writes_nothing_else(client: FlaskClient, service: SearchService) -> None:
    ours, anyone = key_of(service, "dang.example"), key_of(service)
    article = {"title": "Một", "source": "dang.example"}

    def put(slug: str, key: dict[str, str], **fields: Any) -> int:
        return client.put(f"{URL}/{slug}", json={**article, **fields}, headers=key).status_code

    assert put("moi", ours) == put("chi-thi", ours) == 202
    for source in ("khác", ["dang.example", "khác"], None):
        assert put("moi-2", ours, source=source) == 403, source
    assert put("hoa-binh", ours) == 403, "another's article is there"
    assert client.delete(f"{URL}/hoa-binh", headers=ours).status_code == 403
    assert put("cho", anyone, source="khác") == 202 and put("cho", ours) == 403, "another's article waits"
    told = post(
        client, ours, lines({"id": "m", **article}, {"delete": "hoa-binh"}, {"delete": "cho"})
    ).get_json()
    assert [one["status"] for one in told["lines"]] == ["accepted", "failed", "failed"]
    assert client.delete(f"{URL}?source=lamgiang.example&count=3", headers=ours).status_code == 403
    seen = client.get("/api/v1/tasks", headers=ours).get_json()["tasks"]
    assert [one["change"] for one in seen] == ["bulk", "put", "put"]
    others = client.get("/api/v1/tasks", headers=anyone).get_json()["tasks"]
    number = next(one["task"] for one in others if one["article"] == "/articles/cho")
    assert client.get(f"/api/v1/tasks/{number}", headers=ours).status_code == 404
    with closing(sqlite3.connect(service.settings.data / "inbox.sqlite3")) as db, db:
        for table in ("sent", "bulks"):
            (key,) = db.execute("SELECT key FROM sent WHERE task = ?", (seen[-1]["task"],)).fetchone()
            db.execute(f"UPDATE {table} SET key = ? WHERE key <> ?", (key, key))
    assert client.get(f"/api/v1/tasks/{number}", headers=ours).status_code == 404, "a flipped byte"
    assert len(client.get("/api/v1/tasks", headers=ours).get_json()["tasks"]) == 3


def test_an_inbox_of_the_version_before_is_taken_over(tmp_path: Path) -> None:
    Inbox(tmp_path).accept("a", "delete")
    with sqlite3.connect(tmp_path / "inbox.sqlite3") as db:
        db.executescript("DROP TABLE bulks; DROP TABLE sent; PRAGMA user_version = 1")
    db.close()
    assert not list(Inbox(tmp_path).damage())
    assert Inbox(tmp_path).accept("b", "delete").number == 2 and Inbox(tmp_path).count() == 2
