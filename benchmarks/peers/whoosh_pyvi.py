"""Peer: Whoosh 2.7.4 over text segmented by pyvi, the usual way of Vietnamese search in Python."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import month

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer
    from whoosh import fields, index, qparser, sorting


def build(folder: Path, records: Iterable[dict[str, Any]]) -> None:
    """Index ``records`` into ``folder``."""
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(stored=True),
        body=fields.TEXT(stored=True),
        source=fields.ID(stored=True, sortable=True),
        category=fields.ID(stored=True, sortable=True),
        month=fields.ID(stored=True, sortable=True),
    )
    folder.mkdir(parents=True)
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for record in records:
        writer.add_document(
            id=record["id"],
            title=ViTokenizer.tokenize(record["title"]),
            body=ViTokenizer.tokenize(f"{record['summary']}\n{record['body']}"),
            source=record["source"],
            category=record["category"] or "none",
            month=month(record),
        )
    writer.commit()


class Searcher:
    """All words in title or body, ten hits with three facets."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()
        self._parser = qparser.MultifieldParser(["title", "body"], self._searcher.schema)

    def search(self, text: str) -> int:
        """Return the number of matches."""
        query = self._parser.parse(ViTokenizer.tokenize(text))
        facets = sorting.Facets()
        for name in ("source", "category", "month"):
            facets.add_field(name)
        results = self._searcher.search(query, limit=10, groupedby=facets, maptype=sorting.Count)
        for name in ("source", "category", "month"):
            results.groups(name)
        for hit in results:
            hit.fields()
        return len(results)
