"""Reads files again, and updates the articles that carry them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from indexer.catalog.catalog import Catalog
from indexer.indexing.analysis import seconds_of, start_of, with_files
from indexer.indexing.attachments import AttachmentReader
from indexer.indexing.changes import Changes
from indexer.indexing.found import found_again
from indexer.indexing.outcome import Outcome, Timings, problems_of_files
from indexer.model import Extraction
from indexer.stored.article import unpack


def find_files(
    catalog: Catalog, names: Sequence[str], chosen: Callable[[Extraction], bool]
) -> tuple[set[str], list[str]]:
    """Return the digests of the files named, or for which ``chosen`` is true, and the names that no file has."""
    digests = {digest for digest, extraction in catalog.extractions.all() if chosen(extraction)}
    unknown = set(names)
    if names:
        for stored in catalog.stored():
            for file in unpack(stored).files:
                called = {file.name, file.own_name, file.sha256} & set(names)
                if called and file.sha256:
                    digests.add(file.sha256)
                    unknown -= called
    return digests, sorted(unknown)


def read_again(
    catalog: Catalog,
    reader: AttachmentReader,
    changes: Changes,
    timings: Timings,
    digests: Collection[str],
    zone: ZoneInfo,
) -> Iterator[Outcome]:
    """Read the files with these digests again; yield the outcome of each article that carries one.

    A date that is read for the first time begins in ``zone``.

    Earlier results stay until they are replaced, so an interrupted run loses nothing.
    """
    reader.read_again(digests)
    for id in catalog.extractions.carriers(digests):
        record = catalog.record(id)
        if record is None:
            continue
        before = unpack(record.stored)
        with timings.of("attachments"):
            files, texts = reader.prepare(found_again(before.files))
        after = with_files(before, files, texts)
        second = record.second if record.second is not None else seconds_of(start_of(after.published, zone))
        changes.replace(dataclasses.replace(record, second=second), after, texts)
        yield Outcome("indexed", id)
        yield from problems_of_files(id, files)
