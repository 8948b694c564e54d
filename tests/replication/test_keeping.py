"""Pushes to the writer are kept in a real store of objects before they are acknowledged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.errors import ReplacedError
from indexer.files import bucket as buckets
from indexer.files.owner import directory_name
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME
from indexer.push.kept import unpacked
from indexer.replication.keeping import forgetting, keeper
from indexer.replication.kept_changes import KeptChanges
from indexer.replication.manifest import Copy, Manifest
from indexer.replication.membership import open_shared, shared_place, writing_term
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index, write_pushed
from tests.files.gateway import BUCKET, Gateway
from webui import create_app

URL = "/api/v1/articles"


@pytest.fixture
def settings(gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(buckets, "DOWN_SECONDS", 0.0)
    made = Settings(
        data=tmp_path / "a",
        role="writer",
        workers=1,
        files=f"s3://{BUCKET}/keeping/{tmp_path.name}",
        s3=gateway.settings(),
    )
    index(made)
    return made


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    with closing(open_search(settings)) as service:
        yield create_app(service).test_client()


@pytest.fixture
def key(settings: Settings) -> dict[str, str]:
    return {"Authorization": f"Bearer {KeyStore(settings.data).create('a', ['write'])[1]}"}


@pytest.fixture
def kept(settings: Settings) -> KeptChanges:
    return KeptChanges(*shared_place(settings))


def manifest(upto: int | None) -> Manifest:
    return Manifest(1, 1, 0.0, True, (Copy(FILE_NAME, "catalog", "standby", 0, "", 0o644, upto),))


def test_each_acknowledged_change_is_an_object(
    client: FlaskClient, key: dict[str, str], kept: KeptChanges, settings: Settings
) -> None:
    assert client.put(f"{URL}/mot", json={"title": "Một"}, headers=key).status_code == 202
    lines = "\n".join(json.dumps({"id": str(n), "title": "Nhiều"}) for n in range(3))
    bulk = client.post(URL, data=lines, content_type="application/x-ndjson", headers=key)
    assert bulk.status_code == 202
    assert client.delete(f"{URL}/hai", headers=key).status_code == 202
    assert kept.of(1) == [1, 2, 6]
    content = kept.get(1, 2)
    assert content and [one.id for one in unpacked(content).changes] == ["0", "1", "2"]
    write_pushed(settings)
    # The writer is done with them, but no copy of its files says so yet.
    assert kept.of(1) == [1, 2, 6] and kept.get(1, 3) is None
    forget = forgetting(settings, FILE_NAME)
    forget(manifest(None))
    assert kept.of(1) == [1, 2, 6]
    forget(manifest(5))
    assert kept.of(1) == [6]
    forget(manifest(6))
    assert kept.of(1) == []


def test_large_changes_are_kept_in_parts(kept: KeptChanges, tmp_path: Path) -> None:
    content = bytes(range(256)) * 80_000
    path = tmp_path / "large"
    path.write_bytes(content)
    kept.put(1, 1, path)
    kept.put(1, 2, content)
    assert kept.get(1, 1) == kept.get(1, 2) == content


def test_without_the_store_nothing_is_acknowledged(
    client: FlaskClient, key: dict[str, str], settings: Settings, gateway: Gateway, kept: KeptChanges
) -> None:
    assert client.put(f"{URL}/mot", json={"title": "Một"}, headers=key).status_code == 202
    gateway.kill()
    try:
        refused = client.put(f"{URL}/hai", json={"title": "Hai"}, headers=key)
        assert refused.status_code == 503 and refused.headers["Retry-After"]
        assert refused.json and refused.json["type"].endswith("storage-unavailable")
    finally:
        gateway.start()
    again = client.put(f"{URL}/hai", json={"title": "Hai"}, headers=key)
    assert again.status_code == 202 and again.json and again.json["task"] == "2"
    assert kept.of(1) == [1, 2]


def test_a_replaced_writer_acknowledges_nothing(
    client: FlaskClient, key: dict[str, str], settings: Settings, kept: KeptChanges
) -> None:
    assert client.put(f"{URL}/mot", json={"title": "Một"}, headers=key).status_code == 202
    other = replace(settings, data=settings.data.parent / "b")
    open_shared(other)[0].begin(directory_name(other.data), writing_term(settings))
    for _ in range(2):
        refused = client.put(f"{URL}/hai", json={"title": "Hai"}, headers=key)
        assert refused.status_code == 503 and refused.headers["Retry-After"]
    with pytest.raises(ReplacedError):
        index(settings, [])
    with pytest.raises(ReplacedError):
        write_pushed(settings)
    # It noticed at the first one; the second one was not even accepted.
    assert Inbox(settings.data).newest() == 2


def test_a_machine_alone_keeps_nothing_elsewhere(tmp_path: Path) -> None:
    assert keeper(Settings(data=tmp_path)) is None
