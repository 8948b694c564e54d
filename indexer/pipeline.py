"""Sources -> catalog -> analysis -> engine, in batches. Yields one Outcome per item, draws nothing.

What the catalog has accepted is never lost: the index follows it by the number of the last
change, and whatever a crash kept out of the index is replayed by the next writer.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

from indexer.analysis import index_entry, seconds_of, stored_article, with_files
from indexer.attachments import AttachmentReader, FoundAttachment, find, found_again
from indexer.catalog import FILE_NAME, Catalog, Record
from indexer.duplicates.prints import prints_of
from indexer.duplicates.store import DuplicateStore
from indexer.engine.fields import ANY_TEXT, SAME_TEXT
from indexer.engine.opening import index_path, open_engine
from indexer.engine.protocol import Engine, Entry, Writer
from indexer.errors import IndexMissingError
from indexer.extract.sandbox import Sandbox
from indexer.files import FileStore
from indexer.leftovers import remove_leftovers
from indexer.lock import writer_lock
from indexer.model import Article, Extraction, StoredFile
from indexer.replaying import Replayed, entry_of, replayed
from indexer.settings import Settings
from indexer.sources import Problem, Source
from indexer.stored import StoredArticle, pack, unpack
from indexer.suggest.store import APPLIED as SUGGESTIONS
from indexer.suggest.store import SuggestionWriter
from indexer.workers import AnalysedBatch, Job, analyse, analysis_workers, in_processes, worker_count

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 2_000_000
"""A batch ends at either: some 100 ms of analysis, a few MB between the processes."""
COMMIT_ARTICLES = 25_000
"""Articles per commit of the index: a commit costs a segment, and a crash the work since the last."""

Progress = Callable[[int], None]
"""Told how many articles are done."""


def unseen(number: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item."""

    kind: Literal["indexed", "unchanged", "removed", "failed", "missing"]
    item: str
    problem: str | None = None


@dataclass(slots=True)
class Timings:
    """Seconds per stage. ``analyse`` is processor time in the workers, beside the others."""

    read: float = 0.0
    check: float = 0.0
    attachments: float = 0.0
    analyse: float = 0.0
    accept: float = 0.0
    duplicates: float = 0.0
    put: float = 0.0
    commit: float = 0.0

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Add the wall time of the block to ``stage``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            setattr(self, stage, getattr(self, stage) + time.perf_counter() - start)


class Pipeline:
    """The one writer of a data directory; use :func:`open_pipeline`."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        engine: Engine,
        suggestions: SuggestionWriter,
        duplicates: DuplicateStore,
        sandbox: Sandbox,
        index: str,
    ) -> None:
        """``index`` is the name of the folder of ``engine``, by which the catalog knows how far it is."""
        self._settings = settings
        self._catalog = catalog
        self._index = index
        self._engine = engine
        self._suggestions = suggestions
        self._duplicates = duplicates
        self._store = FileStore(settings.data)
        self._reader = AttachmentReader(
            catalog,
            self._store,
            sandbox.extract,
            sandbox.unpack,
            sandbox.ocr if settings.ocr else None,
            worker_count(settings.workers),
            settings.max_file_mb << 20,
        )
        self.timings = Timings()
        self._open: _Changes | None = None
        self.damaged: list[str] = []
        """What could not be replayed because the catalog is damaged, one sentence each."""

    def index(self, source: Source, prune: bool = False) -> Iterator[Outcome]:
        """Bring the index up to date with ``source``; unchanged articles cost no analysis.

        With ``prune``, articles that came from this source before and are gone are removed,
        unless something of the source could not be read.
        """
        seen: set[str] = set()
        outcomes = [Outcome("failed", FILE_NAME, problem) for problem in self.damaged]
        reading = _Reading(self, source, outcomes, seen if prune else None)
        with self._changes() as changes:
            # A first batch that is not full is the whole source: not worth starting processes.
            batches = iter(reading.batches())
            first = next(batches, None)
            workers = analysis_workers(self._settings.workers) if reading.full else 0
            work = partial(analyse, self._settings.timezone)
            for jobs, batch in in_processes(chain([first or []], batches), work, workers):
                self.timings.analyse += batch.seconds
                changes.put(source.name, jobs, batch)
                yield from _drain(outcomes)
                yield from (Outcome("indexed", item.entry.id) for item in batch.items)
                yield from _problems_of(batch)
            yield from _drain(outcomes)
            if prune and reading.failed:
                yield Outcome(
                    "failed", source.name, f"nothing was pruned: {reading.failed} items could not be read"
                )
            elif prune:
                gone = [id for id in self._catalog.ids(source.name) if id not in seen]
                yield from (Outcome("removed", id) for id in changes.remove(gone))
        self._forget_files()

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Remove articles from index, catalog and stored files; return those that were there."""
        with self._changes() as changes:
            gone = changes.remove(ids)
        self._forget_files()
        return gone

    def warm(self) -> None:
        """Load what analysis needs, some tenths of a second, before an article waits for it."""
        stored = stored_article(Article("", "Khởi động"), (), (), self._settings.zone)
        index_entry(stored, b"", None, ())

    def id_of(self, slug: str) -> str | None:
        """Return the id of the article at an address, None where the index holds none."""
        self._engine.refresh()
        stored = self._engine.by_slug(slug)
        return unpack(stored).id if stored else None

    def find_files(
        self, names: Sequence[str], chosen: Callable[[Extraction], bool]
    ) -> tuple[set[str], list[str]]:
        """Return the digests of the files named, or of which ``chosen`` holds, and the names that no file has."""
        digests = {digest for digest, extraction in self._catalog.extractions() if chosen(extraction)}
        unknown = set(names)
        if names:
            for stored in self._catalog.stored():
                for file in unpack(stored).files:
                    called = {file.name, file.own_name, file.sha256} & set(names)
                    if called and file.sha256:
                        digests.add(file.sha256)
                        unknown -= called
        return digests, sorted(unknown)

    def reextract(self, digests: Collection[str]) -> Iterator[Outcome]:
        """Read files again and bring the articles that carry them up to date.

        What was read before stays until it is replaced: a run that is stopped loses nothing.
        """
        self._reader.read_again(digests)
        with self._changes() as changes:
            for id in self._catalog.carriers(digests):
                record = self._catalog.record(id)
                if record is None:
                    continue
                with self.timings.of("attachments"):
                    files, texts = self._reader.prepare(found_again(unpack(record.stored).files))
                stored = with_files(unpack(record.stored), files, texts)
                changes.replace(record, stored, texts)
                yield Outcome("indexed", id)
                yield from _problems_of_files(id, files)
        self._forget_files()

    def replay(self, progress: Progress = unseen) -> int:
        """Bring into the index what the catalog accepted and the index does not hold; return how many changes."""
        # What is not known of copies yet is put once more, in whichever index.
        indexes = [name for name in self._catalog.readers() if name != SUGGESTIONS]
        self._catalog.lower_applied(indexes, self._duplicates.applied)
        after, last, number = self._catalog.applied(self._index), self._catalog.last(), 0
        if after == last:
            self._suggestions.catch_up(self._catalog, after)
            return 0
        workers = analysis_workers(self._settings.workers)
        with self._changes() as changes:
            for batch in replayed(self._catalog, after, last, workers, self.damaged):
                for one in batch:
                    changes.replay(one)
                if batch:
                    number += len(batch)
                    changes.applied(batch[-1].change.seq, len(batch))
                    progress(number)
        return number

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the index open for writing through the block: what is done in it commits without waiting for merges."""
        self._open = self._new_changes().__enter__()
        try:
            yield
        finally:
            if self._open is not None:
                changes, self._open = self._open, None
                changes.__exit__(None, None, None)

    def _changes(self) -> AbstractContextManager[_Changes]:
        return self._new_changes() if self._open is None else self._committed(self._open)

    @contextmanager
    def _committed(self, changes: _Changes) -> Iterator[_Changes]:
        try:
            yield changes
            with self.timings.of("commit"):
                changes.commit()
        except BaseException as error:
            # Left as by an error of its own: the next call opens it anew.
            self._open = None
            changes.__exit__(type(error), error, error.__traceback__)
            raise

    def _new_changes(self) -> _Changes:
        return _Changes(
            self._catalog,
            self._engine,
            self._suggestions,
            self._duplicates,
            self._settings.lock_timeout,
            self.timings,
            self._index,
        )

    def _forget_files(self) -> None:
        for sha256 in self._catalog.forget_unused_files():
            self._store.remove(sha256)


class _Reading:
    """Reads a source into batches of jobs, leaving out what is unchanged."""

    def __init__(
        self, pipeline: Pipeline, source: Source, outcomes: list[Outcome], seen: set[str] | None
    ) -> None:
        self._pipeline = pipeline
        self._source = source
        self._outcomes = outcomes
        self._seen = seen
        self.failed = 0
        self.full = False

    def batches(self) -> Iterator[list[Job]]:
        """Yield batches of new and changed articles; ``full`` tells whether one was filled."""
        timings, items = self._pipeline.timings, iter(self._source.items())
        while True:
            articles: list[Article] = []
            size = 0
            ended = True
            with timings.of("read"):
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
        pipeline, largest = self._pipeline, self._pipeline._settings.max_file_mb << 20
        with pipeline.timings.of("check"):
            known = pipeline._catalog.known([article.id for article in articles])
            new: list[tuple[Article, bytes, list[FoundAttachment]]] = []
            for article in articles:
                if self._seen is not None:
                    self._seen.add(article.id)
                found = [find(attachment, largest) for attachment in article.attachments]
                digest = content_hash(article, found)
                before, place = known.get(article.id, (None, self._source.name))
                if before == digest:
                    self._outcomes.append(Outcome("unchanged", article.id))
                    continue
                new.append((article, digest, found))
                if _two_folders(place, self._source.name):
                    problem = f"replaces the article of this id from {place}; index a folder above both"
                    self._outcomes.append(Outcome("failed", article.id, problem))
        with pipeline.timings.of("attachments"):
            return [
                Job(article, digest, *(pipeline._reader.prepare(found) if found else ((), ())))
                for article, digest, found in new
            ]


class _Changes:
    """One open batch of the engine together with the catalog's record of what it holds.

    Left by Ctrl-C, what was put is committed; left by an error, it is dropped and replayed later.
    """

    def __init__(
        self,
        catalog: Catalog,
        engine: Engine,
        suggestions: SuggestionWriter,
        duplicates: DuplicateStore,
        timeout: float,
        timings: Timings,
        index: str,
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._index = index
        self._suggestions = suggestions
        self._duplicates = duplicates
        self._out_of_date: set[str] = set()
        self._timings = timings
        self._stack = ExitStack()
        self._timeout = timeout
        self._seq: int | None = None
        self._uncommitted = 0
        self.writer: Writer

    def __enter__(self) -> _Changes:
        self.writer = self._stack.enter_context(self._engine.writer(self._timeout))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is not None and not issubclass(kind, (KeyboardInterrupt, GeneratorExit)):
            self._stack.__exit__(kind, error, None)
            self._duplicates.rollback()
            return
        with self._timings.of("commit"):
            try:
                self.commit()
            except BaseException as failure:
                self._stack.__exit__(type(failure), failure, None)
                raise
            self._stack.close()

    def put(self, place: str, jobs: Sequence[Job], batch: AnalysedBatch) -> None:
        """Accept a batch into the catalog, then hand it to the engine."""
        if not jobs:
            return
        records = [
            Record(
                item.entry.id,
                place,
                item.job_hash,
                item.entry.stored,
                seconds_of(job.article.published),
                _extra(job.article),
                tuple((file.n, file.sha256) for file in item.files if file.sha256),
            )
            for job, item in zip(jobs, batch.items, strict=True)
        ]
        with self._timings.of("accept"):
            seq = self._catalog.accept(records)
        for number, item in enumerate(batch.items, seq - len(records) + 1):
            self._put(number, item.entry, item.prints)
        self.applied(seq, len(records))

    def replace(self, record: Record, stored: StoredArticle, texts: Sequence[Extraction | None]) -> None:
        """Accept an article anew, whose files were read again, then hand it to the engine."""
        packed = pack(stored)
        files = tuple((file.n, file.sha256) for file in stored.files if file.sha256)
        seq = self._catalog.accept([dataclasses.replace(record, stored=packed, files=files)])
        entry = index_entry(stored, packed, record.second, texts)
        self._put(seq, entry, prints_of(entry))
        self.applied(seq, 1)

    def replay(self, one: Replayed) -> None:
        """Hand a change to the engine that the catalog accepted before; what is damaged stays as the engine has it."""
        if one.entry is not None:
            self._put(one.change.seq, one.entry, one.prints)
        elif not one.change.damaged:
            self._duplicates.forget([one.change.id])
            self.writer.delete(one.change.id)

    def _put(self, seq: int, entry: Entry, prints: Sequence[int]) -> None:
        with self._timings.of("duplicates"):
            placed = self._duplicates.place(seq, entry, prints)
            self._out_of_date.update(placed.others)
            self._out_of_date.discard(entry.id)
        with self._timings.of("put"):
            self.writer.put(with_text(entry, placed.text))

    def _put_anew(self) -> None:
        """Bring the entries up to date of articles that copies were found of since they were put."""
        for id in sorted(self._out_of_date):
            change = self._catalog.change(id)
            entry = entry_of(self._catalog, change, []).entry if change else None
            if entry is not None:
                self.writer.put(with_text(entry, self._duplicates.text_of(id)))
        self._out_of_date.clear()

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Remove articles from catalog and engine; return those that were there."""
        gone = self._catalog.remove(ids)
        self._duplicates.forget(gone)
        for id in gone:
            self.writer.delete(id)
        if gone:
            self.applied(self._catalog.last(), len(gone))
        return gone

    def applied(self, seq: int, number: int) -> None:
        """Note that the open batch holds all changes up to ``seq``; commit when it is large."""
        self._seq = seq
        self._uncommitted += number
        if self._uncommitted >= COMMIT_ARTICLES:
            with self._timings.of("commit"):
                self.commit()

    def commit(self) -> None:
        """Commit the engine first: what the catalog claims the index holds, it does hold."""
        if self._seq is None:
            return
        self._put_anew()
        self.writer.commit()
        self._duplicates.commit(self._seq)
        self._catalog.set_applied(self._index, self._seq)
        self._suggestions.catch_up(self._catalog, self._seq)
        self._seq, self._uncommitted = None, 0


@contextmanager
def open_pipeline(
    settings: Settings, index: str | None = None, progress: Progress = unseen, *, yields: bool = False
) -> Iterator[Pipeline]:
    """Open the data directory for writing, replaying what a crash left out of the index.

    ``index`` names the folder of another index than the current one; with ``yields`` the block is a short one: other
    writers wait for its end. Raises IndexBusyError, IndexVersionError, DamagedError, StorageError.
    """
    with ExitStack() as stack:
        ended = stack.enter_context(writer_lock(settings.data, settings.lock_timeout, yields, cleans=True))
        catalog = Catalog(settings.data, create=True)
        stack.callback(catalog.close)
        remove_leftovers(settings, catalog, ended)
        index = index or index_path(settings).name
        try:
            engine = open_engine(settings, folder=index)
        except IndexMissingError:
            # A folder that was deleted is built anew from the catalog, also where this is killed before it is.
            catalog.set_applied(index, 0)
            engine = open_engine(settings, create=True, folder=index)
        stack.callback(engine.close)
        suggestions = SuggestionWriter(settings.data)
        stack.callback(suggestions.close)
        duplicates = DuplicateStore(settings.data, catalog)
        stack.callback(duplicates.close)
        sandbox = stack.enter_context(
            Sandbox(
                worker_count(settings.workers),
                settings.extract_seconds,
                settings.extract_memory_mb,
                page_seconds=settings.ocr_seconds,
                trust=settings.trust_roots,
            )
        )
        pipeline = Pipeline(settings, catalog, engine, suggestions, duplicates, sandbox, index)
        pipeline.replay(progress)
        yield pipeline


def with_text(entry: Entry, text: str | None) -> Entry:
    """Return ``entry`` with the text that it carries together with others, None where it is the only one."""
    if text is None:
        return entry
    return dataclasses.replace(entry, keywords={**entry.keywords, SAME_TEXT: (text, ANY_TEXT)})


def has_catalog(data: Path) -> bool:
    """Tell whether ``data`` holds anything yet."""
    return (data / FILE_NAME).is_file()


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


def _extra(article: Article) -> str | None:
    """Return what the input said and nothing here uses, as JSON; None for nothing."""
    values = dict(article.extra)
    if article.updated:
        values["updated"] = article.updated
    if article.related:
        values["related"] = [dataclasses.asdict(item) for item in article.related]
    return json.dumps(values, ensure_ascii=False, default=str) if values else None


def _drain(outcomes: list[Outcome]) -> Iterator[Outcome]:
    yield from outcomes
    outcomes.clear()


def _problems_of(batch: AnalysedBatch) -> Iterator[Outcome]:
    """Yield the attachments that are missing or could not be read; their articles are indexed all the same."""
    for item in batch.items:
        yield from _problems_of_files(item.entry.id, item.files)


def _problems_of_files(id: str, files: Sequence[StoredFile]) -> Iterator[Outcome]:
    for file in files:
        if file.state == "failed":
            yield Outcome("failed", f"{id}: {file.name}", "; ".join(file.problems))
        elif file.state == "missing":
            yield Outcome("missing", f"{id}: {file.name}")
