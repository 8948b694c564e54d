"""The register of documents."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.contract.types.search import FacetValueAnswer


class BearerAnswer(TypedDict):
    """An article that contains a document."""

    title: str
    url: str
    files: int
    """Number of attachments that could be read."""
    original: str | None
    """Its address at the source."""


class EntryAnswer(TypedDict):
    """A document in the register; fields are null where the articles don't say."""

    label: str
    key: str
    url: str
    page: str
    type: str | None
    issuer: list[str]
    """Each with its place, if known."""
    year: str | None
    """Year in its number, or else of issue, or else of publication."""
    issued: str | None
    """ISO date, like the next two."""
    published: str | None
    """Date of the earliest article that contains it."""
    effective: str | None
    subject: str | None
    status: str | None
    """In Vietnamese, e.g. "Hết hiệu lực toàn bộ"; null for types of documents that have none."""
    kept: str
    """Where its text is: `file`, `article`, `record` (only at the source) or `none` (it is only cited)."""
    texts: list[BearerAnswer]
    cited_by: int | None
    """Number of citing articles; null if they don't say which of several documents with this number they mean."""


class ScopesAnswer(TypedDict):
    """Number of documents that articles contain, that are only cited, and of both."""

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
    """`type`, `year`, `issuer`, `status`, `kept`: each facet ignores its own filter."""
