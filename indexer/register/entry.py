"""What a register says of one document, and where its text is: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kept = Literal["file", "article", "record", "none"]
"""Where the text is: in an attachment that could be read, in an article, only at its source (here are its particulars), nowhere:
it is but cited."""
KEPT: tuple[Kept, ...] = ("file", "article", "record", "none")


@dataclass(frozen=True, slots=True)
class Bearer:
    """An article that bears the number."""

    title: str
    address: str
    files: int = 0
    """Attachments that could be read."""
    original: str | None = None
    """Its address at its source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document. Days are ISO days; what the articles don't tell is None or empty."""

    key: str
    label: str
    """As articles write it, with its type."""
    slug: str
    variant: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The parameters of an address that choose it, where several documents have the number."""
    type: str | None = None
    issuers: tuple[str, ...] = ()
    """Each with its place where that is known; as they are shown, in one spelling for one issuer in the whole register."""
    year: str | None = None
    """Of its number, else of its day of issue, else of the day it was published."""
    issued: str | None = None
    published: str | None = None
    """Of the earliest article that bears it."""
    effective: str | None = None
    subject: str | None = None
    status: str | None = None
    """Of :data:`indexer.directives.legal_status.STATUSES`; None for kinds that have none."""
    kept: Kept = "none"
    bearers: tuple[Bearer, ...] = ()
    """The first that tells what it is about at the head."""
    cited_by: int | None = None
    """Articles; None where they don't tell which of several documents with the number they mean."""

    @property
    def day(self) -> str:
        """What it is put in order of time by."""
        return self.issued or self.published or self.year or ""
