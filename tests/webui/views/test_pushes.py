"""Writing over HTTP: who may, what is taken, versions, tasks, and that a search soon knows of it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.keys import KeyStore
from indexer.push.inbox import MOST_WAITING, Inbox
from indexer.search.service import SearchService
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed, served, write_pushed
from tests.extract.documents import pdf
from webui import create_app

ARTICLE = {
    "title": "Lịch tiếp công dân",
    "body": "Chủ tịch tiếp công dân ngày mười.",
    "mã riêng": [1, {"a": None}],
}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path, max_push_mb=1)
    indexed(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def key(service: SearchService) -> dict[str, str]:
    return {"Authorization": f"Bearer {KeyStore(service.settings.data).create('a', ['write'])[1]}"}


def put(client: FlaskClient, key: dict[str, str], slug: str, article: Any = ARTICLE, **headers: str) -> Any:
    told = {**key, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.put(f"/api/v1/articles/{slug}", json=article, headers=told)


def test_what_is_put_is_found_and_what_is_deleted_is_gone(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    accepted = put(client, key, "lich-1")
    answer = accepted.get_json()
    assert accepted.status_code == 202 and accepted.headers["Location"] == answer["url"]
    assert (answer["status"], answer["result"], answer["article"]) == ("accepted", None, "/articles/lich-1")
    assert client.get(answer["url"], headers=key).get_json() == answer
    write_pushed(service.settings)
    done = client.get(answer["url"], headers=key).get_json()
    assert (done["status"], done["result"], done["problems"]) == ("done", "indexed", [])
    assert [hit["id"] for hit in client.get("/api/v1/search?q=tiep+cong+dan").get_json()["hits"]] == [
        "lich-1"
    ]
    deleted = client.delete("/api/v1/articles/lich-1", headers=key)
    again = client.delete("/api/v1/articles/lich-1", headers=key)
    assert deleted.status_code == again.status_code == 202
    assert deleted.get_json()["task"] == again.get_json()["task"]
    write_pushed(service.settings)
    assert client.get(deleted.get_json()["url"], headers=key).get_json()["result"] == "removed"
    assert client.get("/api/v1/articles/lich-1").status_code == 404
    nothing = client.delete("/api/v1/articles/lich-1", headers=key).get_json()
    write_pushed(service.settings)
    assert client.get(nothing["url"], headers=key).get_json()["result"] == "unknown"


def test_what_waits_is_in_the_metrics(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    put(client, key, "lich-1")
    put(client, key, "lich-2")
    text = client.get("/metrics").text
    assert "tracuu_pushes_waiting 2\n" in text
    assert float(text.partition("\ntracuu_oldest_push_seconds ")[2].split()[0]) > 0
    assert 'tracuu_requests_total{route="push",status="2xx"} 2\n' in text
    write_pushed(service.settings)
    text = client.get("/metrics").text
    assert "tracuu_pushes_waiting 0\n" in text and "tracuu_oldest_push_seconds 0" in text
    assert 'tracuu_pushes_finished{result="indexed"} 2\n' in text


def test_pushes_that_failed_are_in_the_metrics_for_a_while(
    client: FlaskClient, service: SearchService, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'tracuu_pushes_finished{result="failed"} 0\n' in client.get("/metrics").text
    number = put(client, key, "lich-1").get_json()["task"]
    Inbox(service.settings.data).finish({number: ("failed", ["nó hỏng"])})
    assert 'tracuu_pushes_finished{result="failed"} 1\n' in client.get("/metrics").text
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert 'tracuu_pushes_finished{result="failed"} 0\n' in client.get("/metrics").text


def test_the_same_again_changes_nothing(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    first = put(client, key, "lich-1").get_json()
    reordered = dict(reversed(ARTICLE.items()))
    assert put(client, key, "lich-1", reordered).get_json()["task"] == first["task"]
    write_pushed(service.settings)
    again = put(client, key, "lich-1").get_json()
    assert again["task"] != first["task"]
    write_pushed(service.settings)
    assert client.get(again["url"], headers=key).get_json()["result"] == "unchanged"


def test_of_changes_that_wait_the_last_counts(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    first = put(client, key, "lich-1").get_json()
    client.delete("/api/v1/articles/lich-1", headers=key)
    put(client, key, "lich-1", {**ARTICLE, "title": "Lịch mới"})
    write_pushed(service.settings)
    assert client.get(first["url"], headers=key).get_json()["result"] == "superseded"
    assert client.get("/api/v1/articles/lich-1").get_json()["title"] == "Lịch mới"


def test_versions(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    tag = client.get("/api/v1/articles/hoa-binh", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert put(client, key, "hoa-binh", If_None_Match="*").status_code == 412
    assert put(client, key, "moi", If_Match="*").status_code == 412
    assert put(client, key, "hoa-binh", If_Match='"other"').status_code == 412
    assert put(client, key, "hoa-binh", If_Match=f"W/{tag}").status_code == 412
    assert (
        client.delete("/api/v1/articles/hoa-binh", headers={**key, "If-Match": '"other"'}).status_code == 412
    )
    for unreadable in ('"', "", "é", ","):
        assert put(client, key, "hoa-binh", If_Match=unreadable).status_code == 412
    refused = put(client, key, "hoa-binh", If_Match='"other"')
    assert refused.content_type == "application/problem+json" and refused.get_json()["status"] == 412
    accepted = put(client, key, "hoa-binh", If_Match=f'"other", {tag}')
    assert accepted.status_code == 202
    lost = put(client, key, "hoa-binh", If_Match=tag)
    assert lost.status_code == 202 and lost.get_json()["task"] == accepted.get_json()["task"], "sent again"
    waiting = put(client, key, "hoa-binh", {**ARTICLE, "title": "Khác"}, If_Match=tag)
    assert waiting.status_code == 412 and accepted.get_json()["task"] in waiting.get_json()["detail"]
    write_pushed(service.settings)
    assert put(client, key, "hoa-binh", {**ARTICLE, "title": "Khác"}, If_Match=tag).status_code == 412
    now = client.get("/api/v1/articles/hoa-binh").headers["ETag"]
    assert (
        now != tag
        and put(client, key, "hoa-binh", {**ARTICLE, "title": "Khác"}, If_Match=now).status_code == 202
    )
    assert put(client, key, "moi", If_None_Match="*").status_code == 202


@pytest.mark.parametrize("tags", [",", '"', '""', "W/", "a,,b", "*x", " "])
def test_tags_that_are_none_break_nothing(client: FlaskClient, key: dict[str, str], tags: str) -> None:
    for name in ("If_Match", "If_None_Match"):
        assert put(client, key, "hoa-binh", **{name: tags}).status_code in (202, 412)
        assert client.get("/search", headers={name.replace("_", "-"): tags}).status_code == 200


def test_who_may_write(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    staff = {"Authorization": f"Bearer {KeyStore(service.settings.data).create('b', ['staff'])[1]}"}
    for headers, status in (({}, 401), ({"Authorization": "Bearer x"}, 401), (staff, 403)):
        for answer in (
            put(client, headers, "a"),
            client.delete("/api/v1/articles/a", headers=headers),
            client.get("/api/v1/tasks/1", headers=headers),
        ):
            assert answer.status_code == status and answer.content_type == "application/problem+json"
            assert status == 401 or answer.get_json()["detail"] == (
                "key 'b' lacks the write scope; ask the operator for a key that has it"
            )
    assert Inbox(service.settings.data).count() == 0


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("", 422, "is empty"),
        ("{", 422, "invalid JSON"),
        ("[]", 422, "must be an object"),
        ('{"title": NaN}', 422, "NaN"),
        ("{}", 422, "neither a title nor a body"),
        ('{"title": "a", "id": "khac"}', 422, "belongs at the address khac"),
        ('{"title": 5}', 422, "title must be a string"),
        ('{"title": "a", "published": "yesterday"}', 422, "published"),
        ('{"title": "a", "audience": "all"}', 422, "audience"),
        ('{"title": "a", "url": "javascript:alert(1)"}', 422, "must be an http or https address"),
        ('{"title": "a", "attachments": [{"name": "a.pdf", "path": "/etc/passwd"}]}', 422, "has no folder"),
        ('{"title": "a", "attachments": [{"name": "a.pdf", "base64": "***"}]}', 422, "not valid base64"),
        ('{"title": "a", "attachments": [{"url": "file:///etc/passwd"}]}', 422, "must be an http or https"),
        ('{"title": "a", "x": ' + "[" * 40 + "]" * 40 + "}", 422, "nested"),
        ('{"title": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", 422, "nested"),
        ('{"title": "' + "a" * (1 << 20) + '"}', 413, "send large attachments by url"),
        (b"\xff", 422, "not UTF-8"),
    ],
)
def test_what_is_no_article_is_told(
    client: FlaskClient,
    service: SearchService,
    key: dict[str, str],
    body: str | bytes,
    status: int,
    reason: str,
) -> None:
    answer = client.put("/api/v1/articles/a", data=body, content_type="application/json", headers=key)
    assert answer.status_code == status and reason in answer.get_json()["detail"]
    assert Inbox(service.settings.data).count() == 0


def test_all_that_is_wrong_is_told_by_field(client: FlaskClient, key: dict[str, str]) -> None:
    def wrong(**fields: object) -> list[str]:
        told = put(client, key, "a", {"title": "a", **fields}).get_json()
        assert told["status"] == 422 and all(bad["detail"] in told["detail"] for bad in told["errors"])
        assert "left out" not in told["detail"]
        # The name is said once, as for parameters.
        assert not any(bad["detail"].startswith(bad["parameter"]) for bad in told["errors"])
        return sorted(bad["parameter"] for bad in told["errors"])

    assert wrong(title=5, published="2024-99-01", audience="all") == [
        "audience",
        "published",
        "title",
    ]
    files = [
        {"name": "a.pdf", "base64": "***"},
        {"name": "b.pdf", "base64": ""},
        {"url": "file:///etc/passwd"},
    ]
    assert wrong(url="javascript:alert(1)", attachments=files) == ["attachments[0]", "attachments[2]", "url"]
    assert wrong(id="khac") == ["id"]
    assert wrong(id="khac", url="a", attachments=[3]) == ["attachments[0]", "id", "url"]
    assert wrong(title=5, url="a", attachments=[3]) == ["attachments[0]", "title", "url"]


def test_other_refusals(client: FlaskClient, key: dict[str, str]) -> None:
    assert client.put("/api/v1/articles/a", data="x", headers=key).status_code == 415
    assert client.put("/api/v1/articles/a?x=1", json=ARTICLE, headers=key).status_code == 400
    assert client.get("/api/v1/tasks/99", headers=key).status_code == 404
    assert client.get(f"/api/v1/tasks/{10**30}", headers=key).status_code == 404


def test_an_id_that_is_no_address(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    from indexer.stored.article import slug_of

    id = "lịch/tiếp dân?"
    assert put(client, key, "lich", {**ARTICLE, "id": id}).status_code == 422
    assert put(client, key, slug_of(id), {**ARTICLE, "id": id}).status_code == 202
    write_pushed(service.settings)
    assert client.get(f"/api/v1/articles/{slug_of(id)}").get_json()["id"] == id
    client.delete(f"/api/v1/articles/{slug_of(id)}", headers=key)
    write_pushed(service.settings)
    assert client.get(f"/api/v1/articles/{slug_of(id)}").status_code == 404


def test_attachments_inline_and_by_address(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    inline = base64.b64encode(pdf("Phu luc dinh kem cua lich")).decode()
    files = [
        {"name": "phu-luc.pdf", "base64": inline},
        {"url": "http://127.0.0.1:9/bi-mat.pdf"},
        "chua-co.pdf",
    ]
    accepted = put(client, key, "lich-1", {**ARTICLE, "attachments": files}).get_json()
    write_pushed(service.settings)
    done = client.get(accepted["url"], headers=key).get_json()
    assert done["status"] == "done" and done["result"] == "indexed"
    assert any("bi-mat.pdf" in one and "public internet" in one for one in done["problems"])
    article = client.get("/api/v1/articles/lich-1").get_json()
    assert [(file["name"], file["state"]) for file in article["files"]] == [
        ("phu-luc.pdf", "text"),
        ("bi-mat.pdf", "missing"),
        ("chua-co.pdf", "missing"),
    ]
    found = client.get("/api/v1/search?q=phu+luc+dinh+kem").get_json()["hits"]
    assert found[0]["files"][0]["name"] == "phu-luc.pdf"


def test_what_is_pushed_for_staff_is_seen_by_staff(
    client: FlaskClient, service: SearchService, key: dict[str, str]
) -> None:
    put(client, key, "mat", {**ARTICLE, "audience": "staff"})
    write_pushed(service.settings)
    assert client.get("/api/v1/articles/mat").status_code == 404
    assert put(client, key, "mat", {**ARTICLE, "title": "b"}, If_None_Match="*").status_code == 412


def test_a_full_inbox_asks_to_come_again(
    client: FlaskClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_WAITING > 1000
    monkeypatch.setattr("indexer.push.inbox.MOST_WAITING", 1)
    assert put(client, key, "a").status_code == 202
    full = put(client, key, "b")
    assert full.status_code == 503 and "Retry-After" in full.headers


def test_unknown_keys_are_kept(client: FlaskClient, service: SearchService, key: dict[str, str]) -> None:
    from indexer.catalog.catalog import Catalog

    put(client, key, "lich-1")
    write_pushed(service.settings)
    record = Catalog(service.settings.data).record("lich-1")
    assert record and json.loads(record.extra or "") == {"mã riêng": [1, {"a": None}]}
