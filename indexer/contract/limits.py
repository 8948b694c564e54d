"""How much a request may ask for, and the names of its parameters (contract)."""

from __future__ import annotations

LONGEST_QUERY = 512
"""Characters of NFC."""
LONGEST_VALUE = 512
"""Characters of one value of a facet, as of an id."""
MOST_VALUES = 50
"""Values of one repeatable parameter: more than a person ticks, few enough to stay one quick query."""
LAST_RESULT = 10_000
"""``page * size`` at most."""
LARGEST_PAGE = 100
MOST_SUGGESTIONS = 20
LONGEST_CURSOR = 4096
"""Characters: the sort key of an id of 512 letters of three bytes has some 2,100."""

REPEATABLE = ("source", "category", "type", "issuer", "status", "file_type", "date")
PARAMETERS = frozenset(
    (*REPEATABLE, "q", "from", "to", "in", "sort", "page", "size", "strict", "reading", "lang")
)
"""Of a search, whoever asks."""
API_PARAMETERS = PARAMETERS | {"cursor", "fields"}
"""And what only programs ask for: to read on past the last result, and fields of hits to leave all others out."""
