"""The examples that the pages offer find something in the demo portal."""

from __future__ import annotations

import html
import re

from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from webui import create_app

EXAMPLE = re.compile(r'<a href="/search\?q=[^"]+"><code lang="vi">([^<]+)</code>')


def test_every_example_finds_articles(demo: Settings) -> None:
    service = open_search(demo)
    client = create_app(service).test_client()
    examples = [*EXAMPLE.findall(client.get("/help").text), *EXAMPLE.findall(client.get("/").text)]
    assert len(examples) > 20
    found = {query: service.search(SearchRequest(html.unescape(query))).total for query in examples}
    service.close()
    assert [query for query, total in found.items() if not total] == []
