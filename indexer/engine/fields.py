"""The fields of the index, the same for every engine."""

from __future__ import annotations

INDEX_VERSION = 11
"""Increased whenever fields or analysis change in a way that would make old indexes answer wrongly."""

TEXT_AREAS = ("title", "body", "files")
"""The parts of an article; each is a field of positional terms, for phrases and for ``in=``."""

WHOLE_TEXT = "text"
"""Title and body together without positions, for matching and ranking: one BM25 over both ranks better than the sum of one over
each (nDCG@10 on alqac 0.903 against 0.892)."""

PAIRED = ("title", WHOLE_TEXT, "files")
"""Fields that have a companion field of pairs, ``<field>_pairs``."""

WORDS = "words"
"""Words of at least two syllables in the whole article, ``hải_phòng``; for its subject, and for splitting queries into words."""

FOLDED_WORDS = "folded_words"
"""The same without accents, ``hai_phong``, without duplicates, for splitting unaccented queries into words."""

QUANTITIES = "quantities"
"""Dates, quarters, amounts and numerals of the whole article and its attachments in one spelling."""

COUNTED = (WHOLE_TEXT, *(f"{area}_pairs" for area in PAIRED), WORDS, FOLDED_WORDS, QUANTITIES)
"""Fields of terms with frequencies but without positions."""

PAGE_TEXT = "page"
"""The positional terms of an attachment page; only page entries have it."""

SAME_TEXT = "same_text"
"""The text that an article shares with others, and :data:`ANY_TEXT`; absent if no other article has it."""

ANY_TEXT = "*"
"""A second value of :data:`SAME_TEXT`: a single term that finds every article whose text others also carry."""

FILE_STATE = "file_state"
"""The states of an article's attachments."""

STATUS = "status"
"""The legal status of the document that an article is."""

LAW_NUMBER = "law_number"
"""Names of laws with their year, and the numbers that texts state beside them, in both directions; see :func:`law_number`."""

KEYWORDS = (
    "source",
    "category",
    "type",
    "issuer",
    "file_type",
    "number",
    "cites",
    "relation",
    "label",
    "abbreviation",
    LAW_NUMBER,
    STATUS,
    FILE_STATE,
    SAME_TEXT,
    "month",
)
"""Exact values, several per article; facets are counted on them. ``month`` is ``YYYY-MM``, ``number`` and ``cites`` have keys
of documents, ``relation`` has relations to them (:mod:`indexer.stored.relation`), ``label`` has ``field:syllable`` for the
values of the others, and ``abbreviation`` has the text's own explanations: ``ubnd=ủy ban nhân dân``."""


ID = "id"
"""The article's id; its page entries have it, too."""


def law_number(first: str, second: str = "") -> str:
    """Return the value of :data:`LAW_NUMBER` for two keys of one law, or the prefix of those for ``first``."""
    return f"{first}={second}"


def pairs_field(area: str) -> str:
    """Return the name of the field with the pairs of ``area``."""
    return f"{area}_pairs"


def merged(areas: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields in which to match ``areas``: title and body as one field if both are included."""
    return (WHOLE_TEXT, "files") if areas == TEXT_AREAS else areas
