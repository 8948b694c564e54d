"""Several machines as their operators start them: a writer, and one that gets everything from it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.keys import KeyStore
from indexer.query_log.report import report
from indexer.replication.membership import open_shared
from indexer.replication.queries import take_in
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.files.gateway import BUCKET, Gateway
from tests.files.test_store import prefix_of
from tests.replication.machines import begin, machine
from tests.running.server import ROOT, Server, answers, children_of, free_port
from tests.waiting import until

pytestmark = pytest.mark.crash


@pytest.fixture
def writer(gateway: Gateway, tmp_path: Path) -> Settings:
    return Settings(
        tmp_path / "writer",
        role="writer",
        files=f"s3://{BUCKET}/{prefix_of(tmp_path)}",
        s3=gateway.settings(),
    )


def config_of(settings: Settings) -> Path:
    path, s3 = settings.data.with_suffix(".toml"), settings.s3
    path.write_text(
        f'data = "{settings.data}"\nfiles = "{settings.files}"\nrole = "{settings.role}"\n[s3]\nendpoint = "{s3.endpoint}"\n'
        f'access_key = "{s3.access_key}"\nsecret_file = "{s3.secret_file}"\n'
    )
    return path


def command(name: str, settings: Settings) -> Sequence[str]:
    return [sys.executable, "-W", "ignore", "-m", "indexer", name, "--config", str(config_of(settings))]


@contextmanager
def started(settings: Settings) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [*command("serve", settings), "--port", str(port), "--workers", "1"], cwd=ROOT, text=True
    )
    try:
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(60)


def beside(server: Server, name: str) -> int:
    """Return the process of the child that runs the command ``name``."""
    for child in children_of(server.process.pid):
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if name.encode() in words:
            return child
    return 0


def completed(server: Server) -> list[str]:
    answer = server.get("/api/v1/suggest?q=chuyen+doi")
    return [one["text"] for one in json.loads(answer.body)["suggestions"]] if answer.status == 200 else []


def push(server: Server, key: str, slug: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    body = json.dumps({"title": "Chuyển đổi số ở phường", "body": slug})
    sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request("PUT", f"/api/v1/articles/{slug}", body, sent)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_a_machine_with_an_empty_directory_gets_ready_and_keeps_up(writer: Settings) -> None:
    index(writer, ARTICLES)
    key = KeyStore(writer.data).create("a", ["write"])[1]
    other = replace(machine(writer, "other"), role="standby")
    with started(other) as standby:
        until(lambda: reached(standby))
        answer = standby.get("/readyz")
        assert (answer.status, answer.body) == (503, "not ready: waiting for the first copies\n")
        with started(writer) as first:
            until(lambda: answers(first))
            until((other.data / "suggestions.sqlite3").is_file)
            # As if it were one of a cluster.
            (other.data / "tantivy").symlink_to(writer.data / "tantivy")
            until(lambda: answers(standby))
            same = {"Host": "tim.example"}
            for path in ("/search?q=hoa", "/api/v1/search?q=hoa"):
                assert first.get(path, same).headers["ETag"] == standby.get(path, same).headers["ETag"]
            assert push(standby, key, "a").status == 503
            # Killed, both are started again, and what changed meanwhile arrives.
            for server, name in ((standby, "follow"), (first, "publish")):
                os.kill(beside(server, name), signal.SIGKILL)
            for slug in ("a", "b", "c"):
                assert push(first, key, slug).status == 202
            until(lambda: "chuyển đổi số" in completed(standby))
            assert standby.metric('tracuu_role{role="standby"}') == 1 and standby.metric("tracuu_term") == 1
            until(lambda: standby.metric("tracuu_copies_age_seconds") < 15)
            assert (other.data / "catalog.sqlite3").is_file()
        assert completed(standby)  # without the writer
    # What the standby was asked, it handed in when it stopped.
    take_in(writer)
    assert [(asked.text, asked.times) for asked in report(writer.data, 1, 10).top] == [("hoa", 4)]


def test_the_publisher_of_a_replaced_writer_ends_with_one_sentence(writer: Settings) -> None:
    index(writer, ARTICLES)
    process = subprocess.Popen(
        [*command("publish", writer), "--quiet"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        store = open_shared(writer)[1]
        until(lambda: (found := store.manifest(1)) and found.file("register.sqlite3"))
        begin(machine(writer, "other"))
        KeyStore(writer.data).create("a", ["write"])
        said = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == 3
    assert said.count("\n") == 1 and "another machine has been the writer since" in said


@pytest.mark.parametrize("role", ["web", "standby"])
def test_commands_that_write_are_refused_where_another_machine_writes(
    writer: Settings, role: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(writer)
    monkeypatch.setenv("TRACUU_ROLE", role)
    monkeypatch.setenv("TRACUU_ENGINE", "opensearch")
    for words in (
        ["index", "x.jsonl"], ["sync"], ["remove", "a"], ["rebuild"], ["keys", "list"], ["pin", "hoa", "a"], ["write", "--once"],
        ["publish"],
    ):  # fmt: skip
        assert main([*words, "--config", str(config)]) == 3, words
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and f"this machine has the role {role} and writes nothing" in said
    assert not (writer.data / "catalog.sqlite3").exists()
    assert main(["follow", "--config", str(config), "--role", "writer"]) == 2


def test_commands_of_a_replaced_writer_are_refused(
    writer: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    config = config_of(writer)
    assert main(["keys", "create", "--name", "a", "--scope", "write", "--config", str(config)]) == 0
    assert (open_shared(writer)[0].current() or pytest.fail()).number == 1
    begin(machine(writer, "other"))
    capsys.readouterr()
    for words in (["keys", "list"], ["publish"]):
        assert main([*words, "--config", str(config)]) == 3, words
        assert "another machine has been the writer since" in capsys.readouterr().err


def reached(server: Server) -> bool:
    try:
        return server.get("/healthz").status == 200
    except OSError:
        return False
