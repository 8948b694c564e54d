"""A crawl from its first request to what it removes."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.disk.locks import site_lock
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.indexing.preview import preview
from indexer.indexing.pruning import names_before, removed_within
from indexer.model import Article
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT, RemovalLimit
from indexer.sources import Problem, Unchanged
from indexer.sources.site.source import OUTSIDE_HOURS, SiteSource

_BATCH = 50
_BATCH_SECONDS = 60.0
"""Articles that are written at once, and seconds that the first of them waits for others; nobody else may write meanwhile."""
PATIENCE = 600.0
"""Seconds to wait at least for another writer in the midst of a crawl."""

NOT_NOW, STOPPED = "not now", "stopped"
"""Groups of notices: nothing was fetched; the hours of the site were over before all was."""


@dataclass(slots=True)
class _Batch:
    """Some articles of a site as a source."""

    name: str
    articles: Sequence[Article]

    def items(self) -> Iterator[Article]:
        yield from self.articles

    def progress(self) -> float | None:
        return None


def crawl(
    source: SiteSource, limit: RemovalLimit | None = DEFAULT_LIMIT, dry_run: bool = False
) -> Iterator[Outcome]:
    """Bring the index up to date with a site, and yield what became of its articles and why pages were left.

    A crawl takes hours, so the data directory is held for writing only while some articles are written: pushes come in
    between. Articles that are gone are removed where ``limit`` allows so many, without it none. With ``dry_run`` nothing is
    written, in the index or in what is remembered of the site.
    """
    if not source.is_open():
        yield Outcome(
            "notice",
            source.name,
            f"it may be fetched only at {source.hours}; run the command again then",
            NOT_NOW,
        )
        return
    if not source.contact:
        yield Outcome(
            "notice", source.name, "the site is not told who crawls it; set crawl_contact", "contact"
        )
    data = source.settings.data
    with nullcontext(True) if dry_run and not data.is_dir() else site_lock(data, source.name) as free:
        if not free:
            yield Outcome("notice", source.name, "another process is crawling it at the moment", NOT_NOW)
            return
        with source.opened(rehearses=dry_run):
            yield from _rehearsed(source, limit) if dry_run else _crawled(source, limit)
    yield from _left(source)


def _crawled(source: SiteSource, limit: RemovalLimit | None) -> Iterator[Outcome]:
    with open_pipeline(source.settings) as pipeline:  # who can't write learns it before the site is asked
        pipeline.take_over(source)
        if source.defaults.audience == "staff":
            pipeline.hide(_ids(source))  # what was public until the settings said so, before it is read again
    waits = dataclasses.replace(source.settings, lock_timeout=max(source.settings.lock_timeout, PATIENCE))
    source.expect(_ids(source))
    with closing(source.items()) as items:
        for batch in _batches(items):
            yield from _written(source, waits, batch)
    gone = source.finish()
    if limit is None or not gone:
        return
    known = len(_ids(source))
    with open_pipeline(waits) as pipeline:

        def remove(ids: Sequence[str]) -> list[str]:
            removed = pipeline.release(source.name, ids)
            source.removed(ids)
            return removed

        yield from removed_within(limit, source.name, gone, known, remove)


def _rehearsed(source: SiteSource, limit: RemovalLimit | None) -> Iterator[Outcome]:
    known = _ids(source)
    source.expect(known)
    for outcome in preview(source.settings, source, None):
        source.accepted(outcome.item)
        yield outcome
    gone = source.finish()
    if limit is not None and gone:
        with closing(Catalog(source.settings.data)) as catalog:
            others = catalog.places.elsewhere(gone, [source.name, *names_before(source, catalog)])
        alone = [id for id in gone if id not in others]
        yield from removed_within(limit, source.name, gone, len(known), lambda _: alone)


def _batches(items: Iterable[Article | Problem | Unchanged]) -> Iterator[list[Article] | Problem | Unchanged]:
    articles: list[Article] = []
    first = 0.0
    for item in items:
        if not isinstance(item, Article):
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


def _written(
    source: SiteSource, settings: Settings, batch: list[Article] | Problem | Unchanged
) -> Iterator[Outcome]:
    if isinstance(batch, Problem):
        yield Outcome("failed", batch.item, batch.problem)
        return
    if isinstance(batch, Unchanged):
        yield Outcome("unchanged", batch.id)
        return
    with open_pipeline(settings) as pipeline:
        for outcome in pipeline.index(_Batch(source.name, batch)):
            if outcome.kind in ("indexed", "unchanged"):
                source.accepted(outcome.item)
            yield outcome


def _left(source: SiteSource) -> Iterator[Outcome]:
    """Yield why not all was visited, and what became no article for which reason, with an example."""
    report = source.report
    if report.stopped == OUTSIDE_HOURS:
        yield Outcome("notice", source.name, f"the visit is incomplete: {report.stopped}", STOPPED)
    elif not report.whole:
        yield Outcome("failed", source.name, f"the visit is incomplete: {report.stopped}")
    for one in report.left:
        said = f"{one.became}: {one.reason}"
        yield Outcome("notice", one.examples[0], said, said, one.number)


def _ids(source: SiteSource) -> list[str]:
    """Return the ids of the articles that came from the site, under whatever name."""
    if not (source.settings.data / FILE_NAME).is_file():
        return []
    with closing(Catalog(source.settings.data)) as catalog:
        places = [source.name, *names_before(source, catalog)]
        return sorted({id for place in places for id in catalog.places.of(place)})
