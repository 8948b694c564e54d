"""How often a response of the service asks the cluster; ``tests/search/test_round_trips.py`` has the same without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from indexer.engine.opening import index_path, open_engine, remove_index
from indexer.engine.opensearch_.connection import Connection
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService
from indexer.settings import Settings
from indexer.stored.address import readable_path
from tests.collection import ARTICLES, index
from webui import create_app

pytestmark = pytest.mark.usefixtures("cluster")

MORE = tuple(Article(f"them-{n}", f"Tin thêm về hòa bình, số {n}", "Tin.") for n in range(12))


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(data=tmp_path / "data", engine="opensearch", rate_limit=0)
    index(settings, (*ARTICLES, *MORE))
    yield settings
    remove_index(settings, index_path(settings))


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The requests to the cluster."""
    found: list[str] = []
    ask = Connection.ask

    def noted(connection: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        found.append(path)
        return ask(connection, method, path, *rest, **more)

    with mock.patch.object(Connection, "ask", noted):
        yield found


def test_a_page_takes_few_round_trips(settings: Settings, asked: list[str]) -> None:
    with closing(open_engine(settings)) as engine:
        service = SearchService(engine, settings)
        client = create_app(service).test_client()
        service.search(SearchRequest("học phí"))  # which reads the vocabulary, once
        for address, trips in (
            (readable_path("hoa-binh", ARTICLES[0].title), 3),
            ("/directives/38-ct-tw", 6),
            ("/search?q=hòa+bình", 4),
            ("/", 7),
            ("/", 1),
        ):
            asked.clear()
            assert client.get(address).status_code == 200, address
            assert 0 < len(asked) <= trips, (address, asked)


def test_the_usual_response_takes_two_round_trips(settings: Settings, asked: list[str]) -> None:
    with closing(open_engine(settings)) as engine:
        service = SearchService(engine, settings)
        service.search(SearchRequest("học phí"))  # which reads the vocabulary, once
        for text in ("hòa bình", "hoa binh", "tin thêm về hòa bình", "về hòa bình, số"):
            asked.clear()
            found = service.search(SearchRequest(text, source=()))
            assert (len(found.hits), asked) == (10, ["/_msearch", "/_msearch"]), text
        # Those of the next commit are answered from it, though what is asked first was asked of the one before.
        for number in range(3):
            index(settings, (*ARTICLES, *MORE, *(replace(MORE[0], id=f"x{n}") for n in range(number + 1))))
            assert service.search(SearchRequest("hòa bình")).total == len(MORE) + 2 + number
