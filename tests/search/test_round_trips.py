"""Where the index is on other machines, a response takes two round trips: what is asked was foreseen.

Counted on an engine at hand that answers as a distant one does; ``tests/cluster`` counts the same on real nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from indexer.engine import clauses as c
from indexer.engine.opening import open_engine
from indexer.engine.protocol import (
    Engine,
    EngineRequest,
    EngineResponse,
    Foreseen,
    FrequenciesAsked,
    PageHit,
    PagesAsked,
    SlugAsked,
    Snapshot,
    TermsAsked,
)
from indexer.model import Article, Attachment
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.extract.documents import pdf
from webui import create_app

_TEXT = (
    "Sở Giao thông vận tải phối hợp với công an thành phố kiểm tra xe khách, xe tải trên các tuyến đường vành đai, xử lý"
    " nghiêm vi phạm tải trọng; các bến xe niêm yết giá vé, không để hành khách phải chờ lâu trong dịp lễ."
)
COLLECTION = (
    *ARTICLES,
    *(
        Article(f"sao-{n}", "Kiểm tra xe khách dịp lễ", _TEXT, sources=(f"nguon-{n}.example",))
        for n in range(3)
    ),
    Article(
        "tep",
        "Công văn về tuyển sinh",
        "Kèm theo hướng dẫn tuyển sinh.",
        number="15/2024/TT-BGDĐT",
        attachments=(
            Attachment("huong-dan.txt", content="Hồ sơ tuyển sinh lớp mười nộp trực tuyến.".encode()),
        ),
    ),
    Article(
        "trang",
        "Đề án lưu trữ",
        "Kèm theo đề án.",
        attachments=(Attachment("de-an.pdf", content=pdf("De an", "Kho luu tru ho so giay")),),
    ),
    Article(
        "luat-dat-dai",
        "Luật Đất đai",
        "Điều 1. Phạm vi\nLuật này quy định về đất đai.\nĐiều 5. Nguyên tắc\nĐất đai thuộc sở hữu toàn dân.",
        number="45/2013/QH13",
        type="Luật",
        issuer="Quốc hội",
        published=datetime(2013, 11, 29, tzinfo=UTC),
    ),
    Article(
        "nghi-dinh",
        "Nghị định số 43/2014/NĐ-CP quy định chi tiết",
        "Căn cứ Luật Đất đai số 45/2013/QH13 ngày 29 tháng 11 năm 2013.\nĐiều 1. Phạm vi\nNghị định này quy định chi tiết"
        " khoản 1 Điều 5 của Luật Đất đai số 45/2013/QH13.\nĐiều 2. Bãi bỏ\nBãi bỏ Quyết định số 7/QĐ-UBND.",
        number="43/2014/NĐ-CP",
        type="Nghị định",
        issuer="Chính phủ",
        published=datetime(2014, 5, 15, tzinfo=UTC),
    ),
    *(
        Article(
            f"vien-{n}",
            f"Bài về đất đai {n}",
            "Theo Điều 5 Luật Đất đai số 45/2013/QH13 và Nghị định số 43/2014/NĐ-CP.",
            published=datetime(2015, 1, n + 1, tzinfo=UTC),
        )
        for n in range(3)
    ),
)


class _Distant:
    """A snapshot that notes each round trip: what was foreseen needs no further one."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.trips: list[str] = []
        self._known: list[Foreseen] = []
        self._terms: set[tuple[str, str]] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshot, name)

    def begin(self, questions: Iterable[Foreseen]) -> None:
        self._known, self._terms = [], set()
        self.trips.append("commit")
        self._learn(questions)

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        if self._learn(questions):
            self.trips.append("foreseen")

    def _learn(self, questions: Iterable[Foreseen]) -> bool:
        new = False
        for question in questions:
            if isinstance(question, FrequenciesAsked):
                terms = {(question.field, term) for term in question.terms}
                new |= not terms <= self._terms
                self._terms |= terms
            elif question not in self._known:
                new = True
                self._known.append(question)
        return new

    def _ask(self, question: Foreseen) -> None:
        if question not in self._known:
            self.trips.append(str(question))

    def search(self, request: EngineRequest) -> EngineResponse:
        self._ask(request)
        return self._snapshot.search(request)

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        self._ask(PagesAsked(ids, clause, limit))
        return self._snapshot.pages(ids, clause, limit)

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        self._ask(TermsAsked(field, prefix, limit))
        return self._snapshot.terms(field, prefix, limit)

    def by_slug(self, slug: str) -> bytes | None:
        self._ask(SlugAsked(slug))
        return self._snapshot.by_slug(slug)

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        wanted = list(ids)
        if wanted:
            self.trips.append(f"documents {wanted}")
        return self._snapshot.documents(wanted)

    def page(self, id: str, file: int, page: int) -> bytes | None:
        self.trips.append(f"page {page} of {id}")
        return self._snapshot.page(id, file, page)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        if not {(field, term) for term in terms} <= self._terms:
            self.trips.append(f"{field} {terms}")
        return self._snapshot.frequencies(field, terms)


class _DistantEngine:
    """An engine with one such snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.distant = _Distant(engine.snapshot())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        self.distant.begin(questions)
        return cast(Snapshot, self.distant)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("data"), rate_limit=0)
    index(settings, COLLECTION)
    return settings


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[_DistantEngine]:
    yield _DistantEngine(open_engine(settings))


@pytest.fixture(scope="module")
def service(settings: Settings, engine: _DistantEngine) -> Iterator[SearchService]:
    with closing(SearchService(cast(Engine, engine), settings)) as service:
        service.search(SearchRequest("hòa bình"))  # which reads the vocabulary, once for all
        yield service


@pytest.fixture(scope="module")
def here(settings: Settings) -> Iterator[SearchService]:
    with closing(open_search(settings)) as service:
        yield service


@pytest.mark.parametrize(
    ("request_", "trips"),
    [
        pytest.param(SearchRequest("hòa bình", size=1), 2, id="a full page"),
        pytest.param(SearchRequest("hoc phi", size=1), 2, id="without accents"),
        pytest.param(SearchRequest("giá hoa ổn định", size=1), 2, id="words that no title has"),
        pytest.param(SearchRequest("học phí", size=1, source=("lamgiang.example",)), 2, id="with a filter"),
        pytest.param(SearchRequest("UBND", size=1), 3, id="an abbreviation, found in a document"),
        pytest.param(SearchRequest(size=5), 3, id="documents, which have a status"),
        pytest.param(SearchRequest("chợ hoa"), 4, id="a page that two other readings may fill"),
        pytest.param(SearchRequest("kiểm tra xe khách", size=1), 3, id="copies of a hit"),
        pytest.param(SearchRequest("hướng dẫn tuyển sinh", size=1), 3, id="pages of an attachment"),
        pytest.param(
            SearchRequest("chợ học sinh quảng trường"), 8, id="nothing as it was typed, and no slip"
        ),
    ],
)
def test_a_response_in_few_round_trips(
    service: SearchService, engine: _DistantEngine, request_: SearchRequest, trips: int
) -> None:
    engine.distant.trips.clear()
    service.search(request_)
    assert len(engine.distant.trips) <= trips, engine.distant.trips


@pytest.mark.parametrize(
    ("address", "trips"),
    [
        pytest.param("/articles/hoa-binh", 3, id="an article"),
        pytest.param("/articles/tep?q=tuyển sinh", 3, id="an article with an attachment"),
        pytest.param("/articles/sao-1", 3, id="an article with copies"),
        pytest.param("/articles/nghi-dinh", 5, id="an article that names provisions of others"),
        pytest.param("/articles/tep/files/0/text", 2, id="the text of an attachment"),
        pytest.param("/directives/43-2014-nd-cp", 5, id="a document"),
        pytest.param("/directives/45-2013-qh13", 8, id="a law, which other texts name"),
        pytest.param("/articles/trang/files/0/pages/2", 2, id="a page of an attachment"),
        pytest.param(
            "/articles/trang/files/0/pages/2?q=kho lưu trữ hồ sơ", 2, id="a page with what was searched for"
        ),
        pytest.param("/articles/trang/files/0/pages/1?q=kho lưu trữ hồ sơ", 3, id="a page without it"),
        pytest.param("/", 1, id="the first page, whose content is known"),
    ],
)
def test_a_page_in_few_round_trips(
    service: SearchService, engine: _DistantEngine, address: str, trips: int
) -> None:
    client = create_app(service).test_client()
    answer = client.get(address)
    engine.distant.trips.clear()
    if answer.status_code == 301:
        answer = client.get(answer.headers["location"])
    else:
        answer = client.get(address)
    assert answer.status_code == 200
    assert 0 < len(engine.distant.trips) <= trips, engine.distant.trips


def test_the_first_page_of_a_new_commit_in_few_round_trips(
    settings: Settings, engine: _DistantEngine
) -> None:
    client = create_app(SearchService(cast(Engine, engine), settings)).test_client()
    engine.distant.trips.clear()
    assert client.get("/").status_code == 200
    # With one that looks up the popular searches of the day, and two for documents of different statuses.
    assert 0 < len(engine.distant.trips) <= 7, engine.distant.trips


def test_what_is_foreseen_changes_no_answer(service: SearchService, here: SearchService) -> None:
    for text in (
        "hòa bình",
        "lễ hội vì hòa bình",
        "kiểm tra xe khách",
        "hồ sơ tuyển sinh",
        "hoa bihn",
        "38-CT/TW",
    ):
        one, other = (which.search(SearchRequest(text)) for which in (service, here))
        assert replace(one, took_ms=0.0) == replace(other, took_ms=0.0)
    assert service.searcher().overview() == here.searcher().overview()
    for number in (1, 2):
        page = [which.searcher().pages.view("trang", 0, number, "kho lưu trữ") for which in (service, here)]
        assert page[0] == page[1] and page[0].answering == (2,)
