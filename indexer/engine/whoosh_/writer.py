"""One batch of changes to a Whoosh index."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path
from typing import Any

from indexer.engine.fields import (
    FOLDED_WORDS,
    PAGE_TEXT,
    QUANTITIES,
    TEXT_AREAS,
    WHOLE_TEXT,
    WORDS,
    pairs_field,
)
from indexer.engine.protocol import Entry, PageEntry
from indexer.engine.whoosh_.building import Batch, merge_segments
from indexer.engine.whoosh_.codec import INDEX_NAME
from indexer.engine.whoosh_.failures import our_errors
from indexer.engine.whoosh_.library import TOC
from indexer.engine.whoosh_.segment import Segment
from indexer.engine.whoosh_.storage import DurableStorage, remove_leftovers, write_contents

_MEMORY = 200_000_000
"""Bytes of postings in memory before they are written as a segment: some 5,000 news articles."""
_TIER = 8
"""This many segments of similar size are merged into a larger one: an article is rewritten at most once while the index grows
eightfold."""


class WhooshWriter:
    """See :class:`indexer.engine.protocol.Writer`. Created and closed under the index's write lock."""

    def __init__(self, storage: DurableStorage, schema: Any, path: Path) -> None:
        self._storage = storage
        self._schema = schema
        self._path = path
        self._batch: Batch | None = None
        self._written: list[Any] = []
        self._changed: set[str] = set()
        self._added: dict[str, tuple[Any, range]] = {}

    def put(self, entry: Entry) -> None:
        with our_errors(self._path, "adding an article"):
            self._forget(entry.id)
            if self._batch is None:
                self._batch = Batch(self._storage)
            first = _add_article(self._batch, entry)
            for page in entry.pages:
                _add_page(self._batch, entry.id, page)
            self._added[entry.id] = (self._batch.segment, range(first, first + 1 + len(entry.pages)))
            if self._batch.size > _MEMORY:
                self._write_batch()

    def delete(self, id: str) -> None:
        with our_errors(self._path, "removing an article"):
            self._forget(id)

    def commit(self) -> None:
        if not self._changed:
            return
        with our_errors(self._path, "committing"):
            self._write_batch()
            contents = TOC.read(self._storage, INDEX_NAME, schema=self._schema)
            for segment in contents.segments:
                _delete(segment, Segment(self._storage, segment), self._changed)
            segments = _merge_tiers(self._storage, [*contents.segments, *self._written])
            write_contents(self._storage, self._schema, segments, contents.generation + 1)
            self._start_anew()
            remove_leftovers(self._storage, self._path)

    def cancel(self) -> None:
        """Drop uncommitted changes."""
        with our_errors(self._path, "rolling back"):
            if self._batch is not None:
                self._batch.discard()
            self._start_anew()
            remove_leftovers(self._storage, self._path)

    def _start_anew(self) -> None:
        self._batch = None
        self._written = []
        self._changed.clear()
        self._added.clear()

    def _write_batch(self) -> None:
        if self._batch is not None:
            self._written.append(self._batch.write())
            self._batch = None

    def _forget(self, id: str) -> None:
        """Mark ``id`` for removal from what is committed, and drop it from what is not."""
        self._changed.add(id)
        if id in self._added:
            segment, documents = self._added.pop(id)
            for document in documents:
                segment.delete_document(document)


def _delete(segment: Any, reader: Segment, ids: set[str]) -> None:
    """Mark the entries of ``ids`` as deleted: articles and their pages."""
    for document, id in enumerate(reader.ids):
        if id in ids:
            segment.delete_document(document)


def _merge_tiers(storage: DurableStorage, segments: list[Any]) -> list[Any]:
    """Merge segments of one size when there are enough of them; drop empty ones."""
    tiers: defaultdict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        if live := _live(segment):
            tiers[int(math.log(live, _TIER))].append(segment)
    merged: list[Any] = []
    for tier in range(max(tiers, default=-1) + 1):
        if len(tiers[tier]) + bool(merged) >= _TIER:
            merged += tiers.pop(tier)
    kept = [segment for tier in tiers.values() for segment in tier]
    # A segment that consists mostly of deleted documents is rewritten without them.
    merged += [segment for segment in kept if segment.deleted_count() > _live(segment)]
    kept = [segment for segment in kept if segment not in merged]
    return [*kept, merge_segments(storage, merged)] if merged else kept


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _add_article(batch: Batch, entry: Entry) -> int:
    texts = {area: entry.searched(area).text for area in TEXT_AREAS}
    texts[WHOLE_TEXT] = " ".join(filter(None, (entry.title.text, texts["body"])))
    texts[WORDS] = entry.words
    texts[FOLDED_WORDS] = entry.folded_words
    texts[QUANTITIES] = entry.quantities
    texts[pairs_field("title")] = entry.title.pairs
    texts[pairs_field("files")] = entry.files.pairs
    texts[pairs_field(WHOLE_TEXT)] = " ".join(filter(None, (entry.title.pairs, entry.searched("body").pairs)))
    columns: dict[str, Any] = {"id": entry.id.encode(), "stored": entry.stored}
    if entry.day is not None:
        columns["day"] = entry.day
    if entry.second is not None:
        columns["second"] = entry.second
    values = {**entry.keywords, "month": (entry.month,), "id": (entry.id,), "slug": (entry.slug,)}
    return batch.add(columns, texts, values)


def _add_page(batch: Batch, id: str, page: PageEntry) -> None:
    columns: dict[str, Any] = {"id": id.encode(), "stored": page.stored, "file": page.file}
    if page.page is not None:
        columns["page_number"] = page.page
    batch.add(columns, {PAGE_TEXT: page.terms}, {"id": (id,)})
