"""The fields of the index: those with ready-made terms, and the Whoosh columns beside them."""

from __future__ import annotations

from typing import Any

from indexer.engine.fields import COUNTED, KEYWORDS, PAGE_TEXT, TEXT_AREAS
from indexer.engine.whoosh_.library import COLUMN, NumericColumn, Schema, VarBytesColumn

POSITIONAL = (*TEXT_AREAS, PAGE_TEXT)
SCORED = (*POSITIONAL, *COUNTED)
"""Fields of terms separated by single blanks."""
VALUES = (*KEYWORDS, "id", "slug")
"""Fields of exact values."""
FIELD_KEYS = {field: bytes([number]) for number, field in enumerate((*SCORED, *VALUES))}
"""Key prefixes of the fields in the term dictionary."""
UNDATED = -(1 << 63)
"""``second`` of an undated entry; its day is 0."""


def length_column(field: str) -> str:
    """Return the name of the column with the number of terms in ``field``."""
    return f"{field}_length"


COLUMNS = {
    "id": VarBytesColumn(),
    "stored": VarBytesColumn(),
    "day": NumericColumn("i", default=0),
    "second": NumericColumn("q", default=UNDATED),
    # The attachment of a page entry; -1 means that the entry is an article.
    "file": NumericColumn("i", default=-1),
    # -1 for formats without pages.
    "page_number": NumericColumn("i", default=-1),
    **{length_column(field): NumericColumn("I", default=0) for field in SCORED},
}


def build_schema() -> Any:
    """Return the schema; a change in this module needs a new ``fields.INDEX_VERSION``."""
    return Schema(**{name: COLUMN(column) for name, column in COLUMNS.items()})
