"""Clients that generators make of the description do what it says, against a server that runs."""

from __future__ import annotations

import base64
import importlib
import io
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from werkzeug.serving import make_server

from indexer.keys import KeyStore
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed, write_pushed
from webui import create_app
from webui.api import openapi

_PACKAGE = "tra_cuu_client"
_USE = """
type Found = paths["/search"]["get"]["responses"]["200"]["content"]["application/json"];
export const titles = (found: Found): string[] => found.hits.map((hit) => hit.title?.text ?? "");
export const issuers = (found: Found): string[][] => found.hits.map((hit) => hit.issuer ?? []);
"""
"""What a program does with the types: it is checked against them."""


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_text(json.dumps(openapi.description()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def generated(description: Path) -> Iterator[Any]:
    """Gives what imports a module of the generated package."""
    config = ConfigFile(
        post_hooks=[],
        content_type_overrides=dict.fromkeys(("application/x-ndjson", "image/webp"), "application/octet-stream"),
    )  # fmt: skip
    folder = description.parent / _PACKAGE
    problems = generate(
        config=Config.from_sources(config, MetaType.NONE, description, "utf-8", True, output_path=folder)
    )
    assert not list(problems)
    sys.path.insert(0, str(folder.parent))
    yield lambda name: importlib.import_module(f"{_PACKAGE}.{name}")
    sys.path.remove(str(folder.parent))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(data=tmp_path_factory.mktemp("data"))
    indexed(made, ARTICLES)
    return made


@pytest.fixture(scope="module")
def client(settings: Settings, generated: Any) -> Iterator[Any]:
    key = KeyStore(settings.data).create("generated", ["write"])[1]
    service = open_search(settings)
    server = make_server("127.0.0.1", 0, create_app(service), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}/api/v1"
    with generated("client").AuthenticatedClient(root, key, raise_on_unexpected_status=True) as made:
        yield made
    server.shutdown()
    thread.join()
    service.close()


def test_it_searches_and_reads_on(client: Any, generated: Any) -> None:
    search = generated("api.search.search").sync
    found = search(client=client, q="hoà bình")
    assert [hit.id for hit in found.hits] == ["hoa-binh"] and found.hits[0].original is None
    ids, cursor = [], "*"
    while cursor:
        answer = search(client=client, cursor=cursor, size=2)
        ids += [hit.id for hit in answer.hits]
        cursor = answer.next_cursor
    assert len(ids) == len(set(ids)) == 6
    assert search(client=client, page=10_000, size=100).errors[0].parameter == "page"


def test_it_pushes_and_deletes(client: Any, generated: Any, settings: Settings) -> None:
    models, task = generated("models"), generated("api.tasks.task").sync
    text = base64.b64encode("Phụ lục đính kèm của lịch".encode()).decode()
    article = models.ArticleInput(
        id="lich/1 a",
        title="Lịch tiếp công dân",
        attachments=[models.AttachmentInput(name="phu-luc.txt", base64=text)],
    )
    accepted = generated("api.articles.post_articles").sync(client=client, body=article)
    assert accepted.status == "accepted"
    write_pushed(settings)
    assert task(int(accepted.task), client=client).result == "indexed"
    slug = accepted.article.rpartition("/")[2]
    assert generated("api.articles.article").sync(slug, client=client).files[0].name == "phu-luc.txt"
    payload = generated("api.files.file").sync(slug, 0, client=client).payload
    assert payload.read().decode() == "Phụ lục đính kèm của lịch"
    deleted = generated("api.articles.delete_article").sync(slug, client=client)
    write_pushed(settings)
    assert task(int(deleted.task), client=client).result == "removed"
    listed = generated("api.tasks.task_list").sync(client=client, size=1)
    assert listed.tasks[0].task == deleted.task and listed.next_cursor


def test_it_pushes_many(client: Any, generated: Any, settings: Settings) -> None:
    lines = [{"id": f"nhieu/{n}", "title": f"Bài số {n}"} for n in range(3)]
    body = "\n".join(map(json.dumps, [*lines, {"id": "x"}, {"delete": "nhieu/0"}])).encode()
    accepted = generated("api.articles.post_articles").sync(
        client=client, body=generated("types").File(io.BytesIO(body))
    )
    write_pushed(settings)
    done = generated("api.tasks.task").sync(int(accepted.task), client=client)
    assert [line.result for line in done.lines] == ["superseded", "indexed", "indexed", "failed", "unknown"]
    assert done.status == "failed" and done.counts.indexed == 2


def test_typescript_is_generated(description: Path) -> None:
    programs = Path(sys.prefix) / "npm/node_modules/.bin"
    generator = shutil.which("openapi-typescript", path=programs)
    if not generator:
        pytest.skip("openapi-typescript is not here; npm installs it with the other tools of the tests")
    run = subprocess.run([generator, str(description)], capture_output=True, text=True)
    assert run.returncode == 0 and "post_articles" in run.stdout, run.stderr
    client = description.with_suffix(".ts")
    client.write_text(f"{run.stdout}\n{_USE}")
    checked = subprocess.run(
        [str(programs / "tsc"), "--noEmit", "--strict", "--skipLibCheck", str(client)],
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout
