"""What is searched most and shown to everyone: often, on many days, found by the public, and nobody's name or number."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indexer.model import Article
from indexer.query_log.steady import FILE_NAME as POPULAR
from indexer.query_log.steady import write_steady
from indexer.query_log.store import QueryLog, Searched
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from tests.collection import index

_DAY = 86_400
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_ARTICLES = (
    *(
        Article(f"khai-sinh-{n}", f"Đăng ký khai sinh ở phường {n}", "Mang giấy chứng sinh.")
        for n in range(3)
    ),
    *(
        Article(f"giong-{n}", f"Giống lúa mới {n}", "Ông Nguyễn Văn An trồng giống lúa mới.")
        for n in range(3)
    ),
    *(Article(f"noi-bo-{n}", f"Chấm điểm thi đua {n}", "Của cơ quan.", audience="staff") for n in range(3)),
    Article("mot", "Lịch cắt điện", "Chỉ có một bài."),
    *(Article(f"so-{n}", f"Thực hiện Chỉ thị số 38-CT/TW, bài {n}", "Chỉ thị 38-CT/TW.") for n in range(3)),
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    config = Settings(data=tmp_path_factory.mktemp("data"))
    index(config, _ARTICLES)
    return config


@pytest.fixture
def settings(collection: Settings) -> Iterator[Settings]:
    yield collection
    for path in collection.data.glob("queries.sqlite3*"):
        path.unlink()


def searched(data: Path, text: str, days: int, minutes: int = 2, first: int = 1, **more: bool) -> None:
    """Note ``text`` in so many ``minutes`` of each of ``days`` days, the last of which was ``first`` days ago."""
    noon = int(datetime.now(_ZONE).replace(hour=12, minute=0, second=0).timestamp()) // 60 * 60
    QueryLog(data).add(
        [
            Searched(noon - (first + day) * _DAY - minute * 60, text, 5, more.get("filtered", False), 4.0)
            for day in range(days)
            for minute in range(minutes)
        ],
        [],
    )


def popular(settings: Settings) -> tuple[str, ...]:
    service: SearchService = open_search(settings)
    try:
        return service.popular()
    finally:
        service.close()


def test_other_machines_have_those_of_the_writer(settings: Settings, tmp_path: Path) -> None:
    searched(settings.data, "giống lúa mới", 5, 3)
    web = dataclasses.replace(settings, role="web", data=tmp_path)
    (tmp_path / "tantivy").symlink_to(settings.data / "tantivy")
    service = open_search(web)
    assert service.popular() == ()
    write_steady(settings.data, settings.today() - timedelta(1), settings.zone)
    (settings.data / POPULAR).rename(tmp_path / POPULAR)
    assert service.popular() == ()  # of another day
    write_steady(settings.data, settings.today(), settings.zone)
    (settings.data / POPULAR).rename(tmp_path / POPULAR)
    searched(settings.data, "đăng ký khai sinh", 9, 4)
    assert service.popular() == ("giống lúa mới",)
    service.close()


def test_the_most_frequent_come_first_each_once_with_its_accents(settings: Settings) -> None:
    searched(settings.data, "giống lúa mới", 5, 3)
    searched(settings.data, "dang ky khai sinh", 9, 4)
    searched(settings.data, "đăng ký khai sinh", 5, 2)
    searched(settings.data, "38-CT/TW", 5, 2)
    assert popular(settings) == ("đăng ký khai sinh", "giống lúa mới", "38-CT/TW")


@pytest.mark.parametrize(
    ("days", "minutes", "first", "filtered"),
    [
        pytest.param(4, 50, 1, False, id="on few days, however often"),
        pytest.param(9, 1, 1, False, id="on many days, but few times"),
        pytest.param(5, 2, 0, False, id="its fifth day is today"),
        pytest.param(9, 9, 40, False, id="long ago"),
        pytest.param(9, 9, 1, True, id="within filters"),
    ],
)
def test_what_is_not_searched_for_steadily_is_not_shown(
    settings: Settings, days: int, minutes: int, first: int, filtered: bool
) -> None:
    searched(settings.data, "đăng ký khai sinh", days, minutes, first, filtered=filtered)
    assert popular(settings) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("nguyễn văn an", id="a name, though articles have it"),
        pytest.param("nguyen van an", id="a name without accents"),
        pytest.param("khai sinh [số]", id="what the log has masked"),
        pytest.param("chấm điểm thi đua", id="found by staff only"),
        pytest.param("lịch cắt điện", id="found in one article, which may be of one person"),
        pytest.param("số nhà 1234 khai sinh", id="numbers that are none of documents"),
        pytest.param('"khai sinh"', id="an operator"),
        pytest.param("nguồn: khai", id="a field"),
        pytest.param("<b>khai sinh", id="no words"),
    ],
)
def test_what_may_be_of_somebody_is_not_shown(settings: Settings, text: str) -> None:
    searched(settings.data, text, 9, 9)
    searched(settings.data, "đăng ký khai sinh", 5, 2)
    assert popular(settings) == ("đăng ký khai sinh",)


@pytest.mark.parametrize("setting", ["popular_searches", "query_log"])
def test_it_can_be_turned_off(settings: Settings, setting: str) -> None:
    searched(settings.data, "đăng ký khai sinh", 9, 9)
    off: dict[str, bool] = {setting: False}
    assert popular(dataclasses.replace(settings, **off)) == ()  # type: ignore[arg-type]
