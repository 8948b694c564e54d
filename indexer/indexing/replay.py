"""Analyses again what the catalog accepted earlier, for an index that lacks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from indexer.catalog.catalog import Catalog, Change
from indexer.engine.protocol import Entry
from indexer.errors import DamagedError
from indexer.indexing.analysis import analysed
from indexer.indexing.workers import in_processes
from indexer.model import Extraction
from indexer.stored.article import unpack
from indexer.suggest.offers import Offer, offer_of

_BATCH = 250
"""Number of changes at a time: some 100 ms of analysis."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A change and the resulting entry; None if the article was removed or is unreadable."""

    change: Change
    entry: Entry | None = None
    shingles: tuple[int, ...] = ()
    """See :mod:`indexer.duplicates.shingles`."""
    offer: Offer | None = None
    """What it contributes to completions."""


_Job = tuple[Change, tuple[Extraction | None, ...]]


def replayed(
    catalog: Catalog, after: int, until: int, workers: int, problems: list[str]
) -> Iterator[list[Replayed]]:
    """Yield the changes after number ``after`` up to ``until``, in order, analysed in ``workers`` processes.

    Damaged parts of the catalog are left out and reported in ``problems``.
    """
    batches = _batches(catalog, after, until, problems)
    first = next(batches, [])
    # A few changes do not justify starting processes.
    for _, batch in in_processes(chain([first], batches), _analyse, workers if len(first) == _BATCH else 0):
        yield batch


def entry_of(catalog: Catalog, change: Change, problems: list[str]) -> Replayed:
    """Return one change, analysed in this process; see :func:`replayed`."""
    return _analyse([_job(catalog, change, problems)])[0]


def _batches(catalog: Catalog, after: int, until: int, problems: list[str]) -> Iterator[list[_Job]]:
    while batch := [change for change in catalog.changes(after, _BATCH) if change.seq <= until]:
        yield [_job(catalog, change, problems) for change in batch]
        after = batch[-1].seq


def _job(catalog: Catalog, change: Change, problems: list[str]) -> _Job:
    if change.damaged:
        problems.append(f"article {change.id!r} is damaged in the catalog; run `tracuu verify`")
    if change.record is None:
        return change, ()
    digests = dict(change.record.files)
    texts: list[Extraction | None] = []
    for file in unpack(change.record.stored).files:
        try:
            texts.append(catalog.extractions.of(digests[file.n]) if file.n in digests else None)
        except DamagedError as error:
            problems.append(str(error))
            texts.append(None)
    return change, tuple(texts)


def _analyse(jobs: list[_Job]) -> list[Replayed]:
    return [_replayed(change, texts) for change, texts in jobs]


def _replayed(change: Change, texts: tuple[Extraction | None, ...]) -> Replayed:
    if change.record is None:
        return Replayed(change)
    stored = change.record.stored
    article = unpack(stored)
    return Replayed(change, *analysed(article, stored, change.record.second, texts), offer_of(article))
