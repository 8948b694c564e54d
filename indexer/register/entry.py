"""The register's entry for a document, with where its text is: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kept = Literal["file", "article", "record", "none"]
"""Where the text is: in a readable attachment, in an article, only at its source (with particulars here), or nowhere, as it is
only cited."""
KEPT: tuple[Kept, ...] = ("file", "article", "record", "none")


@dataclass(frozen=True, slots=True)
class Bearer:
    """An article that bears the number."""

    title: str
    address: str
    files: int = 0
    """Readable attachments."""
    original: str | None = None
    """Its address at its source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document. Dates are ISO dates; whatever the articles do not state is None or empty."""

    key: str
    label: str
    """As articles write it, with its type."""
    slug: str
    variant: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The address parameters that select it, if several documents have the number."""
    type: str | None = None
    issuers: tuple[str, ...] = ()
    """Each with its place where that is known; as they are shown, in one spelling for one issuer in the whole register."""
    year: str | None = None
    """From its number, otherwise from its date of issue or of publication."""
    issued: str | None = None
    published: str | None = None
    """From the earliest article that bears it."""
    effective: str | None = None
    subject: str | None = None
    status: str | None = None
    """One of :data:`indexer.directives.legal_status.STATUSES`; None for types that have none."""
    kept: Kept = "none"
    bearers: tuple[Bearer, ...] = ()
    """An article that states its subject comes first."""
    cited_by: int | None = None
    """Number of articles; None if they do not tell which of several documents with the number they mean."""

    @property
    def day(self) -> str:
        """The date by which it is sorted."""
        return self.issued or self.published or self.year or ""
