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
from tests.collection import ARTICLES, index

pytestmark = pytest.mark.usefixtures("cluster")

MORE = tuple(Article(f"them-{n}", f"Tin thêm về hòa bình, số {n}", "Tin.") for n in range(12))


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(data=tmp_path / "data", engine="opensearch")
    index(settings, (*ARTICLES, *MORE))
    yield settings
    remove_index(settings, index_path(settings))


def test_the_usual_response_takes_two_round_trips(settings: Settings) -> None:
    asked: list[str] = []
    ask = Connection.ask

    def noted(connection: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        asked.append(path)
        return ask(connection, method, path, *rest, **more)

    with closing(open_engine(settings)) as engine, mock.patch.object(Connection, "ask", noted):
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
