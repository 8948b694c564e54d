"""All that answers a request, batch by batch, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.engine.opening import open_engine
from indexer.errors import EngineError
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index, indexed

BODY = (
    "Sáng nay Ủy ban nhân dân thành phố họp về chuyển đổi số, bàn việc đưa dịch vụ công lên mạng cho mọi người dân."
    " Các sở báo cáo tiến độ số hóa hồ sơ đất đai, hộ tịch và bảo hiểm; phường xa trung tâm xin thêm máy quét và thêm người."
    " Chủ trì cuộc họp yêu cầu mỗi cơ quan cử một người chịu trách nhiệm, công khai số liệu hằng tuần và trả lời phản ánh"
    " của người dân trong ba ngày làm việc. Kinh phí lấy từ nguồn tiết kiệm chi thường xuyên, không đề nghị bổ sung."
)


def _article(id: str, day: int | None, body: str = BODY, **more: object) -> Article:
    published = None if day is None else datetime(2024, 5, day, tzinfo=UTC)
    return Article(id, "Chuyển đổi số", body, published=published, **more)  # type: ignore[arg-type]


ARTICLES = (
    *(_article(f"bai-{day:02}", day, f"Việc thứ {day}: " + "chuyển đổi số. " * day) for day in range(1, 12)),
    _article("ban-sao-1", 20, sources=("a.example",)),
    _article("ban-sao-2", 21, sources=("b.example",)),
    _article("khong-ngay", None, "Chuyển đổi số không rõ ngày.", category="Khác"),
    _article("noi-bo", 30, "Chuyển đổi số, chỉ dành cho cán bộ nội vụ.", audience="staff"),
)
NEWEST = ["ban-sao-2", "ban-sao-1", *(f"bai-{day:02}" for day in range(11, 0, -1)), "khong-ngay"]
Open = Callable[[], SearchService]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.visible.scan.BATCH", 3)


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    made = Settings(data=tmp_path, engine=request.param)
    indexed(made, ARTICLES)
    return made


@pytest.fixture
def service(settings: Settings) -> Iterator[SearchService]:
    service = open_search(settings)
    yield service
    service.close()


def ids(service: SearchService, request: SearchRequest, most: int = 100) -> list[str]:
    return [article.id for article in service.searcher().scan(request, most)]


def test_everything_comes_in_order_copies_too_and_nothing_for_staff(service: SearchService) -> None:
    assert ids(service, SearchRequest("chuyển đổi số", sort="newest")) == NEWEST
    assert ids(service, SearchRequest()) == NEWEST
    oldest = [*reversed(NEWEST[:-1]), "khong-ngay"]
    assert ids(service, SearchRequest("chuyển đổi số", sort="oldest", page=5, size=2)) == oldest


def test_by_relevance_the_order_is_that_of_the_pages(service: SearchService) -> None:
    request = SearchRequest("chuyển đổi số", size=100)
    found = ids(service, request)
    assert sorted(found) == sorted(NEWEST)
    shown = [hit.id for hit in service.search(request).hits]
    assert [id for id in found if id in shown] == shown and len(shown) == len(NEWEST) - 1


def test_filters_and_readings_hold(service: SearchService) -> None:
    assert ids(service, SearchRequest("số", source=("a.example", "b.example"))) == ["ban-sao-1", "ban-sao-2"]
    assert ids(service, SearchRequest("so", date=("none",))) == ["khong-ngay"]
    assert ids(service, SearchRequest("so", strict=True)) == []
    assert ids(service, SearchRequest("cán bộ")) == []
    assert "ban-sao-1" in ids(service, SearchRequest("xyz mạng", reading="some"))


@pytest.mark.parametrize("most", [1, 3, 4, 14])
def test_no_more_than_wanted_come(service: SearchService, most: int) -> None:
    assert ids(service, SearchRequest(), most) == NEWEST[:most]


def test_what_changes_meanwhile_changes_nothing(settings: Settings, service: SearchService) -> None:
    articles = service.searcher().scan(SearchRequest(), 100)
    found = [next(articles).id for _ in range(4)]
    # Two new ones before those that were read, one of these gone: places would shift both ways.
    index(
        settings, [_article("moi-1", 25, "Chuyển đổi số, tin mới."), _article("moi-2", 26, "Số hóa hồ sơ.")]
    )
    assert service.search(SearchRequest()).total == len(NEWEST) + 2
    found += [next(articles).id for _ in range(3)]
    index(settings, [a for a in ARTICLES if a.id not in ("ban-sao-1", "ban-sao-2", "bai-11")], prune=True)
    assert service.search(SearchRequest("", date_from=date(2024, 5, 11))).total == 0
    assert [*found, *(article.id for article in articles)] == NEWEST


def test_a_list_that_cannot_begin_is_an_error_at_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, request: object) -> None:
        raise EngineError("gone")

    engine = open_engine(settings)
    service = SearchService(engine, settings)
    monkeypatch.setattr(type(engine.snapshot()), "search", fail)
    with pytest.raises(EngineError):
        service.searcher().scan(SearchRequest(), 100)
