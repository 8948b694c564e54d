"""Builds new segments, from a batch of documents in memory or from older segments."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from indexer.engine.whoosh_.codec import MappedSegment
from indexer.engine.whoosh_.postings import Postings, decode, write_terms
from indexer.engine.whoosh_.schema import COLUMNS, FIELD_KEYS, POSITIONAL, SCORED, VALUES, length_column
from indexer.engine.whoosh_.segment import Segment

_TERM_BYTES, _NUMBER_BYTES = 250, 12
"""Memory needed for a new term and for one more number, measured with ``sys.getsizeof``."""


class SegmentBuilder:
    """Writes the columns of a segment as documents arrive, and its terms at the end."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self.segment = MappedSegment()
        self._columns = self.segment.codec().per_document_writer(storage, self.segment)
        self.documents = 0

    def add(self, columns: Mapping[str, Any]) -> int:
        """Add one document; return its number."""
        number = self.documents
        self._columns.start_doc(number)
        for name, value in columns.items():
            self._columns.add_column_value(name, COLUMNS[name], value)
        self._columns.finish_doc()
        self.documents += 1
        return number

    def finish(self, terms: Iterable[tuple[bytes, bytes]]) -> MappedSegment:
        """Write ``terms``, given in the order of keys, and pack everything into one file."""
        self._columns.close()
        write_terms(self._storage, self.segment, terms)
        self.segment.set_doc_count(self.documents)
        self.segment.create_compound_file(self._storage)
        return self.segment

    def discard(self) -> None:
        """Release the file of columns, whose rest may not fit on a full disk."""
        file = self._columns._cols._temp
        if not file.is_closed:
            with suppress(OSError):
                file.close()


class Batch:
    """Documents with postings in memory; ``size`` is their approximate number of bytes."""

    def __init__(self, storage: Any) -> None:
        self._builder = SegmentBuilder(storage)
        # Term -> document, frequency and, in positional fields, positions; repeated.
        self._postings: dict[str, dict[bytes, list[int]]] = {field: {} for field in FIELD_KEYS}
        self.segment = self._builder.segment
        self.size = 0

    def add(
        self, columns: dict[str, Any], texts: Mapping[str, str], values: Mapping[str, Iterable[str]]
    ) -> int:
        """Add a document: terms separated by single blanks, and exact values, by field."""
        split = {field: text.encode().split(b" ") for field, text in texts.items() if text}
        document = self._builder.add(
            columns | {length_column(field): len(terms) for field, terms in split.items()}
        )
        for field, terms in split.items():
            if field in POSITIONAL:
                self._add_positions(field, document, terms)
            else:
                self._add(field, document, Counter(terms).items())
        for field, several in values.items():
            self._add(field, document, ((value.encode(), 1) for value in set(several)))
        return document

    def _add(self, field: str, document: int, terms: Iterable[tuple[bytes, int]]) -> None:
        postings = self._postings[field]
        before, numbers = len(postings), 0
        for term, frequency in terms:
            known = postings.get(term)
            if known is None:
                postings[term] = [document, frequency]
            else:
                known += (document, frequency)
            numbers += 2
        self.size += (len(postings) - before) * _TERM_BYTES + numbers * _NUMBER_BYTES

    def _add_positions(self, field: str, document: int, terms: Sequence[bytes]) -> None:
        places: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, term in enumerate(terms):
            places[term].append(place)
        postings = self._postings[field]
        before = len(postings)
        for term, several in places.items():
            known = postings.get(term)
            if known is None:
                postings[term] = [document, len(several), *several]
            else:
                known += (document, len(several), *several)
        numbers = len(terms) + 2 * len(places)
        self.size += (len(postings) - before) * _TERM_BYTES + numbers * _NUMBER_BYTES

    def write(self) -> MappedSegment:
        """Write the segment; the batch cannot be used afterwards."""
        return self._builder.finish(self._encoded())

    def discard(self) -> None:
        """Drop the batch without writing it."""
        self._builder.discard()

    def _encoded(self) -> Iterator[tuple[bytes, bytes]]:
        for field in (*SCORED, *VALUES):
            postings, key = self._postings.pop(field), FIELD_KEYS[field]
            of = _with_positions if field in POSITIONAL else _without_positions
            for term in sorted(postings):
                yield key + term, of(postings.pop(term)).encode()


def _without_positions(numbers: list[int]) -> Postings:
    return Postings(numbers[::2], numbers[1::2])


def _with_positions(numbers: list[int]) -> Postings:
    documents: list[int] = []
    frequencies: list[int] = []
    positions: list[int] = []
    at = 0
    while at < len(numbers):
        first = at + 2
        documents.append(numbers[at])
        frequencies.append(numbers[at + 1])
        at = first + numbers[at + 1]
        positions += numbers[first:at]
    return Postings(documents, frequencies, positions)


def merge_segments(storage: Any, segments: Sequence[Any]) -> MappedSegment:
    """Write a segment with the live documents of ``segments``, in order."""
    builder = SegmentBuilder(storage)
    readers = [Segment(storage, segment) for segment in segments]
    numbers: list[array[int]] = []
    for reader, segment in zip(readers, segments, strict=True):
        columns = {name: reader.column(name) for name in COLUMNS}
        new = array("q")
        for document in range(reader.size):
            live = not segment.is_deleted(document)
            row = {name: column[document] for name, column in columns.items()} if live else {}
            new.append(builder.add(row) if live else -1)
        numbers.append(new)
    return builder.finish(_merged_terms(readers, numbers))


def _merged_terms(readers: Sequence[Segment], numbers: Sequence[array[int]]) -> Iterator[tuple[bytes, bytes]]:
    items = (_numbered(reader, at) for at, reader in enumerate(readers))
    for key, group in groupby(merge(*items, key=itemgetter(0, 1)), key=itemgetter(0)):
        documents: list[int] = []
        frequencies: list[int] = []
        positions: list[int] = []
        for _, at, encoded in group:
            old = decode(encoded, positions=True)
            place = 0
            for document, frequency in zip(old.documents, old.frequencies, strict=True):
                number = numbers[at][document]
                if number >= 0:
                    documents.append(number)
                    frequencies.append(frequency)
                    positions += old.positions[place : place + frequency]
                place += frequency
        if documents:
            yield key, Postings(documents, frequencies, positions).encode()


def _numbered(reader: Segment, at: int) -> Iterator[tuple[bytes, int, bytes]]:
    for key, encoded in reader.dictionary.items():
        yield key, at, encoded
