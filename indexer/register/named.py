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
    """A document that stands in a relation to the one in question."""

    key: str
    label: str
    slug: str
    articles: int
    """Articles that say so."""
    held: bool = True
    """Whether an article bears it; told by lists of documents only."""
    said: Citing | None = None
    """Whose sentence says so; told of relations only, and then never None."""
