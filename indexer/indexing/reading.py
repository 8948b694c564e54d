"""Reads a source into batches of new and changed articles."""

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
_HASHED = tuple(field.name for field in dataclasses.fields(Article) if field.name != "attachments")
_as_json = json.JSONEncoder(default=str).encode
"""Made once: of an unchanged file it is a tenth of the work."""
BATCH_ARTICLES = 256
BATCH_CHARACTERS = 2_000_000
"""A batch ends at either limit: some 100 ms of analysis, and a few MB between the processes."""


class SourceReading:
    """Reads a source into batches of jobs, skipping what is unchanged."""

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
        """Outcomes of items without a job are appended to ``outcomes``; without ``prepare``, no item has one."""
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
        """Ids of all existing articles: read, changed or not, or known to be in an unreadable item."""
        self.below: list[str] = []
        """Prefixes of ids whose existence is unknown."""
        self.unknown = 0
        """Unreadable items whose articles are unknown."""
        self.for_staff: dict[str, None] = {}
        """Ids of unreadable articles that are, or may be, declared staff-only."""
        self.maybe_for_staff: dict[str, None] = {}
        """Ids found in unreadable data that may be staff-only."""
        self.withdrawn: dict[str, None] = {}
        """Ids of possible articles that the source no longer shows."""
        self.elsewhere: list[str] = []
        """Ids of unchanged articles that came, or may have come, from another source."""
        self.full = False
        self.partly = False
        """Whether the source was read only in part, so that it is unknown what is gone."""

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
            # A batch may be empty: unchanged articles are reported as they come, not at the end.
            yield self._changed(articles)
            if ended:
                return

    def is_gone(self, id: str) -> bool:
        """Return whether the article ``id``, which came from this source before, is certainly gone."""
        return id not in self.seen and not any(map(id.startswith, self.below))

    def still_there(self, ids: Iterable[str]) -> Sequence[str]:
        """Return those of ``ids`` that the catalog has from this source and that it did not yield."""
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
                # Without a digest, so that what could not be fetched is requested again in the next run.
                jobs.append(Job(moved, b"" if problems else digest, kept, texts))
            return jobs


def _two_folders(before: str, now: str) -> bool:
    """Ids of pages are their paths inside a folder, so two folders may use one id for two articles."""
    return before != now and Path(before).is_dir() and Path(now).is_dir()


def content_hash(article: Article, found: Sequence[FoundAttachment]) -> bytes:
    """Return a digest of everything a source said about ``article``, including the bytes of its files."""
    values = {name: getattr(article, name) for name in _HASHED}
    values["files"] = [
        (
            one.attachment.name,
            one.attachment.media_type,
            one.sha256,
            "; ".join(sentences(one.problems)) or None,
        )
        for one in found
    ]
    return hashlib.blake2b(_as_json(values).encode(), digest_size=16).digest()
