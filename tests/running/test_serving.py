"""What operators rely on: processes that come back, an end without loss, commits without failures, figures, logs."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from indexer.engine.opening import index_path
from indexer.query_log.report import report
from indexer.settings import Settings
from indexer.upkeep.rebuild import rebuild, roll_back
from tests.collection import ARTICLES, index
from tests.running.server import Server, activated, serving
from tests.waiting import SECONDS, until
from webui.serving.children import Child
from webui.serving.supervisor import Supervisor

SEARCH = "/search?q=ke+hoach"
_PAUSE = 0.005
"""Seconds between two requests of a reader: some hundreds in a second, which leave processors to what is looked at."""


class Reader(threading.Thread):
    """Asks again and again over one connection until told to stop or refused a connection."""

    def __init__(self, server: Server, path: str = SEARCH, kept: bool = False) -> None:
        """``kept``: the socket outlives the server, so that nothing may be refused at all."""
        super().__init__()
        self.server, self.path, self.kept = server, path, kept
        self.statuses: list[int] = []
        self.lost: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=SECONDS)
        while not self.stopping.is_set():
            try:
                connection.connect()
            except OSError:
                return
            answered = 0
            try:
                while not self.stopping.wait(_PAUSE):
                    connection.request("GET", self.path)
                    response = connection.getresponse()
                    response.read()
                    answered += 1
                    self.statuses.append(response.status)
                    if response.getheader("Connection") == "close":
                        break
            except (http.client.HTTPException, OSError) as error:
                # A connection that no process has taken any more was refused, a little late.
                if answered or not isinstance(error, ConnectionResetError) or self.kept:
                    self.lost.append(repr(error))
                return
            finally:
                connection.close()


@contextmanager
def no_request_failing(server: Server, path: str = SEARCH) -> Iterator[None]:
    """Let three readers ask for ``path`` during the block, all of whom are answered, before it as well."""
    readers = [Reader(server, path) for _ in range(3)]
    for reader in readers:
        reader.start()
    until(lambda: all(reader.statuses for reader in readers))
    yield
    for reader in readers:
        reader.stopping.set()
        reader.join(SECONDS)
        assert set(reader.statuses) == {200} and not reader.lost


def test_an_end_that_is_asked_for_loses_no_request(data: Path) -> None:
    with serving(data) as server:
        readers = [Reader(server) for _ in range(6)]
        for reader in readers:
            reader.start()
        until(lambda: all(len(reader.statuses) > 3 for reader in readers))
        assert server.stop() == 0
        for reader in readers:
            reader.join(SECONDS)
        assert [reader.lost for reader in readers] == [[]] * 6
        assert {status for reader in readers for status in reader.statuses} == {200}


def test_a_socket_that_systemd_keeps_refuses_nobody_while_the_server_starts_anew(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as kept:
        port = kept.getsockname()[1]
        with activated(data, kept) as first:
            readers = [Reader(Server(port, first.process), kept=True) for _ in range(4)]
            for reader in readers:
                reader.start()
            until(lambda: all(len(reader.statuses) > 3 for reader in readers))
            assert first.stop() == 0
        before = sum(len(reader.statuses) for reader in readers)
        with activated(data, kept):
            until(lambda: sum(len(reader.statuses) for reader in readers) > before + 20)
            for reader in readers:
                reader.stopping.set()
                reader.join(SECONDS)
    assert [reader.lost for reader in readers] == [[]] * 4
    assert {status for reader in readers for status in reader.statuses} == {200}


def test_a_killed_process_is_replaced(server: Server) -> None:
    before = server.workers()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(set(server.workers()) - set(before)) == 1)
    assert server.get(SEARCH).status == 200


def test_processes_are_replaced_on_request_without_a_failed_request(data: Path) -> None:
    with serving(data) as server:
        before = set(server.workers())
        with no_request_failing(server):
            server.process.send_signal(signal.SIGHUP)
            until(lambda: len(now := set(server.workers())) == 2 and not now & before)


def test_commits_are_seen_without_a_failed_request(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    index(settings, ARTICLES[:3])
    with serving(settings.data) as server, no_request_failing(server, "/api/v1/search?q=*"):
        for article in ARTICLES[3:5]:
            index(settings, [article])
            found = json.loads(server.get("/api/v1/search?q=*").body)
            assert article.id in {hit["id"] for hit in found["hits"]}


def test_indexes_change_places_without_a_failed_request(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    index(settings, ARTICLES[:2])
    folders = {index_path(settings)}
    with serving(settings.data) as server, no_request_failing(server, "/api/v1/search?q=*"):
        changes: tuple[Callable[[Settings], object], ...] = (rebuild, roll_back, rebuild)
        for change, article in zip(changes, ARTICLES[2:5], strict=True):
            change(settings)
            index(settings, [article])
            folders.add(index_path(settings))
            found = json.loads(server.get("/api/v1/search?q=*").body)
            assert article.id in {hit["id"] for hit in found["hits"]}
    assert len(folders) == 3


def test_figures_are_those_of_all_processes(server: Server) -> None:
    before = server.metric('tracuu_requests_total{route="search",status="2xx"}')
    for _ in range(20):
        server.get(SEARCH)
    server.get("/search?q=khongcotunaonhuvay")
    assert server.metric('tracuu_requests_total{route="search",status="2xx"}') == before + 21
    assert server.metric("tracuu_searches_without_results_total") >= 1
    assert server.metric('tracuu_articles_with_attachments{state="missing"}') == 1
    assert server.get("/metrics", {"X-Forwarded-For": "203.0.113.7"}).status == 404


def test_figures_are_for_the_networks_that_may_have_them(data: Path) -> None:
    with serving(data, "--workers", "1", TRACUU_METRICS_FROM="") as server:
        assert server.get("/metrics").status == 404


def test_requests_have_ids_and_lines_in_the_log(data: Path) -> None:
    with serving(data, "--workers", "1", TRACUU_ACCESS_LOG="true", TRACUU_JSON_LOGS="true") as server:
        assert server.get(SEARCH, {"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
        own = server.get("/api/v1/nothing", {"X-Request-ID": 'x"\\ y'}).headers["X-Request-ID"]
        assert len(own) == 16
        server.process.terminate()
        out, _ = server.process.communicate(timeout=SECONDS)
        lines = {line["request_id"]: line for line in map(json.loads, out.splitlines())}
        assert lines["abc-1"]["status"] == 200 and lines["abc-1"]["path"] == "/search"
        assert lines[own]["status"] == 404
        assert "hoach" not in out and "127.0.0.1" not in out


def test_the_writer_is_kept_running_and_ends_with_the_rest(data: Path, tmp_path: Path) -> None:
    script, pids = tmp_path / "writer.py", tmp_path / "pids"
    script.write_text(
        "import os, signal, sys\n"
        f"print(os.getpid(), file=open({str(pids)!r}, 'a'))\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
        "signal.pause()\n"
    )

    def started() -> list[int]:
        return [int(line) for line in pids.read_text().split()] if pids.exists() else []

    with serving(data, "--writer-command", f"{sys.executable} {script}") as server:
        until(lambda: len(started()) == 1)
        os.kill(started()[0], signal.SIGKILL)
        until(lambda: len(started()) == 2)
        assert server.get(SEARCH).status == 200
        assert server.stop() == 0
    assert not Path(f"/proc/{started()[1]}").exists()


def test_a_supervisor_with_nothing_to_do_does_nothing(server: Server) -> None:
    def turns() -> list[str]:
        """How often it stopped running: by itself, and because others had their turn."""
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        return re.findall(r"ctxt_switches:\s*(\d+)", status)

    before = turns()
    for _ in range(200):
        assert server.get("/healthz").status == 200
    assert len(before) == 2 and turns() == before


def test_children_end_with_a_supervisor_that_is_killed(data: Path) -> None:
    with serving(data, "--workers", "1") as server:
        (worker,) = server.workers()
        server.process.kill()
        until(lambda: not Path(f"/proc/{worker}").exists())


def test_what_can_not_be_kept_running_ends_the_whole(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        os._exit(7)

    assert Supervisor([Child("web", fails, vital=True, attempts=2)]).run() == 3
    assert "exit code 7" in caplog.text


def test_the_last_children_are_stopped_after_all_others(tmp_path: Path) -> None:
    """They hand over what the others wrote at their end."""
    told = tmp_path / "told"

    def child(name: str, pause: float) -> None:
        def end(*_: object) -> None:
            time.sleep(pause)
            with told.open("a") as out:
                out.write(f"{name} ends\n")
            os._exit(0)

        signal.signal(signal.SIGTERM, end)
        (tmp_path / name).touch()
        while True:
            signal.pause()

    def stop() -> None:
        until(lambda: all((tmp_path / name).exists() for name in ("web", "log")))
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=stop).start()
    children = [Child("log", partial(child, "log", 0), last=True), Child("web", partial(child, "web", 0.3))]
    assert Supervisor(children).run() == 0
    assert told.read_text() == "web ends\nlog ends\n"


def test_searches_are_noted_by_all_processes_until_the_end(tmp_path: Path) -> None:
    index(Settings(data=tmp_path), ARTICLES)
    with serving(tmp_path, "--workers", "2") as server:
        for _ in range(20):
            server.get(SEARCH)
        server.get(SEARCH, {"Sec-GPC": "1"})
        assert server.stop() == 0
    found = report(tmp_path, 1, 10)
    assert [(asked.text, asked.times) for asked in found.top] == [("ke hoach", 20)]
