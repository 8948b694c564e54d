"""Attachments on their way in: hostile names, and a run that is killed while it reads them."""

from __future__ import annotations

import base64
import json
import os
import signal
import time
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

import pytest

from indexer.extract.sandbox import Sandbox
from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Attachment, Extraction, FileState, Page
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.sources.opening import open_source
from tests.collection import index
from tests.extract.documents import pdf
from tests.processes import BESIDE
from tests.waiting import until
from webui import create_app

NAMES = {
    "../../etc/passwd": "../../etc/passwd",
    "a/b\\c.pdf": "a/b\\c.pdf",
    "x\0y.pdf": "x y.pdf",
    "bang-luong\u202efdp.exe": "bang-luongfdp.exe",
    "a\r\nSet-Cookie: b.pdf": "a Set-Cookie: b.pdf",
    "n" * 300 + ".pdf": "n" * 300 + ".pdf",
    '"><script>alert(1)</script>.pdf': '"><script>alert(1)</script>.pdf',
}


def test_names_made_to_hurt(tmp_path: Path) -> None:
    content = pdf("Ke hoach chuyen doi so")
    files = [{"name": name, "base64": base64.b64encode(content).decode()} for name in NAMES]
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": "a", "title": "Hồ sơ", "attachments": files}))
    settings = Settings(data=tmp_path / "data")
    with open_pipeline(settings) as pipeline:
        list(pipeline.index(open_source(str(lines), settings)))
    service = open_search(settings)
    stored = service.searcher().articles.by_id("a").files
    assert [file.name for file in stored] == list(NAMES.values())
    assert {str(file.state) for file in stored} == {"text"}
    (hit,) = service.search(SearchRequest("ke hoach chuyen doi so")).hits
    assert hit.files
    client = create_app(service).test_client()
    page = client.get("/articles/a", follow_redirects=True).text
    assert "<script>alert" not in page and "\u202e" not in page
    for file in stored:
        response = client.get(f"/articles/a/files/{file.n}", buffered=True)
        assert response.data == content and "Set-Cookie" not in response.headers
        assert response.headers["Content-Disposition"].startswith("attachment;")
    assert client.get("/articles/a/files/5/pages/1?q=ke+hoach").status_code == 200
    service.close()
    outside = {path.name for path in tmp_path.iterdir()}
    assert outside == {"data", "in.jsonl"}


def _articles() -> list[Article]:
    return [
        Article(f"a{n}", f"Bài {n}", attachments=(Attachment(f"{n}.pdf", content=pdf(f"trang {n}")),))
        for n in range(60)
    ]


def _read_slowly(log: str, seconds: float) -> AbstractContextManager[object]:
    def extract(_: Sandbox, path: Path, name: str) -> Extraction:
        with Path(log).open("a") as out:
            out.write(f"{name}\n")
        time.sleep(seconds)
        return Extraction("application/pdf", FileState.TEXT, (Page(1, f"trang {name}"),))

    return mock.patch.object(Sandbox, "extract", extract)


def _index_slowly(data: str, log: str) -> None:
    with _read_slowly(log, 0.1):
        index(Settings(data=Path(data), workers=2), _articles())


@pytest.mark.crash
@pytest.mark.parametrize("after", [5, 23])
def test_a_run_killed_while_reading_goes_on_where_it_was(tmp_path: Path, after: int) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    log.touch()
    child = BESIDE.Process(target=_index_slowly, args=(str(data), str(log)))
    child.start()
    until(lambda: len(log.read_text().split()) >= after)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)
    before = len(log.read_text().split())
    assert after <= before < 60
    settings = Settings(data=data, workers=2)
    with _read_slowly(str(log), 0):
        index(settings, _articles())
    times = Counter(log.read_text().split())
    assert len(times) == 60
    assert sum(times.values()) - 60 <= 3, "only what was being read is read again"
    service = open_search(settings)
    assert service.search(SearchRequest("trang")).total == 60
    service.close()
