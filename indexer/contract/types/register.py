"""The register of documents."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.contract.types.search import FacetValueAnswer


class BearerAnswer(TypedDict):
    """An article that bears the number of a document."""

    title: str
    url: str
    files: int
    """Attachments that could be read."""
    original: str | None
    """Its address at its source."""


class EntryAnswer(TypedDict):
    """A document in the register; null where the articles don't tell."""

    label: str
    key: str
    url: str
    page: str
    type: str | None
    issuer: list[str]
    """Each with its place where that is known."""
    year: str | None
    """Of its number, else of its day of issue, else of the day it was published."""
    issued: str | None
    """ISO day, as are the next two."""
    published: str | None
    """Of the earliest article that bears it."""
    effective: str | None
    subject: str | None
    status: str | None
    """In Vietnamese, e.g. "Hết hiệu lực toàn bộ"; null for kinds that have none."""
    kept: str
    """Where its text is: `file`, `article`, `record` (only at its source) or `none` (it is but cited)."""
    texts: list[BearerAnswer]
    cited_by: int | None
    """Articles; null where they don't tell which of several documents with the number they mean."""


class ScopesAnswer(TypedDict):
    """Documents that articles bear, that are only cited, and both."""

    held: int
    missing: int
    all: int


class RegisterAnswer(TypedDict):
    """One page of the register."""

    total: int
    page: int
    size: int
    scopes: ScopesAnswer
    documents: list[EntryAnswer]
    facets: dict[str, list[FacetValueAnswer]]
    """`type`, `year`, `issuer`, `status`, `kept`: counts of one leave its own filter out."""
