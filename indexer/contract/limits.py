"""Limits of requests, and the names of their parameters (contract)."""

from __future__ import annotations

LONGEST_QUERY = 512
"""Maximum length in NFC characters."""
LONGEST_VALUE = 512
"""Maximum length of a facet value in characters, equal to that of an id."""
MOST_VALUES = 50
"""Maximum number of values of one repeatable parameter: more than a person ticks, and few enough for a fast query."""
LAST_RESULT = 10_000
"""Maximum of ``page * size``."""
LARGEST_PAGE = 100
MOST_SUGGESTIONS = 20
LONGEST_CURSOR = 4096
"""Maximum length in characters: the sort key of an id with 512 letters of three bytes has some 2,100."""

REPEATABLE = ("source", "category", "type", "issuer", "status", "file_type", "date")
PARAMETERS = frozenset(
    (*REPEATABLE, "q", "from", "to", "in", "sort", "page", "size", "strict", "reading", "lang")
)
"""Parameters of a search, for everyone."""
API_PARAMETERS = PARAMETERS | {"cursor", "fields"}
"""Additional parameters for programs: to read beyond the last result, and to select fields of hits."""
