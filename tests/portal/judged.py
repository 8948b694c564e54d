"""How well a crawl of the portal went: which pages became articles, and which of their fields are right."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.indexing.crawling import crawl
from indexer.settings import Settings
from indexer.source_settings import DEFAULT_LIMIT, RemovalLimit
from indexer.sources.site.report import Report
from indexer.sources.site.settings import SiteSettings
from indexer.sources.site.source import SiteSource
from indexer.stored.article import StoredArticle, unpack
from tests.portal.server import STARTS, Portal
from tests.portal.stories import Story

FIELDS = ("title", "published", "body", "category", "source", "url", "files")


@dataclass(frozen=True)
class Run:
    """The outcome of one run."""

    outcomes: list[tuple[str, str]]
    report: Report
    problems: list[str]

    def ids(self, kind: str) -> list[str]:
        return sorted(id for one, id in self.outcomes if one == kind)


@dataclass
class Judged:
    """Counts over all pages of the portal."""

    right: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    fields: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.extra))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

    @property
    def accuracy(self) -> float:
        return 1 - len(self.wrong) / max(1, self.fields)


def settings_of(data: Path) -> Settings:
    """Settings that allow localhost to be fetched, without anything that is not the crawler's work."""
    return Settings(data=data, ocr=False, fetch_allow="127.0.0.0/8", workers=1)


def site_of(origin: str, *starts: str, **more: object) -> SiteSettings:
    """The portal as a site, fetched as fast as possible."""
    addresses = tuple(f"{origin}{one}" for one in starts or STARTS)
    usual = {
        "name": origin,
        "delay": 0.0,
        "concurrency": 8,
        "contact": "vanthu@lamgiang.example",
        "seconds": 20.0,
    }
    return SiteSettings(addresses, **{**usual, **more})  # type: ignore[arg-type]


def run(
    site: SiteSettings, settings: Settings, at: float | None = None, limit: RemovalLimit = DEFAULT_LIMIT
) -> Run:
    """Crawl once; ``at`` is the current time, in seconds since 1970."""
    source = SiteSource(site, settings, now=time.time if at is None else lambda: at)
    found = list(crawl(source, limit))
    outcomes: list[tuple[str, str]] = [(one.kind, one.item) for one in found if one.kind != "notice"]
    return Run(
        outcomes, source.report, [one.problem or "" for one in found if one.kind in ("failed", "refused")]
    )


def indexed(settings: Settings) -> dict[str, StoredArticle]:
    """All articles of the catalog by id."""
    with closing(Catalog(settings.data)) as catalog:
        found = (unpack(stored) for stored in catalog.stored())
        return {one.id: one for one in found}


def judge(portal: Portal, origin: str, settings: Settings) -> Judged:
    """Compare what is indexed with what the portal publishes."""
    host = origin.partition("://")[2]
    wanted = {f"{host}{address}": story for address, story in portal.articles.items()}
    found = indexed(settings)
    judged = Judged()
    judged.extra = sorted(found.keys() - wanted.keys())
    judged.missed = sorted(wanted.keys() - found.keys())
    for id in sorted(wanted.keys() & found.keys()):
        judged.right += 1
        for name, right in _compared(wanted[id], found[id], f"http://{id}"):
            judged.fields += 1
            if not right:
                judged.wrong.append(f"{id}: {name}")
    return judged


def _compared(story: Story, read: StoredArticle, url: str) -> Iterator[tuple[str, bool]]:
    article = story.article
    day = article.published.date().isoformat() if article.published else None
    yield "title", read.title == article.title
    yield "published", (read.published or "")[:10] == day if day else True
    yield "body", _words(article.body) == _words(read.body)
    yield "category", read.category == article.category
    yield "source", story.source in read.sources
    yield "url", read.url == url
    digests = {hashlib.sha256(data).hexdigest() for _, data in story.files}
    top = [file for file in read.files if "/" not in file.name]
    yield (
        "files",
        {file.sha256 for file in top} == digests and {f.name for f in top} == {n for n, _ in story.files},
    )


def _words(text: str) -> list[str]:
    return text.split()
