"""Tra Cứu itself, with the same questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from benchmarks.peers.protocol import HITS, Document, Page, Searcher
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings

_DEPTH = 10_000


class Ours:
    """As `tracuu index` and `tracuu serve` set it up."""

    title = "Tra Cứu"
    setup = "default settings: six facets, three readings; citations, copies and suggestions are made while indexing"

    def check(self) -> None:
        """Do nothing: it is installed."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` with the pipeline, with its default number of processes."""
        with open_pipeline(Settings(data=folder)) as pipeline:
            for _ in pipeline.index(_Documents(documents)):
                pass

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Searcher]:
        """Open the service in this process."""
        service = open_search(Settings(data=folder))
        yield _Searcher(service)
        service.close()


class _Documents:
    """The documents as a source."""

    name = "news"

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents

    def items(self) -> Iterator[Article]:
        """Yield articles."""
        for one in self._documents:
            yield Article(
                one.id,
                one.title,
                one.text,
                sources=(one.source,),
                category=None if one.category == "none" else one.category,
                published=None
                if one.month == "none"
                else datetime.fromisoformat(f"{one.month}-01T00:00+07:00"),
            )

    def progress(self) -> None:
        """Not drawn."""


class _Searcher:
    def __init__(self, service: SearchService) -> None:
        self._service = service

    def page(self, text: str) -> Page:
        """The complete response: matches, and close matches below them."""
        response = self._service.search(SearchRequest(text))
        values = sum(len(facet) for facet in response.facets.values())
        return Page(response.total, tuple(hit.id for hit in response.hits), values, len(response.hits))

    def matching(self, text: str) -> frozenset[str]:
        """All counted articles: the exact matches, or the close ones if there are none."""
        found = self._service.searcher("staff").scan(SearchRequest(text), _DEPTH)
        return frozenset(article.id for article in found)

    def ranked(self, text: str, depth: int) -> list[str]:
        """Best articles that contain some of the words."""
        return self._service.searcher().ranked(text, depth)

    def shown(self, text: str) -> list[str]:
        """The first page as it is displayed."""
        response = self._service.search(SearchRequest(text, size=HITS))
        relaxed = response.relaxed.hits if response.relaxed else ()
        return [hit.id for hit in (*response.hits, *relaxed)][:HITS]
