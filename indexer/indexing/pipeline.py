"""Moves articles from sources to catalog, analysis and engine, in batches. It yields an Outcome per item and draws nothing.

Nothing that the catalog has accepted is ever lost: the index follows it by the number of the last change, and the next writer
replays whatever a crash kept out of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain

from indexer.catalog.format import FILE_NAME
from indexer.extract.sandbox import Sandbox
from indexer.files.opening import open_files
from indexer.indexing.analysis import index_entry, stored_article
from indexer.indexing.attachments import AttachmentReader
from indexer.indexing.changes import Changes
from indexer.indexing.fetching import Fetch
from indexer.indexing.outcome import Outcome, Progress, Timings, drained, problems_of, unseen
from indexer.indexing.pruning import names_before, pruned
from indexer.indexing.reading import SourceReading
from indexer.indexing.reconciling import differing
from indexer.indexing.reextract import find_files, read_again
from indexer.indexing.replay import replayed
from indexer.indexing.session import Session
from indexer.indexing.stores import Stores
from indexer.indexing.workers import analyse, analysis_workers, in_processes, worker_count
from indexer.model import Article, Extraction
from indexer.settings import Settings
from indexer.source_settings import NO_LIMIT, RemovalLimit
from indexer.sources import Source
from indexer.stored.article import unpack
from indexer.suggest.store import APPLIED as SUGGESTIONS


class Pipeline:
    """The single writer of a data directory; use :func:`open_pipeline`."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: Sandbox) -> None:
        self._settings = settings
        self._stores = stores
        self._catalog = stores.catalog
        self._store = open_files(settings)
        self._reader = AttachmentReader(
            stores.catalog.extractions,
            self._store,
            sandbox.extract,
            sandbox.unpack,
            sandbox.ocr if settings.ocr else None,
            worker_count(settings.workers),
            settings.max_file_mb << 20,
        )
        self.timings = Timings()
        self._session = Session(stores, self.timings, settings.lock_timeout)
        self.damaged: list[str] = []
        """What could not be replayed because of damage in the catalog, one sentence each."""

    def index(
        self,
        source: Source,
        prune: bool = False,
        limit: RemovalLimit = NO_LIMIT,
        fetch: Fetch | None = None,
    ) -> Iterator[Outcome]:
        """Bring the index up to date with ``source``; unchanged articles cost no analysis.

        With ``prune``, articles that came from this source before and are gone are removed, unless another source has them,
        they exceed ``limit``, or an unreadable part of the source may contain them. ``fetch`` fetches files that articles give
        by address; without it, they are missing.
        """
        outcomes = [Outcome("failed", FILE_NAME, problem) for problem in self.damaged]
        self.take_over(source)
        find, prepare = self._reader.find, self._reader.prepare
        reading = SourceReading(
            source, self._catalog, find, prepare, outcomes, self.timings, self._settings.zone, fetch
        )
        with self._session.changes() as changes:
            # A first batch that is not full is the whole source: not worth starting processes.
            batches = iter(reading.batches())
            first = next(batches, None)
            workers = analysis_workers(self._settings.workers) if reading.full else 0
            work = partial(analyse, self._settings.timezone)
            for jobs, batch in in_processes(chain([first or []], batches), work, workers):
                self.timings.analyse += batch.seconds
                changes.put(source.name, jobs, batch)
                yield from drained(outcomes)
                yield from (Outcome("indexed", item.entry.id) for item in batch.items)
                yield from problems_of(batch)
            yield from drained(outcomes)
            for id in (*reading.for_staff, *reading.still_there(reading.maybe_for_staff)):
                if changes.hide(id):
                    yield Outcome("notice", id, f"{id} is staff-only until it can be read again", "hidden")
            if reading.elsewhere:
                self._catalog.places.add(source.name, reading.elsewhere)
            if prune:
                release = partial(self._released, changes, source.name)
                yield from pruned(self._catalog, [source.name], reading, limit, release)
            for id in reading.still_there(reading.withdrawn):
                if changes.hide(id):
                    said = f"{id} was withdrawn at its source; it is staff-only until it is removed or published again"
                    yield Outcome("notice", id, said, "withdrawn")
        self.forget_files()

    def take_over(self, source: Source) -> None:
        """Transfer to ``source`` what came from it under earlier names."""
        self._catalog.places.rename(names_before(source, self._catalog), source.name)

    def hide(self, ids: Iterable[str]) -> None:
        """Make articles staff-only until their source can be read again."""
        with self._session.changes() as changes:
            for id in ids:
                changes.hide(id)

    def hide_all(self, source: str) -> None:
        """Make all articles of a source staff-only until they can be read again."""
        self.hide(self._catalog.places.of(source))

    def note_run(self, name: str, result: str) -> None:
        """Store the result of a source's run, as JSON."""
        self._catalog.places.set_run(name, result)

    def release(self, place: str, ids: Sequence[str]) -> list[str]:
        """Remove articles that are gone from a source, unless another has them; return those removed."""
        with self._session.changes() as changes:
            gone = self._released(changes, place, ids)
        self.forget_files()
        return gone

    def _released(self, changes: Changes, place: str, ids: Sequence[str]) -> list[str]:
        return changes.remove(self._catalog.places.release(place, ids))

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Remove articles from index, catalog and stored files; return those that existed."""
        with self._session.changes() as changes:
            gone = changes.remove(ids)
        self.forget_files()
        return gone

    def warm(self) -> None:
        """Load what analysis needs, which takes some tenths of a second, before an article has to wait for it."""
        stored = stored_article(Article("", "Khởi động"), (), (), self._settings.zone)
        index_entry(stored, b"", None, ())

    def id_of(self, slug: str) -> str | None:
        """Return the id of the article at an address, None if the index has none."""
        stored = self._stores.engine.snapshot().by_slug(slug)
        return unpack(stored).id if stored else None

    def find_files(
        self, names: Sequence[str], chosen: Callable[[Extraction], bool]
    ) -> tuple[set[str], list[str]]:
        """Return the digests of the files named, or for which ``chosen`` is true, and the names that no file has."""
        return find_files(self._catalog, names, chosen)

    def reextract(self, digests: Collection[str]) -> Iterator[Outcome]:
        """Read files again and update the articles that carry them.

        Earlier results stay until they are replaced, so an interrupted run loses nothing.
        """
        with self._session.changes() as changes:
            yield from read_again(
                self._catalog, self._reader, changes, self.timings, digests, self._settings.zone
            )
        self.forget_files()

    def replay(self, progress: Progress = unseen) -> int:
        """Bring into the index what the catalog accepted and the index lacks; return the number of changes."""
        # Articles without known copies and statuses are put once more, into whichever index.
        indexes = [name for name in self._catalog.applied.readers() if name != SUGGESTIONS]
        known = min(self._stores.duplicates.applied, self._stores.statuses.applied)
        self._catalog.applied.lower(indexes, known)
        after, last, number = self._catalog.applied.of(self._stores.index), self._catalog.last(), 0
        if after == last:
            self._stores.suggestions.catch_up(self._catalog, after)
            return 0
        workers = analysis_workers(self._settings.workers)
        with self._session.changes() as changes:
            for batch in replayed(self._catalog, after, last, workers, self.damaged):
                for one in batch:
                    changes.replay(one)
                if batch:
                    number += len(batch)
                    changes.applied(batch[-1].change.seq, len(batch))
                    progress(number)
        return number

    def reconcile(self) -> int:
        """Give the index exactly what the catalog has, also where the index is ahead of it; return the number of articles that
        differed."""
        with self._session.changes() as changes:
            ids = []
            text_of, snapshot = self._stores.duplicates.text_of, self._stores.engine.snapshot()
            for id, held in differing(self._catalog, text_of, snapshot):
                changes.found(id, held)
                ids.append(id)
            changes.mend(ids)
        return len(ids)

    def kept_open(self) -> AbstractContextManager[None]:
        """Keep the index open for writing during the block: commits in it do not wait for merges."""
        return self._session.kept_open()

    def forget_files(self) -> None:
        """Remove files that no article carries, once copies of the catalog for other machines have no article that does, either."""
        if not self._catalog.extractions.unused():
            return
        if not self._stores.writing.is_copied(FILE_NAME, self._catalog.last()):
            return
        for sha256 in self._catalog.extractions.forget_unused():
            self._store.remove(sha256)
