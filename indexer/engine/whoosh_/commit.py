"""One commit as its readers see it: the segments as one run of documents, the deleted ones gone."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from functools import cached_property
from itertools import accumulate, chain, compress, repeat
from typing import TypeVar

from indexer.engine.sort_keys import sort_keys
from indexer.engine.whoosh_.postings import Postings
from indexer.engine.whoosh_.schema import FIELD_KEYS, POSITIONAL, SCORED, UNDATED
from indexer.engine.whoosh_.segment import Segment
from indexer.errors import EngineError

K1, B = 1.2, 0.75
"""Of BM25, as tantivy has them fixed."""
_KEPT_POSTINGS = 4_000_000
"""Postings kept in memory, 8 bytes each: those of the most frequent syllables of 20,000 articles."""

Read = TypeVar("Read")


class Commit:
    """Documents are numbered through all segments; entries of articles and of pages alike."""

    def __init__(self, segments: Sequence[tuple[Segment, Iterable[int]]]) -> None:
        self._segments = [segment for segment, _ in segments]
        self._bases = [0, *accumulate(segment.size for segment in self._segments)]
        deleted = frozenset(
            base + document
            for base, (_, gone) in zip(self._bases, segments, strict=False)
            for document in gone
        )
        self._deleted = deleted
        self.ids: list[str] = self._chained("ids")
        self.days: list[int] = self._chained("days")
        self.files: list[int] = self._chained("files")
        self.pages: list[int] = self._chained("pages")
        self.live = frozenset(range(self._bases[-1])) - deleted
        self.articles = frozenset(document for document in self.live if self.files[document] < 0)
        self._postings: OrderedDict[Hashable, Postings] = OrderedDict()
        self._kept = 0
        self._norms: dict[str, list[float]] = {}
        self._values: dict[str, list[tuple[str, ...]]] = {}

    def _chained(self, name: str) -> list[Read]:
        return list(chain.from_iterable(getattr(segment, name) for segment in self._segments))

    @cached_property
    def newest(self) -> list[int]:
        """The rank of every document in the order newest first, ids ascending, undated last."""
        return self._ranks(-1)

    @cached_property
    def oldest(self) -> list[int]:
        """The same, oldest first; undated last here as well."""
        return self._ranks(1)

    @cached_property
    def by_id(self) -> list[int]:
        """The rank of every document in the order of ids."""
        return _ranks(sorted(range(len(self.ids)), key=self.ids.__getitem__))

    @cached_property
    def _seconds(self) -> list[int]:
        return self._chained("seconds")

    def sort_key(self, document: int, sort: str) -> str:
        """Return where ``document`` stands in the order ``newest`` or ``oldest``; see :mod:`indexer.engine.sort_keys`."""
        second = self._seconds[document]
        newest, oldest = sort_keys(None if second == UNDATED else second, self.ids[document])
        return newest if sort == "newest" else oldest

    def behind(self, documents: Set[int], sort: str, after: str) -> Set[int]:
        """Return those of ``documents`` that stand behind the key ``after`` in the order ``sort``."""
        return {document for document in documents if self.sort_key(document, sort) > after}

    def _ranks(self, sign: int) -> list[int]:
        seconds = self._seconds
        by_id = self.by_id
        return _ranks(
            sorted(range(len(seconds)), key=lambda d: (seconds[d] == UNDATED, sign * seconds[d], by_id[d]))
        )

    def stored(self, document: int) -> bytes:
        """Return the stored value of ``document``."""
        at = bisect_right(self._bases, document) - 1
        return self._segments[at].stored(document - self._bases[at])

    def postings(self, field: str, term: str) -> Postings:
        """Return where ``term`` is in ``field``."""
        return self.kept((field, term), lambda: self._read(field, term, positions=False))

    def positions(self, field: str, term: str) -> Postings:
        """The same with positions, read anew each time."""
        if field not in POSITIONAL:
            raise EngineError(f"the field {field} has no positions")
        return self._read(field, term, positions=True)

    def kept(self, key: Hashable, read: Callable[[], Postings]) -> Postings:
        """Return what ``read`` returned for ``key`` before, or now."""
        if key in self._postings:
            self._postings.move_to_end(key)
            return self._postings[key]
        found = self._postings[key] = read()
        self._kept += len(found.documents)
        while self._kept > _KEPT_POSTINGS and len(self._postings) > 1:
            _, oldest = self._postings.popitem(last=False)
            self._kept -= len(oldest.documents)
        return found

    def _read(self, field: str, term: str, positions: bool) -> Postings:
        self._check(field)
        documents, frequencies, places = array("I"), array("I"), array("I")
        for base, segment in zip(self._bases, self._segments, strict=False):
            found = segment.postings(field, term, positions)
            if found is not None:
                # Arrays of another kind extend as iterators only.
                documents.extend(map(base.__add__, found.documents))
                frequencies.extend(iter(found.frequencies))
                places.extend(iter(found.positions))
        if self._deleted.isdisjoint(documents):
            return Postings(documents, frequencies, places)
        live = [document not in self._deleted for document in documents]
        if positions:
            each = chain.from_iterable(map(repeat, live, frequencies))
            places = array("I", compress(places, each))
        return Postings(
            array("I", compress(documents, live)), array("I", compress(frequencies, live)), places
        )

    def norms(self, field: str) -> list[float] | None:
        """Return K1 × (1 - B + B × length / mean length) for every document; None for values."""
        if field not in SCORED:
            return None
        if field not in self._norms:
            lengths = list(chain.from_iterable(s.lengths(field) for s in self._segments))
            mean = sum(lengths[document] for document in self.live) / (len(self.live) or 1) or 1.0
            self._norms[field] = [K1 * (1 - B + B * length / mean) for length in lengths]
        return self._norms[field]

    def values(self, field: str) -> list[tuple[str, ...]]:
        """Return the values of a keyword field for every document."""
        if field not in self._values:
            self._values[field] = list(chain.from_iterable(s.values(field) for s in self._segments))
        return self._values[field]

    def terms(self, field: str, prefix: str) -> Counter[str]:
        """Return the terms that start with ``prefix`` and their document frequencies.

        As in Lucene and tantivy, deleted documents count until their segment is merged.
        """
        self._check(field)
        counts: Counter[str] = Counter()
        for segment in self._segments:
            for term, frequency in segment.terms(field, prefix):
                counts[term] += frequency
        return counts

    def frequency(self, field: str, term: str) -> int:
        """Return the document frequency of one term, counted as in :meth:`terms`."""
        self._check(field)
        found = (segment.postings(field, term) for segment in self._segments)
        return sum(len(postings.documents) for postings in found if postings)

    def lexicon(self, field: str) -> set[str]:
        """Return all terms of ``field``."""
        self._check(field)
        return set(chain.from_iterable(segment.lexicon(field) for segment in self._segments))

    def _check(self, field: str) -> None:
        if field not in FIELD_KEYS:
            raise EngineError(f"unknown field: {field}")


def _ranks(order: Sequence[int]) -> list[int]:
    ranks = [0] * len(order)
    for rank, document in enumerate(order):
        ranks[document] = rank
    return ranks
