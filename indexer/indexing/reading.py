"""A source read into batches of articles that are new or changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.catalog.catalog import Catalog
from indexer.indexing.attachments import AttachmentReader, FoundAttachment
from indexer.indexing.outcome import Outcome, Timings
from indexer.indexing.workers import Job
from indexer.model import Article
from indexer.sources import Problem, Source

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 2_000_000
"""A batch ends at either: some 100 ms of analysis, a few MB between the processes."""


class SourceReading:
    """Reads a source into batches of jobs, leaving out what is unchanged."""

    def __init__(
        self,
        source: Source,
        catalog: Catalog,
        attachments: AttachmentReader,
        outcomes: list[Outcome],
        timings: Timings,
    ) -> None:
        """What becomes of items that make no job is appended to ``outcomes``."""
        self._source = source
        self._catalog = catalog
        self._attachments = attachments
        self._outcomes = outcomes
        self._timings = timings
        self.seen: set[str] = set()
        """Ids of all articles read, changed or not."""
        self.failed = 0
        self.full = False

    def batches(self) -> Iterator[list[Job]]:
        """Yield batches of new and changed articles; ``full`` tells whether one was filled."""
        items = iter(self._source.items())
        while True:
            articles: list[Article] = []
            size = 0
            ended = True
            with self._timings.of("read"):
                for item in items:
                    if isinstance(item, Problem):
                        self.failed += 1
                        self._outcomes.append(Outcome("failed", item.item, item.problem))
                    else:
                        articles.append(item)
                        size += len(item.body) + len(item.title) + len(item.summary)
                    if len(articles) >= BATCH_ARTICLES or size >= BATCH_CHARACTERS:
                        self.full = True
                        ended = False
                        break
            # A batch may be empty: what is unchanged is said as it comes, not at the end.
            yield self._changed(articles)
            if ended:
                return

    def _changed(self, articles: Sequence[Article]) -> list[Job]:
        with self._timings.of("check"):
            known = self._catalog.known([article.id for article in articles])
            new: list[tuple[Article, bytes, list[FoundAttachment]]] = []
            for article in articles:
                self.seen.add(article.id)
                found = self._attachments.find(article.attachments)
                digest = content_hash(article, found)
                before, place = known.get(article.id, (None, self._source.name))
                if before == digest:
                    self._outcomes.append(Outcome("unchanged", article.id))
                    continue
                new.append((article, digest, found))
                if _two_folders(place, self._source.name):
                    problem = f"replaces the article of this id from {place}; index a folder above both"
                    self._outcomes.append(Outcome("failed", article.id, problem))
        with self._timings.of("attachments"):
            return [
                Job(article, digest, *(self._attachments.prepare(found) if found else ((), ())))
                for article, digest, found in new
            ]


def _two_folders(before: str, now: str) -> bool:
    """Ids of pages are their paths inside a folder: two folders may mean two articles by one."""
    return before != now and Path(before).is_dir() and Path(now).is_dir()


def content_hash(article: Article, found: Sequence[FoundAttachment]) -> bytes:
    """Return a digest of all that a source said of ``article``, the bytes of its files included."""
    values = {
        f.name: getattr(article, f.name) for f in dataclasses.fields(article) if f.name != "attachments"
    }
    values["files"] = [
        (one.attachment.name, one.attachment.media_type, one.sha256, one.problem) for one in found
    ]
    text = json.dumps(values, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
