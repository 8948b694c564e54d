"""A document by name beside another, and who says so: frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.stored.article import StoredArticle, StoredCitation


@dataclass(frozen=True, slots=True)
class Citing:
    """One article that cites the document."""

    article: StoredArticle
    citation: StoredCitation


@dataclass(frozen=True, slots=True)
class Named:
    """A document related to the one in question."""

    key: str
    label: str
    slug: str
    articles: int
    """Number of articles that state the relation."""
    held: bool = True
    """Whether an article bears it; set only in lists of documents."""
    said: Citing | None = None
    """Where the relation is stated; set only for relations, and never None there."""
