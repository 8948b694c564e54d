"""A temporary index of the few new articles, dropped after matching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from indexer.alerts.needs import Vocabulary
from indexer.catalog.catalog import Catalog
from indexer.disk.scratch import scratch_folder
from indexer.duplicates.store import with_text
from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.opening import embedded, open_engine
from indexer.engine.protocol import Engine, EngineRequest, Entry
from indexer.indexing.replay import entry_of
from indexer.indexing.statuses import with_status
from indexer.search.statuses import statuses_of
from indexer.settings import Settings
from indexer.visible.index import VisibleIndex

_BATCH = 500
"""Number of articles analysed at a time."""


@dataclass(frozen=True, slots=True)
class Day:
    """The new articles as the public sees them, and the words in them."""

    index: VisibleIndex
    vocabulary: Vocabulary


@contextmanager
def opened_day(
    settings: Settings, catalog: Catalog, whole: VisibleIndex, ids: Sequence[str]
) -> Iterator[Day]:
    """Index those of the articles ``ids`` that the public may see in ``whole``, with their known copies and legal statuses.

    Raises StorageError or EngineError.
    """
    vocabulary = Vocabulary()
    with scratch_folder() as folder:
        own = embedded(replace(settings, data=folder))
        with closing(open_engine(own, create=True, folder="day")) as engine:
            _fill(engine, catalog, whole, ids, vocabulary)
            yield Day(VisibleIndex(engine.snapshot(), "public"), vocabulary)


def _fill(
    engine: Engine, catalog: Catalog, whole: VisibleIndex, ids: Sequence[str], vocabulary: Vocabulary
) -> None:
    waiting = iter(ids)
    with engine.writer() as writer:
        while batch := list(islice(waiting, _BATCH)):
            for entry in _entries(catalog, whole, batch):
                vocabulary.add(entry)
                # Only matching is needed, so neither the texts for display nor the pages are.
                writer.put(replace(entry, stored=b"", pages=()))


def _entries(catalog: Catalog, whole: VisibleIndex, ids: Sequence[str]) -> Iterator[Entry]:
    seen = whole.by_id(ids)
    statuses = statuses_of(whole, list(seen.values()))
    texts = texts_of(whole, list(seen))
    for id in seen:
        change = catalog.change(id)
        entry = entry_of(catalog, change, []).entry if change else None
        if entry is not None:
            yield with_status(with_text(entry, texts.get(id)), statuses.get(id))


def texts_of(index: VisibleIndex, ids: Sequence[str]) -> dict[str, str]:
    """Return the shared text of each of ``ids`` that has the same text as other articles."""
    anyone = c.any_of(tuple(c.Term(ID, id) for id in ids))
    asked = EngineRequest(c.Constant(c.All((c.Everything(), anyone))), limit=len(ids))
    return {hit.id: hit.text for hit in index.search(asked).hits if hit.text}
