"""What is suggested is spelled as the articles spell it: golden cases on every engine."""

from __future__ import annotations

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from tests.collection import index

OLD_STYLE = [
    Article(
        f"a{n}", "Huyện Quỳnh Sậy mở hội", f"Lần {n}: trồng quýt, giữ kỷ luật, thủy lợi, kỹ sư và bác sĩ."
    )
    for n in range(4)
]
NEW_STYLE = [Article(f"b{n}", "Thuỷ lợi", f"Lần {n}: công trình thuỷ lợi, kỉ luật.") for n in range(4)]


def service_of(
    engine: str, tmp_path_factory: pytest.TempPathFactory, articles: list[Article]
) -> SearchService:
    settings = Settings(data=tmp_path_factory.mktemp("data"), engine=engine)  # type: ignore[arg-type]
    index(settings, articles)
    return open_search(settings)


@pytest.fixture(scope="module", params=ENGINES)
def services(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SearchService, SearchService]:
    return (
        service_of(request.param, tmp_path_factory, OLD_STYLE),
        service_of(request.param, tmp_path_factory, NEW_STYLE),
    )


def suggested(service: SearchService, query: str) -> str | None:
    return service.searcher().search(SearchRequest(query)).query.suggestion


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("quynhf saayj", "quỳnh sậy"),
        ("huyện quynnh sậy", "huyện quỳnh sậy"),
        ("quyts", "quýt"),
        ("kyr luaatj", "kỷ luật"),
        ("thuyr lợi", "thủy lợi"),
        ("bác six", "bác sĩ"),
    ],
)
def test_as_articles_spell_it(
    services: tuple[SearchService, SearchService], query: str, suggestion: str
) -> None:
    assert suggested(services[0], query) == suggestion


def test_where_they_spell_it_otherwise(services: tuple[SearchService, SearchService]) -> None:
    assert suggested(services[1], "thuyr lợi") == "thuỷ lợi"
    assert suggested(services[1], "kyr luaatj") == "kỉ luật"
