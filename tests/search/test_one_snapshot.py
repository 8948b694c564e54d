"""A request is answered from one commit, whatever other requests and the writer do meanwhile.

Every commit writes its number into the titles, texts, copies and attachments of all articles. An answer that holds
two numbers has mixed two commits.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engine.opening import open_engine
from indexer.engine.protocol import Snapshot
from indexer.indexing.opening import open_pipeline
from indexer.indexing.pipeline import Pipeline
from indexer.model import Article, Attachment
from indexer.search.pins import pin
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from indexer.stored.address import readable_path
from tests.collection import Listed
from webui import create_app

COMMITS, MOST_COMMITS = 8, 200
READERS = 3
WORK = "chuyển đổi số trong quản lý văn bản và lưu trữ hồ sơ công việc của các cơ quan thành phố"
"""As much as there is room for in an address: what a title says behind it changes none."""
ADDRESSES = (
    "/api/v1/search?q=chuyển+đổi+số",
    "/api/v1/search?q=chuyển+đổi+số&sort=newest&source=mot.example",
    "/api/v1/search?q=15/CT-UBND",
    "/api/v1/search?q=chuyển+đổi+khoai+lang",
    "/api/v1/search?q=lưu+trữ&cursor=*",
    "/api/v1/directives/15-ct-ubnd",
    "/api/v1/articles/bai-1/related",
    "/search?q=lưu+trữ",
    "/search.json?q=chuyển+đổi+số",
    f"{readable_path('bai-1', WORK)}?q=lưu+trữ",
    f"{readable_path('sao-1', f'Giao việc {WORK}')}?q=chuyển+đổi",
    "/directives/15-ct-ubnd",
    "/",
)
NUMBER = re.compile(r"lần (?:<mark>)?(\d+)")
SHARED = (
    "Ủy ban nhân dân thành phố giao Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ngành và phường, xã rà soát"
    " dữ liệu, chuẩn hóa quy trình và công bố kết quả hằng tháng trên cổng thông tin; các đơn vị cử đầu mối, bố trí máy"
    " móc, bảo đảm an toàn và báo cáo đúng hạn theo mẫu kèm theo để tổng hợp, trình cấp trên xem xét, quyết định."
)


def articles(number: int) -> Iterator[Article]:
    """All articles as commit ``number`` has them: more and fewer copies and attachments from one to the next."""
    said = f"lần {number}"
    for n in range(4):
        files = tuple(
            Attachment(
                f"tep-{file}.txt", content=f"Kế hoạch lưu trữ {said}, tệp {file} của bài {n}.".encode()
            )
            for file in range((number + n) % 3)
        )
        yield Article(
            f"bai-{n}",
            f"{WORK.capitalize()} {said}, bài {n}",
            f"Theo Chỉ thị số 15/CT-UBND, {said}, việc thứ {n} là lưu trữ hồ sơ trên máy tính.",
            sources=("mot.example",),
            attachments=files,
            number="15/CT-UBND" if n == 0 else None,
        )
    for n in range(number % 4):
        yield Article(
            f"sao-{n + 1 if number % 2 else 3 - n}",
            f"Giao việc {WORK} {said}",
            f"{SHARED} {said}. {SHARED}",
            sources=(f"nguon-{n}.example",),
        )


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, engine=request.param, rate_limit=0)


@pytest.fixture
def pipeline(settings: Settings, tmp_path: Path) -> Iterator[Pipeline]:
    with open_pipeline(settings) as pipeline, pipeline.kept_open():
        list(pipeline.index(Listed(articles(0))))
        pin(tmp_path, "lưu trữ", ["bai-2", "bai-3"])
        yield pipeline


def test_a_commit_between_any_two_questions_shows_nowhere(
    pipeline: Pipeline, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(settings)
    with closing(SearchService(engine, settings)) as service:
        client, commits, asked = create_app(service).test_client(), count(1), Counter[str]()

        def commit_after(name: str) -> None:
            answer = getattr(type(engine.snapshot()), name)

            def answered(snapshot: Snapshot, *given: object) -> object:
                found = answer(snapshot, *given)
                if not writing.locked():
                    with writing:  # what a request of another thread would do now
                        asked[name] += 1
                        list(pipeline.index(Listed(articles(next(commits))), prune=True))
                        service.searcher().search(SearchRequest("máy"))
                return found

            monkeypatch.setattr(type(engine.snapshot()), name, answered)

        writing = threading.Lock()
        for name in ("search", "pages", "documents", "by_slug"):
            commit_after(name)
        for address in ADDRESSES:
            before = asked.total()
            response = client.get(address)
            numbers = set(NUMBER.findall(response.get_data(as_text=True)))
            assert response.status_code in (200, 404) and len(numbers) <= 1, (address, numbers)
            assert asked.total() > before, f"{address} asked nothing"
    assert min(asked[name] for name in ("search", "pages", "documents", "by_slug")) > 0


class Reader(threading.Thread):
    """Asks for one address after the other until it is told to stop."""

    def __init__(self, client: FlaskClient, first: int) -> None:
        super().__init__()
        self.client, self.first = client, first
        self.over = threading.Event()
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()
        self.answers = 0

    def run(self) -> None:
        at = self.first
        while not self.over.is_set():
            address = ADDRESSES[at % len(ADDRESSES)]
            at += 1
            response = self.client.get(address)
            numbers = set(NUMBER.findall(response.get_data(as_text=True)))
            self.answers += 1
            self.seen.update(numbers)
            gone = response.status_code == 404 and "sao-1" in address
            if len(numbers) > 1 or (response.status_code != 200 and not gone):
                self.wrong.append(f"{address}: {response.status_code}, commits {sorted(numbers)}")


def test_threads_beside_a_writer_never_mix_two_commits(pipeline: Pipeline, settings: Settings) -> None:
    service = open_search(settings)
    app = create_app(service)
    readers = [Reader(app.test_client(), first) for first in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        # Until every reader has asked for everything beside commits: how fast that goes is the machine's business.
        for number in range(1, MOST_COMMITS):
            list(pipeline.index(Listed(articles(number)), prune=True))
            if number >= COMMITS and all(reader.answers >= len(ADDRESSES) for reader in readers):
                break
    finally:
        for reader in readers:
            reader.over.set()
        for reader in readers:
            reader.join()
        service.close()
    assert [problem for reader in readers for problem in reader.wrong] == []
    assert all(reader.answers >= len(ADDRESSES) for reader in readers)
    assert len({number for reader in readers for number in reader.seen}) > 2
