"""Finds where an index differs from a catalog that it may be ahead of: one that was copied before the last commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.catalog.catalog import Catalog, Change
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Snapshot

_BATCH = 500


def differing(
    catalog: Catalog, text_of: Callable[[str], str | None], index: Snapshot
) -> Iterator[tuple[str, bytes | None]]:
    """Yield every article that the index has in another form than the catalog, or only one of them has; with the stored form in
    the index, None if it has none. Articles that are damaged in the catalog are left as they are.

    ``text_of`` returns the text that an article shares with others, which is part of that form.

    Reads the whole index once; the catalog as well if articles are missing.
    """
    known, after = 0, None
    while hits := index.search(EngineRequest(c.Everything(), sort="newest", limit=_BATCH, after=after)).hits:
        for hit in hits:
            change = catalog.change(hit.id)
            known += _is_there(change)
            if not _is_damaged(change) and (_stored(change) != hit.stored or text_of(hit.id) != hit.text):
                yield hit.id, hit.stored
        after = hits[-1].sort_key
    if known < catalog.count():
        yield from ((id, None) for id in _missing(catalog, index))


def _missing(catalog: Catalog, index: Snapshot) -> Iterator[str]:
    after = 0
    while batch := catalog.changes(after, _BATCH):
        after = batch[-1].seq
        held = index.documents(change.id for change in batch)
        yield from (change.id for change in batch if change.record and change.id not in held)


def _is_there(change: Change | None) -> bool:
    return change is not None and (change.record is not None or change.damaged)


def _is_damaged(change: Change | None) -> bool:
    return change is not None and change.damaged


def _stored(change: Change | None) -> bytes | None:
    return change.record.stored if change and change.record else None
