"""A small data directory with everything that could be lost, and what must not change in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

from indexer.catalog.catalog import Catalog
from indexer.contract.article_json import article_json
from indexer.contract.search_json import response_json
from indexer.files.store import KeptFile
from indexer.model import Article, Attachment
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed
from tests.duplicates.test_same_text import NOTICE
from tests.processes import BESIDE

WITH_FILES = (
    *(
        replace(article, attachments=(Attachment(f"{article.id}.txt", content=f"Tệp {article.id}".encode()),))
        for article in ARTICLES[:3]
    ),
    *ARTICLES[3:],
    Article("bao-cap-nuoc", NOTICE.title, NOTICE.body, sources=("a.example",)),
    Article("lai-cap-nuoc", NOTICE.title, NOTICE.body, sources=("b.example",)),
)
QUERIES = ("hòa bình", "hoc phi", "38-CT/TW", "", "nuoc", "tệp hoa")


def bytes_of(kept: KeptFile) -> bytes:
    with kept.open() as content:
        return content.read()


def fill(settings: Settings) -> None:
    """Index the collection in two runs, so that there is a history."""
    indexed(settings, WITH_FILES[:4], WITH_FILES)


def seen(settings: Settings, service: SearchService | None = None) -> dict[str, Any]:
    """Return everything that people see of a data directory: answers, articles, suggestions, bytes of attachments."""
    if service is None:
        # Its files stay mapped while it is open, and tests truncate them.
        with closing(open_search(settings)) as opened:
            return seen(settings, opened)
    said: dict[str, Any] = {}
    for query in QUERIES:
        said[query] = response_json(service.search(SearchRequest(query, size=50))) | {"took_ms": 0}
        for hit in [*said[query]["hits"], *(said[query].get("looser") or {"hits": []})["hits"]]:
            del hit["score"]  # what was replaced counts until it is merged away
    for article in WITH_FILES:
        if article.audience == "public":
            stored = service.searcher().articles.by_id(article.id)
            said[article.id] = article_json(stored)
            for file in stored.files:
                kept = service.searcher().articles.file(stored.slug, file.n)[1]
                said[f"{article.id}/{file.n}"] = bytes_of(kept) if kept else None
    said["suggested"] = [repr(service.suggest(beginning)) for beginning in ("hoa", "muc", "38", "thong bao")]
    return said


def accepted(settings: Settings) -> dict[str, Any]:
    """Return everything in the catalog."""
    catalog = Catalog(settings.data)
    try:
        return {id: catalog.record(id) for id in catalog.ids()} | dict(catalog.extractions.all())
    finally:
        catalog.close()


def in_process(work: Callable[..., None], *arguments: object) -> int | None:
    """Run ``work`` in a process of its own; return its exit code."""
    child = BESIDE.Process(target=work, args=arguments)
    child.start()
    child.join(60)
    return child.exitcode
