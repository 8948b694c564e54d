"""The fields of the index in Whoosh's terms: ready-made terms, kept as they are."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.engine.fields import KEYWORDS, PAGE_TEXT, PAIRED, TEXT_AREAS, WHOLE_TEXT, pairs_field
from indexer.engine.whoosh_.library import (
    COLUMN,
    Existence,
    FieldType,
    NumericColumn,
    Positions,
    Schema,
    VarBytesColumn,
)

POSITIONAL = (*TEXT_AREAS, PAGE_TEXT)
SCORED = (*POSITIONAL, WHOLE_TEXT, *map(pairs_field, PAIRED))
VALUES = (*KEYWORDS, "id", "slug")
UNDATED = -(1 << 63)
"""``second`` of an entry without a date; a day without one is 0."""

Posting = tuple[bytes, int, float, bytes]
"""A term of one document: its UTF-8, frequency, weight and encoded positions."""


class Terms(FieldType):  # type: ignore[misc]
    """Terms joined by single spaces. Whoosh's own lengths are off: they are rounded, ours are not."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: str, **_: Any) -> Iterator[Posting]:
        for term, frequency in Counter(value.encode().split(b" ")).items():
            yield term, frequency, float(frequency), b""


class PositionalTerms(FieldType):  # type: ignore[misc]
    """The same with the position of every term, counted from 0."""

    def __init__(self) -> None:
        super().__init__(Positions(), None)

    def index(self, value: str, **_: Any) -> Iterator[Posting]:
        places: defaultdict[bytes, list[int]] = defaultdict(list)
        for position, term in enumerate(value.encode().split(b" ")):
            places[term].append(position)
        for term, positions in places.items():
            yield term, len(positions), float(len(positions)), array("I", positions).tobytes()


class Values(FieldType):  # type: ignore[misc]
    """Any number of exact values."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        for one in set(value):
            yield one.encode(), 1, 1.0, b""


def positions_of(encoded: bytes) -> array[int]:
    """Return what :class:`PositionalTerms` encoded."""
    positions = array("I")
    positions.frombytes(encoded)
    return positions


def length_column(field: str) -> str:
    """Return the name of the column with the number of terms in ``field``."""
    return f"{field}_length"


COLUMNS = {
    # Beside its postings: the id of each document, read all at once.
    "key": VarBytesColumn(),
    "stored": VarBytesColumn(),
    "day": NumericColumn("i", default=0),
    "second": NumericColumn("q", default=UNDATED),
    # The attachment of a page entry; -1 says that the entry is an article.
    "file": NumericColumn("i", default=-1),
    # -1 where the format has no pages.
    "number_of_page": NumericColumn("i", default=-1),
    **{length_column(field): NumericColumn("I", default=0) for field in SCORED},
}


def build_schema() -> Any:
    """Return the schema; a change here needs a new ``fields.INDEX_VERSION``."""
    fields = {field: PositionalTerms() if field in POSITIONAL else Terms() for field in SCORED}
    fields |= {field: Values() for field in VALUES}
    fields |= {name: COLUMN(column) for name, column in COLUMNS.items()}
    return Schema(**fields)
