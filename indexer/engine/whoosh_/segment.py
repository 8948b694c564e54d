"""One segment of the index: it never changes, so what was read of it stays."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.engine.whoosh_.library import TermNotFound
from indexer.engine.whoosh_.schema import COLUMNS, length_column


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents in ascending order with the frequency of a term in each."""

    documents: array[int]
    frequencies: array[float]
    positions: Sequence[bytes] = ()
    """Encoded, one for each document; only of positional fields."""


class Segment:
    """Reads one segment by its own document numbers, deleted documents included."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        files = segment.open_compound_file(storage)
        self._schema = schema
        self._terms = segment.codec().terms_reader(files, segment)
        self._columns = segment.codec().per_document_reader(files, segment)
        self._stored = self._column("stored")
        self._lengths: dict[str, array[int]] = {}
        self._values: dict[str, list[tuple[str, ...]]] = {}
        self._lexicons: dict[str, tuple[str, ...]] = {}
        self.size: int = segment.doc_count_all()
        self.ids = [key.decode() for key in self._column("key")]
        self.days: array[int] = self._column("day").load()
        self.seconds: list[int] = list(self._column("second"))
        self.files: array[int] = self._column("file").load()
        self.pages: array[int] = self._column("number_of_page").load()

    def _column(self, name: str) -> Any:
        column = COLUMNS[name]
        if self._columns.has_column(name):
            return self._columns.column_reader(name, column)
        return _Default(column.default_value(), self._columns.doc_count_all())

    def stored(self, document: int) -> bytes:
        """Return the stored value of ``document``."""
        return bytes(self._stored[document])

    def lengths(self, field: str) -> array[int]:
        """Return the number of terms in ``field`` for every document."""
        if field not in self._lengths:
            self._lengths[field] = array("I", self._column(length_column(field)))
        return self._lengths[field]

    def postings(self, field: str, term: str, positions: bool = False) -> Postings | None:
        """Return where ``term`` is in ``field``; None where it is nowhere."""
        try:
            matcher = self._terms.matcher(field, term.encode(), self._schema[field].format)
        except TermNotFound:
            return None
        documents, frequencies = array("I"), array("f")
        encoded: list[bytes] = []
        # Whole blocks at once: Whoosh's own way costs several calls for each posting.
        while matcher.is_active():
            matcher.id(), matcher.weight()
            documents.extend(matcher._ids)
            frequencies.extend(matcher._weights)
            if positions:
                matcher.value()
                encoded += matcher._values
            matcher._next_block()
        return Postings(documents, frequencies, encoded)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms that start with ``prefix`` in order, with their document frequencies."""
        start = prefix.encode()
        for (name, term), info in self._terms.items_from(field, start):
            if name != field or not term.startswith(start):
                return
            yield term.decode(), info.doc_frequency()

    def lexicon(self, field: str) -> tuple[str, ...]:
        """Return all terms of ``field``."""
        if field not in self._lexicons:
            self._lexicons[field] = tuple(term for term, _ in self.terms(field))
        return self._lexicons[field]

    def values(self, field: str) -> list[tuple[str, ...]]:
        """Return the values of a keyword field for every document: its postings turned over."""
        if field not in self._values:
            values: list[tuple[str, ...]] = [()] * self.size
            for value in self.lexicon(field):
                found = self.postings(field, value)
                alone = (value,)
                for document in found.documents if found else ():
                    values[document] = (*values[document], value) if values[document] else alone
            self._values[field] = values
        return self._values[field]


class _Default(list[Any]):
    """The column that no document of a segment has a value in."""

    def __init__(self, value: Any, size: int) -> None:
        super().__init__([value] * size)

    def load(self) -> array[int]:
        return array("q", self)
