"""A segment of the index: it never changes, so what was read of it stays valid."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from indexer.engine.whoosh_.postings import Postings, TermsReader, decode, term_key
from indexer.engine.whoosh_.schema import COLUMNS, length_column


class Segment:
    """Reads one segment by its own document numbers, including deleted documents."""

    def __init__(self, storage: Any, segment: Any) -> None:
        files = segment.open_compound_file(storage)
        self.dictionary = TermsReader(files, segment)
        self._columns = segment.codec().per_document_reader(files, segment)
        self._stored = self.column("stored")
        self._lengths: dict[str, array[int]] = {}
        self._values: dict[str, list[tuple[str, ...]]] = {}
        self._lexicons: dict[str, tuple[str, ...]] = {}
        self.size: int = segment.doc_count_all()
        self.ids = [id.decode() for id in self.column("id")]
        self.days = array("i", self.column("day"))
        self.seconds = array("q", self.column("second"))
        self.files = array("i", self.column("file"))
        self.pages = array("i", self.column("page_number"))

    def column(self, name: str) -> Any:
        """Return the values of a column, one for each document."""
        column = COLUMNS[name]
        if self._columns.has_column(name):
            return self._columns.column_reader(name, column)
        return [column.default_value()] * self._columns.doc_count_all()

    def stored(self, document: int) -> bytes:
        """Return the stored value of ``document``."""
        return bytes(self._stored[document])

    def lengths(self, field: str) -> array[int]:
        """Return the number of terms in ``field`` for every document."""
        if field not in self._lengths:
            self._lengths[field] = array("I", self.column(length_column(field)))
        return self._lengths[field]

    def postings(self, field: str, term: str, positions: bool = False) -> Postings | None:
        """Return the postings of ``term`` in ``field``; None if there are none."""
        encoded = self.dictionary.get(term_key(field, term))
        return None if encoded is None else decode(encoded, positions)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms that start with ``prefix`` in order, with their document frequencies."""
        for key, frequency in self.dictionary.frequencies(term_key(field, prefix)):
            yield key[1:].decode(), frequency

    def lexicon(self, field: str) -> tuple[str, ...]:
        """Return all terms of ``field``."""
        if field not in self._lexicons:
            self._lexicons[field] = tuple(term for term, _ in self.terms(field))
        return self._lexicons[field]

    def values(self, field: str) -> list[tuple[str, ...]]:
        """Return the values of a keyword field for every document: its inverted postings."""
        if field not in self._values:
            values: list[tuple[str, ...]] = [()] * self.size
            for value in self.lexicon(field):
                found = self.postings(field, value)
                alone = (value,)
                for document in found.documents if found else ():
                    values[document] = (*values[document], value) if values[document] else alone
            self._values[field] = values
        return self._values[field]
