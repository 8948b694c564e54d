"""Peer: Whoosh 2.7.4 over text segmented by pyvi, the usual way of Vietnamese search in Python."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.protocol import FACETS, HITS, Document, Page, Searcher

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer
    from whoosh import fields, index, qparser, sorting


class WhooshPyvi:
    """Words of pyvi in title and body, BM25F."""

    title = "Whoosh + pyvi"
    setup = "words of pyvi in title and body, BM25F; accents have to be typed"

    def check(self) -> None:
        """It is a dependency of the project."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` by one process."""
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(stored=True),
            body=fields.TEXT(stored=True),
            **{name: fields.ID(stored=True, sortable=True) for name in FACETS},
        )
        folder.mkdir(parents=True)
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for one in documents:
            writer.add_document(
                id=one.id,
                title=ViTokenizer.tokenize(one.title),
                body=ViTokenizer.tokenize(one.text),
                source=one.source,
                category=one.category,
                month=one.month,
            )
        writer.commit()

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Searcher]:
        """Open the index in this process."""
        searcher = index.open_dir(str(folder)).searcher()
        yield _Searcher(searcher)
        searcher.close()


class _Searcher:
    def __init__(self, searcher: index.searching.Searcher) -> None:
        self._searcher = searcher
        fields_ = ["title", "body"]
        self._all = qparser.MultifieldParser(fields_, searcher.schema)
        self._any = qparser.MultifieldParser(fields_, searcher.schema, group=qparser.OrGroup)

    def page(self, text: str) -> Page:
        """Count facets by the engine's collector, and cut snippets by its highlighter."""
        query = self._all.parse(ViTokenizer.tokenize(text))
        facets = sorting.Facets()
        for name in FACETS:
            facets.add_field(name)
        results = self._searcher.search(query, limit=HITS, groupedby=facets, maptype=sorting.Count)
        values = sum(len(results.groups(name)) for name in FACETS)
        snippets = [hit.highlights("body", top=1) for hit in results]
        return Page(len(results), tuple(hit["id"] for hit in results), values, len(snippets))

    def matching(self, text: str) -> frozenset[str]:
        """All hits of all words."""
        query = self._all.parse(ViTokenizer.tokenize(text))
        return frozenset(hit["id"] for hit in self._searcher.search(query, limit=None))

    def ranked(self, text: str, depth: int) -> list[str]:
        """Best hits of any word."""
        query = self._any.parse(ViTokenizer.tokenize(text))
        return [hit["id"] for hit in self._searcher.search(query, limit=depth)]

    def shown(self, text: str) -> list[str]:
        """Best hits of any word."""
        return self.ranked(text, HITS)
