"""The running server against its own description: what Schemathesis makes up breaks nothing and is answered as described."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args
from urllib.request import Request, urlopen

import pytest

from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.push.task import Result
from indexer.settings import Settings
from tests.browser.serving import serving
from tests.collection import index

SECONDS = int(os.environ.get("TRACUU_SCHEMATHESIS_SECONDS", "20"))
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,unsupported_method"
)


@pytest.mark.slow
def test_nothing_made_up_breaks_the_server_or_the_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path / "data")
    index(settings)
    monkeypatch.setenv("TRACUU_RATE_LIMIT", "0")
    monkeypatch.setenv("TRACUU_KEY_RATE_LIMIT", "0")
    key = KeyStore(settings.data).create("schemathesis", ["write", "curate"])[1]
    with serving(settings) as root:
        # Whether any body that is made up is an article is chance.
        put = Request(f"{root}/api/v1/articles/mot-bai", b'{"title": "Mot bai"}', method="PUT")
        put.add_header("Authorization", f"Bearer {key}")
        put.add_header("Content-Type", "application/json")
        assert urlopen(put).status == 202
        command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{root}/api/v1/openapi.json"]
        # One worker: in two threads the parser of Python before 3.11.5 trips over itself (CPython issue 106905).
        command += ["--max-time", str(SECONDS), "--workers", "1", "--checks", CHECKS, "--no-color"]
        command += ["-H", f"Authorization: Bearer {key}"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS + 60)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert "Test cases:" in run.stdout
    # What was accepted meanwhile is written, too: by the writer of the server, which ends with all of it done. Lines that are
    # no article, and so have no address, fail by themselves.
    inbox = Inbox(settings.data)
    tasks = [task for number in range(1, inbox.newest() + 1) if (task := inbox.task(number)) and task.slug]
    assert {"indexed"} <= {task.result for task in tasks} <= set(get_args(Result)) - {"failed"}, tasks
