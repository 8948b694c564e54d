"""Finds where an index differs from a catalog that it may be ahead of: one that was copied before the last commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from indexer.catalog.catalog import Catalog, Change
from indexer.engine import clauses as c
from indexer.engine.fields import ID, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, Snapshot

_BATCH = 500
_PAGE = 5_000
"""Articles of the index that are listed at once: each page costs a pass over the whole index."""
_TERMS = 100
"""Maximum number of terms in one query."""
_Found = tuple[str, bytes | None]


def differing(catalog: Catalog, text_of: Callable[[str], str | None], index: Snapshot) -> Iterator[_Found]:
    """Yield every article that the index has in another form than the catalog, or that only one of them has; with the stored form in
    the index, None if it has none. Articles that are damaged in the catalog are left as they are.

    ``text_of`` returns the text that an article shares with others, which is part of that form. Compares every article once.
    """
    ids, known = [], 0
    for change, held in _compared(catalog, index):
        known += held is not None
        if not change.damaged and held != (change.record.stored if change.record else None):
            ids.append(change.id)
            yield change.id, held
    for id, held in _unknown(catalog, index, index.count() - known):
        ids.append(id)
        yield id, held
    yield from _neighbours(ids, text_of, index)


def _compared(catalog: Catalog, index: Snapshot) -> Iterator[tuple[Change, bytes | None]]:
    after = 0
    while batch := catalog.changes(after, _BATCH):
        after = batch[-1].seq
        held = index.documents(change.id for change in batch)
        yield from ((change, held.get(change.id)) for change in batch)


def _unknown(catalog: Catalog, index: Snapshot, number: int) -> Iterator[_Found]:
    """Yield the ``number`` articles that only the index has: mostly the newest ones, so they are found early."""
    for hit in _hits(index, c.Everything()) if number else ():
        if catalog.change(hit.id) is None:
            yield hit.id, hit.stored
            number -= 1
            if not number:
                return


def _neighbours(
    ids: Sequence[str], text_of: Callable[[str], str | None], index: Snapshot
) -> Iterator[_Found]:
    """Yield the articles of which the index says that they share their text with one of ``ids``, and the catalog that they do not."""
    texts = {hit.text for hit in _with_terms(index, ID, ids) if hit.text}
    known = set(ids)
    for hit in _with_terms(index, SAME_TEXT, sorted(texts)):
        if hit.id not in known and text_of(hit.id) != hit.text:
            yield hit.id, hit.stored


def _with_terms(index: Snapshot, field: str, terms: Sequence[str]) -> Iterator[EngineHit]:
    for at in range(0, len(terms), _TERMS):
        yield from _hits(index, c.Any(tuple(c.Term(field, term) for term in terms[at : at + _TERMS])))


def _hits(index: Snapshot, match: c.Clause) -> Iterator[EngineHit]:
    after = None
    while hits := index.search(EngineRequest(match, sort="newest", limit=_PAGE, after=after)).hits:
        yield from hits
        after = hits[-1].sort_key
        if len(hits) < _PAGE:
            return
