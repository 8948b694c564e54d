"""The writer's loop: nothing accepted is lost, others are let in, one bad article keeps nobody out."""

from __future__ import annotations

import json
import multiprocessing.synchronize
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.catalog.catalog import Catalog
from indexer.disk.locks import writer_lock
from indexer.errors import ItemError
from indexer.indexing.pipeline import Pipeline
from indexer.push.fetch import Fetched, Fetcher, Limits
from indexer.push.inbox import Inbox
from indexer.push.writer import PushWriter
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, Listed, index, write_pushed
from tests.extract.documents import pdf
from tests.processes import BESIDE
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def push(inbox: Inbox, slug: str, **values: Any) -> int:
    record = {"title": f"Bài {slug}", "body": "Nội dung được đẩy.", **values}
    body = json.dumps(record).encode()
    return inbox.accept(slug, "put", body[:16], body, files="attachments" in record).number


def ids(settings: Settings) -> set[str]:
    service = open_search(settings)
    found = {hit.id for hit in service.search(SearchRequest(size=100)).hits}
    service.close()
    return found


def started(settings: Settings, *options: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "indexer",
        "write",
        "--quiet",
        "--data",
        str(settings.data),
        *options,
    ]
    return subprocess.Popen(command, cwd=ROOT)


def test_sigterm_ends_when_all_that_was_accepted_is_written(settings: Settings) -> None:
    settings.data.mkdir()
    inbox = Inbox(settings.data)
    writer = started(settings)
    until((settings.data / "tantivy" / "meta.json").is_file)
    tasks = [push(inbox, f"a{i}") for i in range(300)]
    writer.send_signal(signal.SIGTERM)
    assert writer.wait(60) == 0
    results = {task.result for number in tasks if (task := inbox.task(number))}
    assert results == {"indexed"} and len(tasks) == 300
    assert open_search(settings).search(SearchRequest(size=1)).total == 300


def some_are_accepted(settings: Settings) -> bool:
    with closing(Catalog(settings.data)) as catalog:
        return catalog.count() > 0


def all_are_written(settings: Settings) -> bool:
    return Inbox(settings.data).count() == 0


@pytest.mark.crash
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(lambda _: True, id="the index was made"),
        pytest.param(some_are_accepted, id="some are accepted"),
        pytest.param(ids, id="some are found"),
        pytest.param(all_are_written, id="all are written"),
    ],
)
def test_kill_at_any_moment_loses_nothing_accepted(
    settings: Settings, moment: Callable[[Settings], object]
) -> None:
    settings.data.mkdir()
    inbox = Inbox(settings.data)
    tasks = [push(inbox, f"a{i}") for i in range(60)]
    writer = started(settings)
    until((settings.data / "tantivy" / "meta.json").is_file)
    until(lambda: moment(settings))
    assert writer.poll() is None
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    tasks += [push(inbox, f"b{i}") for i in range(5)]
    write_pushed(settings)
    results = [task.result for number in tasks if (task := inbox.task(number))]
    assert len(results) == 65 and set(results) <= {"indexed", "unchanged"}
    assert ids(settings) == {f"a{i}" for i in range(60)} | {f"b{i}" for i in range(5)}


def _stream(data: str, over: multiprocessing.synchronize.Event) -> None:
    inbox, i = Inbox(Path(data)), 0
    while not over.wait(0.02):
        push(inbox, f"s{i}")
        i += 1


def test_another_writer_gets_its_turn_while_pushes_go_on(settings: Settings) -> None:
    settings.data.mkdir()
    writer = started(settings)
    until((settings.data / "tantivy" / "meta.json").is_file)
    over = BESIDE.Event()
    stream = BESIDE.Process(target=_stream, args=(str(settings.data), over), daemon=True)
    stream.start()
    try:
        until(lambda: (settings.data / "inbox.sqlite3").is_file() and bool(ids(settings)))
        index(settings, ARTICLES[:2])
        assert stream.is_alive(), "the pushes still went on"
        assert {"hoa-binh", "hoa-tuoi"} <= {
            hit.id for hit in open_search(settings).search(SearchRequest("hoa", size=100)).hits
        }
    finally:
        over.set()
        stream.join()
        writer.terminate()
        assert writer.wait(60) == 0
    assert Inbox(settings.data).count() == 0


def test_it_waits_for_another_writer(settings: Settings) -> None:
    index(settings, ARTICLES[:1])
    inbox, stop = Inbox(settings.data), threading.Event()
    task = push(inbox, "a")
    thread = threading.Thread(target=PushWriter(settings, Inbox(settings.data)).run, args=(stop,))
    with writer_lock(settings.data, 0):
        thread.start()
        until(lambda: bool(inbox.count()))
        assert inbox.task(task) and inbox.count() == 1
    until(lambda: inbox.count() == 0)
    stop.set()
    thread.join(30)
    assert "a" in ids(settings)


def test_an_article_that_breaks_the_analysis_keeps_nobody_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data.mkdir()
    inbox = Inbox(settings.data)
    numbers = [push(inbox, name) for name in ("a", "b", "c")]
    whole = Pipeline.index

    def breaking(self: Pipeline, source: Listed, prune: bool = False) -> Any:
        if any(getattr(item, "id", "") == "b" for item in source.items()):
            raise RuntimeError("a bug")
        return whole(self, source, prune)

    monkeypatch.setattr(Pipeline, "index", breaking)
    writer = write_pushed(settings)
    assert [task.result for number in numbers if (task := inbox.task(number))] == [
        "indexed",
        "failed",
        "indexed",
    ]
    assert writer.counts["failed"] == 1 and ids(settings) == {"a", "c"}


class _Fetcher(Fetcher):
    def __init__(self) -> None:
        super().__init__(Limits(1000, 1))
        self.begun, self.release = threading.Event(), threading.Event()

    def fetch(self, url: str, into: Path) -> Fetched:
        if "slow" in url:
            self.begun.set()
            assert self.release.wait(30)
        if "bad" in url:
            raise ItemError("the server answered 404")
        into.write_bytes(pdf("Tep dinh kem tu xa"))
        return Fetched("application/pdf", 1)


def test_attachments_are_fetched_while_others_are_written(settings: Settings) -> None:
    settings.data.mkdir()
    inbox, fetcher, stop = Inbox(settings.data), _Fetcher(), threading.Event()
    slow = push(inbox, "cham", attachments=[{"url": "http://x.example/slow.pdf"}])
    quick = push(
        inbox,
        "nhanh",
        attachments=[{"name": "a.pdf", "url": "http://x.example/a"}, {"url": "http://x.example/bad"}],
    )
    plain = push(inbox, "tron")
    thread = threading.Thread(target=PushWriter(settings, Inbox(settings.data), fetcher).run, args=(stop,))
    thread.start()

    def result(number: int) -> str | None:
        task = inbox.task(number)
        return task.result if task else "none"

    until(lambda: result(plain) == result(quick) == "indexed")
    assert result(slow) is None
    fetcher.release.set()
    stop.set()
    thread.join(60)
    assert result(slow) == "indexed"
    task = inbox.task(quick)
    assert task and task.problems == ("bad: the server answered 404",)
    found = open_search(settings).search(SearchRequest("tep dinh kem tu xa"))
    assert {hit.id for hit in found.hits} == {"cham", "nhanh"}


def test_the_last_change_counts_whenever_it_comes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data.mkdir()
    inbox = Inbox(settings.data)
    waiting = Inbox.waiting
    puts: list[int] = []

    def later(self: Inbox, *given: Any, **named: Any) -> Any:
        # Just before the writer reads the inbox: a deletion waits, and the article is put again.
        if not puts:
            puts.append(push(inbox, "a", title="Mới"))
        return waiting(self, *given, **named)

    push(inbox, "a", title="Cũ")
    write_pushed(settings)
    deleted = inbox.accept("a", "delete").number
    monkeypatch.setattr(Inbox, "waiting", later)
    write_pushed(settings)
    assert [task.result for number in (deleted, *puts) if (task := inbox.task(number))] == [
        "superseded",
        "indexed",
    ]
    assert ids(settings) == {"a"}


def test_what_was_fetched_late_does_not_replace_a_later_change(settings: Settings) -> None:
    settings.data.mkdir()
    inbox, fetcher, stop = Inbox(settings.data), _Fetcher(), threading.Event()
    early = push(inbox, "a", title="Cũ", attachments=[{"url": "http://x.example/slow.pdf"}])
    thread = threading.Thread(target=PushWriter(settings, Inbox(settings.data), fetcher).run, args=(stop,))
    thread.start()
    assert fetcher.begun.wait(30)
    late = push(inbox, "a", title="Mới")
    until(lambda: (task := inbox.task(late)) is not None and task.result == "indexed")
    fetcher.release.set()
    for other in ("b", "c"):  # it has looked at what it fetched
        number = push(inbox, other)
        until(lambda number=number: (task := inbox.task(number)) is not None and task.result == "indexed")  # type: ignore[misc]
    stop.set()
    thread.join(60)
    assert (task := inbox.task(early)) and task.result == "superseded"
    assert "Mới" in {hit.title.text for hit in open_search(settings).search(SearchRequest()).hits}


def test_html_is_read_as_text_and_its_task_says_so(settings: Settings) -> None:
    settings.data.mkdir()
    inbox = Inbox(settings.data)
    task = push(inbox, "tin", title="Lịch &amp; ảnh", body="<p>Phường <b>họp</b>.</p><p>Hết</p>")
    write_pushed(settings)
    done = inbox.task(task)
    assert done and done.result == "indexed"
    assert [problem.partition(":")[0] for problem in done.problems] == ["title", "body"]
    with closing(open_search(settings)) as service:
        article = service.searcher().articles.by_id("tin")
    assert (article.title, article.body) == ("Lịch & ảnh", "Phường họp.\n\nHết")
