"""A command on the writer is done once other machines have copies of what it changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME as CATALOG
from indexer.cli import main
from indexer.disk.locks import copies_lock
from indexer.errors import StorageError
from indexer.replication import publisher as publishing_all_the_time
from indexer.replication.membership import Writing, open_shared, writing_term
from indexer.settings import Settings
from indexer.upkeep import publishing
from indexer.upkeep.publishing import publish_now, publisher_of
from tests.collection import ARTICLES, index, write_jsonl
from tests.files.gateway import BUCKET, Gateway
from tests.waiting import until


@pytest.fixture
def settings(gateway: Gateway, tmp_path: Path) -> Settings:
    files = f"s3://{BUCKET}/publishing/{tmp_path.name}"
    return Settings(data=tmp_path / "data", role="writer", workers=1, files=files, s3=gateway.settings())


@pytest.fixture
def resting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A publisher that has copied everything, and rests for long."""
    monkeypatch.setattr(publishing_all_the_time, "REST", 1e6)
    stop = threading.Event()

    def run() -> None:
        with copies_lock(settings.data):
            publisher_of(settings, writing_term(settings)).run(stop)

    index(settings, ARTICLES[:1])
    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: (found := open_shared(settings)[1].manifest(1)) and found.complete)
    yield
    stop.set()
    thread.join()


def is_copied(settings: Settings) -> bool:
    with closing(Catalog(settings.data)) as catalog:
        return Writing(settings).is_copied(CATALOG, catalog.last())


def config_of(settings: Settings) -> str:
    path, s3 = settings.data.with_suffix(".toml"), settings.s3
    path.write_text(
        f'data = "{settings.data}"\nrole = "writer"\nfiles = "{settings.files}"\n[s3]\nendpoint = "{s3.endpoint}"\n'
        f'access_key = "{s3.access_key}"\nsecret_file = "{s3.secret_file}"\n'
    )
    return str(path)


def test_a_command_publishes_what_it_changed(settings: Settings, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": "a", "title": "Bài a"}])
    assert main(["index", str(path), "--quiet", "--config", config_of(settings)]) == 0
    assert is_copied(settings)
    index(settings, ARTICLES)
    assert not is_copied(settings)
    assert main(["remove", "a", "--quiet", "--config", config_of(settings)]) == 0
    assert is_copied(settings)


@pytest.mark.usefixtures("resting")
def test_a_running_publisher_does_it_at_once(settings: Settings) -> None:
    index(settings, ARTICLES)
    assert not is_copied(settings)
    publish_now(settings)
    assert is_copied(settings) and not list((settings.data / "cache" / "wanted").iterdir())


def test_it_is_told_if_nobody_publishes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index(settings, ARTICLES)
    monkeypatch.setattr(publishing, "MOST_SECONDS", 0.0)
    with copies_lock(settings.data), pytest.raises(StorageError, match="would be lost with this machine"):
        publish_now(settings)
    assert not list((settings.data / "cache" / "wanted").iterdir())
