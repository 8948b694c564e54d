"""A source read into batches of articles that are new or changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from indexer.catalog.catalog import Catalog
from indexer.extract.reasons import sentences
from indexer.indexing.analysis import stored_article
from indexer.indexing.fetching import Fetch, hash_with_addresses, with_files
from indexer.indexing.found import FoundAttachment
from indexer.indexing.moved import MovedFiles
from indexer.indexing.outcome import Outcome, Timings
from indexer.indexing.workers import Job
from indexer.model import Article, Attachment, Extraction
from indexer.sources import Notice, Partly, Problem, Source, Unchanged, Unread, Withdrawn
from indexer.stored.article import StoredFile

Prepare = Callable[[Sequence[FoundAttachment]], tuple[tuple[StoredFile, ...], tuple[Extraction | None, ...]]]
BATCH_ARTICLES = 256
BATCH_CHARACTERS = 2_000_000
"""A batch ends at either: some 100 ms of analysis, a few MB between the processes."""


class SourceReading:
    """Reads a source into batches of jobs, leaving out what is unchanged."""

    def __init__(
        self,
        source: Source,
        catalog: Catalog,
        find: Callable[[Iterable[Attachment]], list[FoundAttachment]],
        prepare: Prepare | None,
        outcomes: list[Outcome],
        timings: Timings,
        zone: ZoneInfo,
        fetch: Fetch | None = None,
    ) -> None:
        """What becomes of items that make no job is appended to ``outcomes``; without ``prepare`` no item makes one."""
        self._source = source
        self._catalog = catalog
        self._find = find
        self._prepare = prepare
        self._fetch = fetch
        self._outcomes = outcomes
        self._timings = timings
        self._zone = zone
        self._moved = MovedFiles(source, catalog, writes=prepare is not None)
        self.seen: set[str] = set()
        """Ids of all articles that are there: read, changed or not, or known to be what could not be read."""
        self.below: list[str] = []
        """What ids begin with of which it is not known whether they are there."""
        self.unknown = 0
        """Items that could not be read, of which nobody knows which articles they are."""
        self.for_staff: dict[str, None] = {}
        """Ids of articles that could not be read, and say or may say that they are for staff."""
        self.maybe_for_staff: dict[str, None] = {}
        """Ids that stand in what could not be read, and that may be for staff."""
        self.withdrawn: dict[str, None] = {}
        """Ids of articles, if they are any, that the source shows nobody any more."""
        self.elsewhere: list[str] = []
        """Ids of unchanged articles that came from another source, or may have."""
        self.full = False
        self.partly = False
        """Whether the source was not read to the whole, so that nobody knows what is gone."""

    def batches(self) -> Iterator[list[Job]]:
        """Yield batches of new and changed articles; ``full`` tells whether one was filled."""
        items = iter(self._source.items())
        while True:
            articles: list[Article] = []
            size = 0
            ended = True
            with self._timings.of("read"):
                for item in items:
                    if not isinstance(item, Article):
                        self._told(item)
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

    def is_gone(self, id: str) -> bool:
        """Whether the article ``id``, which came from this source before, is certainly not there any more."""
        return id not in self.seen and not any(map(id.startswith, self.below))

    def still_there(self, ids: Iterable[str]) -> Sequence[str]:
        """Return those of ``ids`` that the catalog has from this source, and that it did not yield."""
        unseen = [id for id in ids if id not in self.seen]
        known = self._catalog.known(unseen)
        return [id for id in unseen if id in known and known[id][1] == self._source.name]

    def _told(self, item: Problem | Notice | Unread | Unchanged | Partly | Withdrawn) -> None:
        if isinstance(item, Notice):
            self._outcomes.append(Outcome("notice", item.item, item.notice, item.kind))
        elif isinstance(item, Unread):
            kind: Literal["notice", "unread"] = "notice" if item.expected else "unread"
            number = len(item.names)
            self._outcomes.append(Outcome(kind, item.ending, item.sentence, f"file {item.ending}", number))
        elif isinstance(item, Unchanged):
            self._outcomes.append(Outcome("unchanged", item.id))
            self.seen.add(item.id)
            self.elsewhere.append(item.id)
        elif isinstance(item, Partly):
            self.partly = True
        elif isinstance(item, Withdrawn):
            self.withdrawn[item.id] = None
        else:
            self._outcomes.append(Outcome("failed", item.item, item.problem))
            self.maybe_for_staff.update(dict.fromkeys(item.named))
            if item.id is not None:
                ids = dict.fromkeys([item.id, self._moved.id_at(item.id)])
                self.seen.update(ids)
                self.for_staff.update(ids if item.staff else {})
            elif item.below is not None:
                self.below.append(item.below)
            else:
                self.unknown += 1

    def _changed(self, articles: Sequence[Article]) -> list[Job]:
        with self._timings.of("check"):
            files = [self._find(article.attachments) for article in articles]
            articles = self._moved.where_they_were(articles, files, self.seen)
            known = self._catalog.known([article.id for article in articles])
            new: list[tuple[Article, bytes, list[FoundAttachment]]] = []
            for article, found in zip(articles, files, strict=True):
                self.seen.add(article.id)
                digest = content_hash(article, found)
                if self._fetch:
                    digest = hash_with_addresses(digest, article)
                before, place = known.get(article.id, (None, self._source.name))
                if before == digest:
                    self._outcomes.append(Outcome("unchanged", article.id))
                    if place != self._source.name:
                        self.elsewhere.append(article.id)
                    continue
                new.append((article, digest, found))
                if _two_folders(place, self._source.name):
                    problem = f"replaces the article with this id from {place}; to keep both, index a folder that contains both"
                    self._outcomes.append(Outcome("failed", article.id, problem))
                elif place != self._source.name:
                    notice = f"replaces the article with this id from {place}"
                    self._outcomes.append(Outcome("notice", article.id, notice, f"replaced {place}"))
        prepare = self._prepare
        if prepare is None:
            self._outcomes += [Outcome("indexed", article.id) for article, _, _ in new]
            return []
        with self._timings.of("attachments"), with_files([one[0] for one in new], self._fetch) as arrived:
            jobs = []
            for (article, digest, found), (whole, problems) in zip(new, arrived, strict=True):
                self._outcomes += problems
                carried = found if whole is article else self._find(whole.attachments)
                kept, texts = prepare(carried) if carried else ((), ())
                read = partial(stored_article, whole, kept, texts, self._zone)
                moved = self._moved.by_number(whole, read, self.seen)
                if moved is not whole:
                    self.seen.add(moved.id)
                    digest = content_hash(moved, found)
                # Without a digest what could not be fetched is asked for again in the next run.
                jobs.append(Job(moved, b"" if problems else digest, kept, texts))
            return jobs


def _two_folders(before: str, now: str) -> bool:
    """Ids of pages are their paths inside a folder: two folders may mean two articles by one."""
    return before != now and Path(before).is_dir() and Path(now).is_dir()


def content_hash(article: Article, found: Sequence[FoundAttachment]) -> bytes:
    """Return a digest of all that a source said of ``article``, the bytes of its files included."""
    values = {
        f.name: getattr(article, f.name) for f in dataclasses.fields(article) if f.name != "attachments"
    }
    values["files"] = [
        (
            one.attachment.name,
            one.attachment.media_type,
            one.sha256,
            "; ".join(sentences(one.problems)) or None,
        )
        for one in found
    ]
    text = json.dumps(values, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
