"""One batch of changes to a Whoosh index."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.engine.fields import PAGE_TEXT, TEXT_AREAS, WHOLE_TEXT, pairs_field
from indexer.engine.protocol import UNDATED_MONTH, Entry, PageEntry
from indexer.engine.whoosh_.codec import MappedCodec
from indexer.engine.whoosh_.failures import our_errors
from indexer.engine.whoosh_.library import FileIndex, SegmentReader, SegmentWriter, TermNotFound
from indexer.engine.whoosh_.schema import SCORED, length_column
from indexer.engine.whoosh_.storage import DurableStorage, remove_leftovers
from indexer.vietnamese.terms import TermStreams

_POOL_MB = 128
"""Postings in memory before they are sorted out to disk, by Whoosh's estimate."""
_TIER = 8
"""So many segments of like size are merged into one of the next size; the most that a size may keep.
A merge costs half as much as indexing anew, so each article is merged at most once per factor of 8."""


class WhooshWriter:
    """See :class:`indexer.engine.protocol.Writer`. Made and ended under the index's write lock."""

    def __init__(self, index: FileIndex, storage: DurableStorage, path: Path) -> None:
        self._index = index
        self._storage = storage
        self._path = path
        self._raw: Any = None
        self._changed: set[str] = set()
        self._added: dict[str, list[int]] = {}

    def put(self, entry: Entry) -> None:
        with our_errors(self._path, "adding an article"):
            self._forget(entry.id)
            raw = self._writer()
            first = raw.docnum
            raw.add_document(**_article(entry))
            for page in entry.pages:
                raw.add_document(**_page(entry.id, page))
            self._added[entry.id] = list(range(first, raw.docnum))

    def delete(self, id: str) -> None:
        with our_errors(self._path, "removing an article"):
            self._forget(id)

    def commit(self) -> None:
        if not self._changed:
            return
        with our_errors(self._path, "committing"):
            raw = self._writer()
            for segment in raw.segments:
                for document in _documents(raw, segment, self._changed):
                    segment.delete_document(document)
            raw.commit(mergetype=_merge_tiers)
            self._start_anew()

    def cancel(self) -> None:
        """Drop what is uncommitted."""
        with our_errors(self._path, "rolling back"):
            if self._raw is not None and not self._raw.is_closed:
                self._raw.cancel()
            self._start_anew()
            remove_leftovers(self._storage, self._path)

    def _writer(self) -> Any:
        if self._raw is None:
            self._raw = SegmentWriter(self._index, _lk=False, limitmb=_POOL_MB, codec=MappedCodec())
        return self._raw

    def _start_anew(self) -> None:
        self._raw = None
        self._changed.clear()
        self._added.clear()

    def _forget(self, id: str) -> None:
        """Whoosh deletes what is committed only; entries of this batch are marked in its segment."""
        self._changed.add(id)
        for document in self._added.pop(id, ()):
            self._raw.newsegment.delete_document(document)


def _documents(raw: Any, segment: Any, ids: set[str]) -> Iterator[int]:
    """Yield the numbers of the documents with ``ids`` in ``segment``: articles and their pages."""
    reader = SegmentReader(raw.storage, raw.schema, segment)
    for id in ids:
        try:
            yield from list(reader.postings("id", id.encode()).all_ids())
        except TermNotFound:
            continue
    reader.close()


def _merge_tiers(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge into the new segment those of a size of which there are enough; drop empty ones.

    A merge policy of Whoosh: returns the segments that stay as they are.
    """
    tiers: defaultdict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        live = segment.doc_count_all() - segment.deleted_count()
        if live:
            mostly_gone = segment.deleted_count() > live
            tiers[-1 if mostly_gone else _tier(live)].append(segment)
    merged = tiers.pop(-1, [])
    size = writer.doc_count() + sum(s.doc_count_all() - s.deleted_count() for s in merged)
    for tier in sorted(tiers):
        if tier <= _tier(size or 1) and len(tiers[tier]) + 1 >= _TIER:
            merged += tiers.pop(tier)
            size = sum(s.doc_count_all() - s.deleted_count() for s in merged)
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for tier in tiers.values() for segment in tier]


def _tier(documents: int) -> int:
    return int(math.log(documents, _TIER))


def _article(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = dict(entry.keywords)
    fields |= {"id": (entry.id,), "key": entry.id.encode(), "slug": (entry.slug,), "stored": entry.stored}
    streams: dict[str, TermStreams] = {area: getattr(entry, area) for area in TEXT_AREAS}
    texts = {area: stream.text for area, stream in streams.items()}
    texts[WHOLE_TEXT] = " ".join(filter(None, (entry.title.text, entry.body.text)))
    texts[pairs_field("title")] = entry.title.pairs
    texts[pairs_field("files")] = entry.files.pairs
    texts[pairs_field(WHOLE_TEXT)] = " ".join(filter(None, (entry.title.pairs, entry.body.pairs)))
    for field in SCORED:
        if text := texts.get(field):
            fields[field] = text
            fields[length_column(field)] = text.count(" ") + 1
    if entry.day is None:
        fields["month"] = (UNDATED_MONTH,)
    else:
        fields["day"] = entry.day
        fields["month"] = (f"{entry.day // 10000:04d}-{entry.day // 100 % 100:02d}",)
    if entry.second is not None:
        fields["second"] = entry.second
    return fields


def _page(id: str, page: PageEntry) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": (id,), "key": id.encode(), "stored": page.stored, "file": page.file}
    if page.page is not None:
        fields["number_of_page"] = page.page
    if page.terms:
        fields[PAGE_TEXT] = page.terms
        fields[length_column(PAGE_TEXT)] = page.terms.count(" ") + 1
    return fields
