"""A running service moves to another engine and back: by a rebuild, a line in its settings, and a signal."""

from __future__ import annotations

import http.client
import json
import os
import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from benchmarks.measure import command_line
from indexer.catalog.catalog import Catalog
from indexer.cli import main
from indexer.engine.folders import existing_folders
from indexer.engine.opening import open_engine, remove_index
from indexer.keys import KeyStore
from indexer.model import Article
from indexer.push.inbox import Inbox
from indexer.settings import EngineName, Settings
from tests.collection import ARTICLES, index
from tests.running.server import Server, answers, children_of, serving
from tests.waiting import SECONDS, until

_PAUSE = 0.01
OTHERS = ["whoosh", "opensearch"]


class Visitor(threading.Thread):
    """Counts all articles again and again: no request fails, and no article that was there is gone."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._port = server.port
        self.over = threading.Event()
        self.totals: list[int] = []
        self.failed: list[object] = []

    def run(self) -> None:
        while not self.over.wait(_PAUSE):
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
            try:
                connection.request("GET", "/api/v1/search?q=*")
                response = connection.getresponse()
                body = response.read()
                if response.status == 200:
                    self.totals.append(json.loads(body)["total"])
                else:
                    self.failed.append((response.status, body))
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(error)
            finally:
                connection.close()


class Sender(threading.Thread):
    """Pushes one article after the other, each once the one before is found."""

    def __init__(self, server: Server, key: str) -> None:
        super().__init__()
        self._server = server
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.over = threading.Event()
        self.sent = 0
        self.refused: list[int] = []

    def run(self) -> None:
        while not self.over.is_set():
            path = f"/api/v1/articles/tin-{self.sent}"
            connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=SECONDS)
            with closing(connection):
                body = json.dumps({"title": f"Tin thứ {self.sent}", "body": "Tin."})
                connection.request("PUT", path, body, self._headers)
                if (status := connection.getresponse().status) != 202:
                    self.refused.append(status)
                    continue
            self.sent += 1
            until(lambda path=path: self._server.get(path).status == 200)  # type: ignore[misc]


@dataclass(frozen=True)
class Service:
    """A running service, and its settings file."""

    server: Server
    config: Path
    settings: Settings

    def name(self, engine: EngineName) -> None:
        """Name another engine in the settings, and have them read."""
        self.config.write_text(f'engine = "{engine}"\nrate_limit = 0\n')
        self.server.process.send_signal(signal.SIGHUP)

    def move(self, engine: EngineName) -> None:
        """As an operator does, after the index is built."""
        before = self.server.workers()
        self.name(engine)
        until(lambda: self.writer() == engine)
        until(lambda: len(now := self.server.workers()) == 2 and not set(now) & set(before))

    def writer(self) -> str:
        """Return the engine of the writer beside the web processes; empty if none is there."""
        for pid in children_of(self.server.process.pid):
            words = command_line(pid)
            if "write" in words:
                return words[words.index("--engine") + 1]
        return ""

    def total(self) -> int:
        return int(json.loads(self.server.get("/api/v1/search?q=*").body)["total"])

    def run(self, *command: str) -> int:
        return main([*command, "--config", str(self.config), "--data", str(self.settings.data)])


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    settings, config = Settings(data=tmp_path / "data"), tmp_path / "tracuu.toml"
    index(settings, ARTICLES)
    config.write_text('engine = "tantivy"\nrate_limit = 0\n')
    with serving(settings.data, "--config", str(config)) as server:
        yield Service(server, config, settings)
    for name in existing_folders(settings.data, "opensearch"):
        remove_index(settings, settings.data / name)


@contextmanager
def load(service: Service) -> Iterator[Sender]:
    """Let visitors search and a program push all along the block; all of it is answered, and nothing found is lost."""
    before = service.total()
    visitors = [Visitor(service.server) for _ in range(2)]
    key = KeyStore(service.settings.data).create("thử", ["write"])[1]
    sender = Sender(service.server, key)
    threads: list[Visitor | Sender] = [*visitors, sender]
    for one in threads:
        one.start()
    try:
        until(lambda: sender.sent > 1 and all(visitor.totals for visitor in visitors))
        yield sender
    finally:
        for one in threads:
            one.over.set()
            one.join(SECONDS)
    assert [visitor.failed for visitor in visitors] == [[], []] and sender.refused == []
    for visitor in visitors:
        assert visitor.totals == sorted(visitor.totals)
    with closing(Inbox(service.settings.data)) as inbox:
        until(lambda: not inbox.count())
    assert service.total() == before + sender.sent


def changes(settings: Settings) -> list[object]:
    """What the catalog holds: a number and a record for every article."""
    with closing(Catalog(settings.data)) as catalog:
        return [(change.seq, change.id, change.record) for change in catalog.changes(0, 10_000)]


@pytest.mark.parametrize("other", OTHERS)
def test_a_move_to_another_engine_and_back_fails_no_search(
    service: Service, other: EngineName, capsys: pytest.CaptureFixture[str]
) -> None:
    with load(service) as sender:
        assert service.run("rebuild", "--engine", other) == 0
        assert f'set engine = "{other}" in {service.config}' in capsys.readouterr().out
        assert service.writer() == "tantivy"
        sent = sender.sent
        until(lambda: sender.sent > sent + 2)  # which the new index catches up with
        service.move(other)
        sent = sender.sent
        until(lambda: sender.sent > sent + 2)
        # The previous index is the way back.
        service.move("tantivy")
        sent = sender.sent
        until(lambda: sender.sent > sent + 2)
    before = changes(service.settings)
    assert service.run("rebuild") == 0
    assert changes(service.settings) == before
    assert existing_folders(service.settings.data, other) == set()
    with closing(Catalog(service.settings.data)) as catalog:
        assert [name for name in catalog.applied.readers() if name.startswith(other)] == []


def test_the_index_is_brought_up_to_date_before_it_answers(tmp_path: Path) -> None:
    settings, config = Settings(data=tmp_path / "data"), tmp_path / "tracuu.toml"
    index(settings, ARTICLES)
    config.write_text('engine = "tantivy"\n')
    idle = shlex.join([sys.executable, "-c", "import signal; signal.pause()"])
    with serving(settings.data, "--config", str(config), "--writer-command", idle) as server:
        service = Service(server, config, settings)
        assert service.run("rebuild", "--engine", "whoosh") == 0
        index(settings, [Article("moi", "Tin mới", "Tin.")])
        before = set(server.workers())
        service.name("whoosh")
        until(lambda: len(now := set(server.workers())) == 2 and not now & before)
        assert server.get("/api/v1/articles/moi").status == 200
    with closing(open_engine(replace(settings, engine="whoosh"))) as engine:
        assert engine.snapshot().count() == len(ARTICLES) + 1


def test_settings_that_cannot_be_used_change_nothing(service: Service) -> None:
    writer = children_of(service.server.process.pid)[-1]
    service.config.write_text('engine = "lucene"\n')
    before = set(service.server.workers())
    service.server.process.send_signal(signal.SIGHUP)
    until(lambda: len(now := set(service.server.workers())) == 2 and not now & before)
    assert service.writer() == "tantivy" and service.server.get("/readyz").status == 200
    # An engine that has no index yet, for which the writer was ended and is started anew.
    service.name("whoosh")
    until(lambda: service.writer() and children_of(service.server.process.pid)[-1] != writer)
    assert service.writer() == "tantivy" and service.server.get("/readyz").status == 200
    assert existing_folders(service.settings.data, "whoosh") == set()
    service.server.process.terminate()
    said = service.server.process.communicate(timeout=SECONDS)[1]
    assert "lucene" in said and "run `tracuu rebuild --engine whoosh` first" in said


def test_a_killed_web_server_comes_back_with_the_settings_read_last(service: Service) -> None:
    assert service.run("rebuild", "--engine", "whoosh") == 0
    service.move("whoosh")
    index(replace(service.settings, engine="whoosh"), [Article("moi", "Tin mới", "Tin.")])
    before = service.server.workers()
    web = next(pid for pid in children_of(service.server.process.pid) if children_of(pid) == before)
    os.kill(web, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{before[0]}").exists())
    until(lambda: answers(service.server))
    assert service.server.get("/api/v1/articles/moi").status == 200
