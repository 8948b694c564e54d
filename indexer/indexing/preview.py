"""What indexing a source would do, without doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.disk.scratch import scratch_folder
from indexer.indexing.fetching import Fetch
from indexer.indexing.found import FoundAttachment, look_at
from indexer.indexing.outcome import Outcome, Timings, drained
from indexer.indexing.pruning import names_before, pruned
from indexer.indexing.reading import SourceReading
from indexer.model import Attachment
from indexer.settings import Settings
from indexer.source_settings import RemovalLimit
from indexer.sources import Source


def preview(
    settings: Settings, source: Source, limit: RemovalLimit | None, fetch: Fetch | None = None
) -> Iterator[Outcome]:
    """Yield the outcomes of :meth:`Pipeline.index` that are known before reading attachments; nothing is written.

    Without ``limit``, nothing would be removed; ``fetch`` is not called.
    """
    largest = settings.max_file_mb << 20

    def find(attachments: Iterable[Attachment]) -> list[FoundAttachment]:
        return [look_at(one, largest) for one in attachments]

    with ExitStack() as stack:
        there = (settings.data / FILE_NAME).is_file()
        # If nothing exists yet, everything is new.
        data = settings.data if there else stack.enter_context(scratch_folder())
        catalog = Catalog(data, create=not there)
        stack.callback(catalog.close)
        places = [source.name, *names_before(source, catalog)]
        outcomes: list[Outcome] = []
        reading = SourceReading(source, catalog, find, None, outcomes, Timings(), settings.zone, fetch)
        for _ in reading.batches():
            yield from drained(outcomes)
        if limit is not None:

            def alone(gone: Sequence[str]) -> list[str]:
                others = catalog.places.elsewhere(gone, places)
                return [id for id in gone if id not in others]

            yield from pruned(catalog, places, reading, limit, alone)
