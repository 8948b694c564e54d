"""The fields of the index, one list for every engine."""

from __future__ import annotations

INDEX_VERSION = 11
"""Raised whenever fields or analysis change so that old indexes would answer wrongly."""

TEXT_AREAS = ("title", "body", "files")
"""The parts of an article: each a field of positional terms, for phrases and for ``in=``."""

WHOLE_TEXT = "text"
"""Title and body together without positions, for matching and ranking: one BM25 over both ranks
better than the sum of one over each (nDCG@10 on alqac 0.903 against 0.892)."""

PAIRED = ("title", WHOLE_TEXT, "files")
"""Fields with a field of pairs beside them, ``<field>_pairs``."""

WORDS = "words"
"""Words of two or more syllables of the whole article, ``hải_phòng``; for what it is about, and for cutting queries into words."""

FOLDED_WORDS = "folded_words"
"""The same without accents, ``hai_phong``, each once: how a query without accents is cut into words."""

QUANTITIES = "quantities"
"""Dates, quarters, amounts and numerals of the whole article and its attachments in one spelling."""

COUNTED = (WHOLE_TEXT, *(f"{area}_pairs" for area in PAIRED), WORDS, FOLDED_WORDS, QUANTITIES)
"""Fields of terms with frequencies but without positions."""

PAGE_TEXT = "page"
"""The positional terms of one attachment page; only page entries have it."""

SAME_TEXT = "same_text"
"""The text that an article carries together with others, and :data:`ANY_TEXT`; absent where it is the only one."""

ANY_TEXT = "*"
"""A second value of :data:`SAME_TEXT`: one term that finds every article whose text others carry, too."""

FILE_STATE = "file_state"
"""The states of an article's attachments."""

STATUS = "status"
"""The legal status of the document that an article is."""

LAW_NUMBER = "law_number"
"""Names of laws with their year and the numbers that texts give beside them, both ways round; see :func:`law_number`."""

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
"""Exact values, several an article; facets are counted on them. ``month`` is ``YYYY-MM``, ``number`` and
``cites`` hold keys of documents, ``relation`` what is done with them (:mod:`indexer.stored.relation`),
``label`` holds ``field:syllable`` for the values of the others, ``abbreviation`` what the text itself
explains: ``ubnd=ủy ban nhân dân``."""


ID = "id"
"""The article's id; its page entries have it, too."""


def law_number(first: str, second: str = "") -> str:
    """Return the value of :data:`LAW_NUMBER` for two keys of one law, or how those of the ``first`` begin."""
    return f"{first}={second}"


def pairs_field(area: str) -> str:
    """Return the name of the field that holds the pairs of ``area``."""
    return f"{area}_pairs"


def merged(areas: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields to match ``areas`` in: title and body as one where both are asked."""
    return (WHOLE_TEXT, "files") if areas == TEXT_AREAS else areas
