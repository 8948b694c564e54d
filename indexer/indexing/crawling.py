"""A crawl from its first request to what it removes."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from indexer.catalog.catalog import Catalog
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.model import Article
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT, RemovalLimit
from indexer.sources import Problem
from indexer.sources.site.source import SiteSource

_BATCH = 50
_BATCH_SECONDS = 60.0
"""Articles that are written at once, and seconds that the first of them waits for others; nobody else may write meanwhile."""
_PATIENCE = 600.0
"""Seconds to wait at least for another writer in the midst of a crawl."""


@dataclass(slots=True)
class Crawled:
    """What a crawl found to be gone."""

    gone: list[str] = field(default_factory=list)
    """Ids of articles that are gone for good."""
    refused: str = ""
    """Why they were not removed; empty if they were."""


@dataclass(slots=True)
class _Batch:
    """Some articles of a site as a source."""

    name: str
    articles: Sequence[Article]

    def items(self) -> Iterator[Article | Problem]:
        yield from self.articles

    def progress(self) -> float | None:
        return None


def crawl(
    source: SiteSource,
    settings: Settings,
    crawled: Crawled,
    limit: RemovalLimit = DEFAULT_LIMIT,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Bring the index up to date with a site; what it came to besides is written into ``crawled``.

    A crawl takes hours, so the data directory is held for writing only while some articles are written: pushes come in
    between. Articles that are gone are removed where ``limit`` allows so many.
    """
    with open_pipeline(settings):
        pass  # who can't write learns it before the site is asked
    settings = dataclasses.replace(settings, lock_timeout=max(settings.lock_timeout, _PATIENCE))
    with source:
        source.expect(_ids(source, settings))
        with closing(source.items()) as items:
            for batch in _batches(items):
                yield from _written(source, settings, batch)
        crawled.gone = source.finish()
        if not crawled.gone or dry_run:
            return
        known = len(_ids(source, settings))
        if not limit.allows(len(crawled.gone), known):
            crawled.refused = (
                f"{len(crawled.gone)} of {known} articles of {source.name} are gone from the site, which is more than"
                f" {limit}; nothing was removed: look at them with --dry-run, and allow it with --max-removed {len(crawled.gone)}"
            )
            return
        with open_pipeline(settings) as pipeline:
            yield from (Outcome("removed", id) for id in pipeline.release(source.name, crawled.gone))
        source.removed(crawled.gone)


def _batches(items: Iterable[Article | Problem]) -> Iterator[list[Article] | Problem]:
    articles: list[Article] = []
    first = 0.0
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        if not articles:
            first = time.monotonic()
        articles.append(item)
        if len(articles) >= _BATCH or time.monotonic() - first >= _BATCH_SECONDS:
            yield articles
            articles = []
    if articles:
        yield articles


def _written(source: SiteSource, settings: Settings, batch: list[Article] | Problem) -> Iterator[Outcome]:
    if isinstance(batch, Problem):
        yield Outcome("failed", batch.item, batch.problem)
        return
    with open_pipeline(settings) as pipeline:
        for outcome in pipeline.index(_Batch(source.name, batch)):
            if outcome.kind in ("indexed", "unchanged"):
                source.accepted(outcome.item)
            yield outcome


def _ids(source: SiteSource, settings: Settings) -> list[str]:
    with closing(Catalog(settings.data)) as catalog:
        return catalog.places.of(source.name)
