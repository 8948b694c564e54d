"""Applies changes to catalog and engine, and records in the catalog what the index contains."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence

from indexer.catalog.catalog import Record
from indexer.duplicates.store import with_text
from indexer.engine.protocol import Entry, Writer
from indexer.indexing.analysis import analysed
from indexer.indexing.outcome import Timings
from indexer.indexing.replay import Replayed, entry_of
from indexer.indexing.statuses import with_status
from indexer.indexing.stores import Stores
from indexer.indexing.workers import AnalysedBatch, Job
from indexer.model import Article, Extraction
from indexer.stored.article import StoredArticle, pack, unpack
from indexer.suggest.offers import NotedChanges, Offer, offer_of

COMMIT_ARTICLES = 25_000
"""Articles per commit of the index: a commit costs a segment, and a crash the work since the last one."""


class Changes:
    """Changes to one index: each is accepted by the catalog, passed to the engine, and recorded when committed."""

    def __init__(self, stores: Stores, writer: Writer, timings: Timings) -> None:
        """``writer`` belongs to the engine of ``stores``."""
        self._stores = stores
        self._catalog = stores.catalog
        self._duplicates = stores.duplicates
        self._statuses = stores.statuses
        self._writer = writer
        self._timings = timings
        self._out_of_date: set[str] = set()
        self._noted = NotedChanges()
        self._seq: int | None = None
        self._touched: set[str] | None = set()
        self._uncommitted = 0

    def put(self, place: str, jobs: Sequence[Job], batch: AnalysedBatch) -> None:
        """Store a batch in the catalog, then pass it to the engine."""
        if not jobs:
            return
        records = [
            Record(
                item.entry.id,
                place,
                item.job_hash,
                item.entry.stored,
                item.entry.second,
                _extra(job.article),
                tuple((file.n, file.sha256) for file in item.files if file.sha256),
            )
            for job, item in zip(jobs, batch.items, strict=True)
        ]
        with self._timings.of("accept"):
            seq = self._catalog.accept(records)
        for number, item in enumerate(batch.items, seq - len(records) + 1):
            self._put(number, item.entry, item.shingles, item.offer)
        self.applied(seq, len(records))

    def replace(self, record: Record, stored: StoredArticle, texts: Sequence[Extraction | None]) -> None:
        """Store an article whose files were read again, then pass it to the engine."""
        packed = pack(stored)
        files = tuple((file.n, file.sha256) for file in stored.files if file.sha256)
        seq = self._catalog.accept([dataclasses.replace(record, stored=packed, files=files)])
        self._put(seq, *analysed(stored, packed, record.second, texts), offer_of(stored))
        self.applied(seq, 1)

    def hide(self, id: str) -> bool:
        """Make the article ``id`` staff-only until its source can be read again; return whether it was not before."""
        record = self._catalog.record(id)
        stored = unpack(record.stored) if record else None
        if record is None or stored is None or stored.audience == "staff":
            return False
        digests = dict(record.files)
        texts = [
            self._catalog.extractions.of(digests[file.n]) if file.n in digests else None
            for file in stored.files
        ]
        # Without a hash, so that the same article counts as changed when it is read again.
        hidden = dataclasses.replace(stored, audience="staff")
        self.replace(dataclasses.replace(record, hash=b""), hidden, texts)
        return True

    def replay(self, one: Replayed) -> None:
        """Pass a change accepted earlier by the catalog to the engine; what is damaged stays as it is in the engine."""
        if one.entry is not None:
            self._put(one.change.seq, one.entry, one.shingles, one.offer)
            return
        self._noted.note(one.change.seq, one.change.id, None)
        if not one.change.damaged:
            self._drop(one.change.id)

    def found(self, id: str, held: bytes | None) -> None:
        """Note that the index has the article ``id`` in the stored form ``held``, None if not at all, and not as the catalog has it;
        :meth:`mend` follows once all such articles are noted."""
        if held is None:
            self._statuses.forget([id])
        else:
            self._statuses.place(analysed(unpack(held), held, None, ())[0])

    def mend(self, ids: Iterable[str]) -> None:
        """Give the index what the catalog has of articles that were :meth:`found`, and others the statuses that follow."""
        # The statuses are those of the index now, so that whatever differs from the catalog's is put anew.
        self._statuses.outdated()
        for id in ids:
            change = self._catalog.change(id)
            if change is None or change.record is None:
                self._drop(id)
            else:
                one = entry_of(self._catalog, change, [])
                if one.entry is not None:
                    self._place(change.seq, one.entry, one.shingles)
            self.applied(self._catalog.last(), 1)

    def _put(self, seq: int, entry: Entry, shingles: Sequence[int], offer: Offer | None) -> None:
        self._noted.note(seq, entry.id, offer)
        self._place(seq, entry, shingles)

    def _drop(self, id: str) -> None:
        self._duplicates.forget([id])
        self._statuses.forget([id])
        self._delete(id)

    def _place(self, seq: int, entry: Entry, shingles: Sequence[int]) -> None:
        with self._timings.of("duplicates"):
            placed = self._duplicates.place(seq, entry, shingles)
            self._out_of_date.update(placed.others)
            self._out_of_date.discard(entry.id)
        with self._timings.of("statuses"):
            status = self._statuses.place(entry)
        with self._timings.of("put"):
            self._hand_over(with_status(with_text(entry, placed.text), status))

    def _hand_over(self, entry: Entry) -> None:
        if self._touched is not None:
            self._touched.add(entry.id)
        self._writer.put(entry)

    def _delete(self, id: str) -> None:
        if self._touched is not None:
            self._touched.add(id)
        self._writer.delete(id)

    def _put_anew(self) -> None:
        """Update the entries of articles for which copies, or another status, were found since they were put."""
        self._out_of_date.update(self._statuses.outdated())
        for id in sorted(self._out_of_date):
            change = self._catalog.change(id)
            entry = entry_of(self._catalog, change, []).entry if change else None
            if entry is not None:
                copied = with_text(entry, self._duplicates.text_of(id))
                self._hand_over(with_status(copied, self._statuses.status_of(id)))
        self._out_of_date.clear()

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Remove articles from catalog and engine; return those that existed."""
        gone = self._catalog.remove(ids)
        self._duplicates.forget(gone)
        self._statuses.forget(gone)
        last = self._catalog.last()
        for seq, id in enumerate(gone, last - len(gone) + 1):
            self._delete(id)
            self._noted.note(seq, id, None)
        if gone:
            self.applied(last, len(gone))
        return gone

    def applied(self, seq: int, number: int) -> None:
        """Record that the open batch contains all changes up to ``seq``; commit it if it is large."""
        self._seq = seq
        self._uncommitted += number
        if self._uncommitted >= COMMIT_ARTICLES:
            with self._timings.of("commit"):
                self._commit()
                self._touched = None  # so many that the register is gathered anew, once

    def commit(self) -> None:
        """Commit the engine first: the catalog must not claim more than the index contains."""
        before = self._stores.engine.snapshot() if self._touched and self._stores.register else None
        self._commit()
        if self._touched != set() and self._stores.register is not None:
            self._stores.register.follow(self._stores.engine.snapshot(), before, self._touched or ())
        self._touched = set()

    def _commit(self) -> None:
        if self._seq is None:
            return
        self._put_anew()
        self._stores.writing.check()
        self._writer.commit()
        self._duplicates.commit(self._seq)
        self._statuses.commit(self._seq)
        self._catalog.applied.set(self._stores.index, self._seq)
        self._stores.suggestions.catch_up(self._catalog, self._seq, self._noted)
        self._noted.clear()
        self._seq, self._uncommitted = None, 0


def _extra(article: Article) -> str | None:
    """Return the unused parts of the input as JSON; None if there are none."""
    values = dict(article.extra)
    if article.updated:
        values["updated"] = article.updated
    if article.related:
        values["related"] = [dataclasses.asdict(item) for item in article.related]
    return json.dumps(values, ensure_ascii=False, default=str) if values else None
