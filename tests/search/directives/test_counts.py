"""How many articles do what with a document: each article once, and a word where it does several things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.model import Article
from indexer.search.service import SearchService
from indexer.settings import Settings
from tests.collection import index, served
from webui import create_app

_X = "Thông tư số 1/2020/TT-BTC"
ARTICLES = (
    Article("hai-lan", "Hai lần sửa", f"Thông tư số 3/2024/TT-BTC sửa đổi {_X}. Thông tư số 4/2024/TT-BTC sửa đổi {_X}."),
    Article("hai-viec", "Hai việc", f"Theo {_X}, bến đò thu phí. Kế hoạch này triển khai {_X}."),
    Article("mot-viec", "Một việc", "Theo Thông tư số 2/2020/TT-BTC, bến đò thu phí."),
    Article("van-ban", "Thông tư số 1/2020/TT-BTC quy định mức thu phí bến đò", "Điều 1. Mức thu", number="1/2020/TT-BTC",
            type="Thông tư", issuer="Bộ Tài chính"),
)  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture(scope="module")
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def test_an_article_counts_once_for_each_thing_it_does(service: SearchService) -> None:
    card = service.searcher().directives.view("1/2020/TT-BTC").card
    assert (card.cited_by, dict(card.by_relation)) == (2, {"according_to": 1, "carries_out": 1, "amends": 1})
    assert card.overlaps and not service.searcher().directives.view("2/2020/TT-BTC").card.overlaps


def test_pages_say_why_counts_are_more_than_the_articles(client: FlaskClient) -> None:
    assert "được tính ở nhiều mục" in client.get("/directives/1-2020-tt-btc").text
    assert "một bài có thể thuộc nhiều mục" in client.get("/search?q=1/2020/TT-BTC").text
    assert "được tính ở nhiều mục" not in client.get("/directives/2-2020-tt-btc").text


def test_the_heading_says_what_it_is_about_and_a_citation_can_be_copied(client: FlaskClient) -> None:
    html = client.get("/directives/1-2020-tt-btc").text
    assert 'class="directive-subject">Quy định mức thu phí bến đò</span></h1>' in html
    cited = "Thông tư số 1/2020/TT-BTC của Bộ Tài chính: Quy định mức thu phí bến đò. http://localhost/directives/1-2020-tt-btc"
    assert cited in html
