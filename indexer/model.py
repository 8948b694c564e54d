"""What the parts of the product hand to each other: frozen values, no behaviour beyond themselves.

Text offsets are characters from 0 in NFC text, ``[start, end)``. Dates are aware ``datetime``s;
a source that gives only a day means midnight of that day in the configured time zone.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from indexer.directive_view import DirectiveCard, Named

Day = date
Sort = Literal["relevance", "newest", "oldest"]
Area = Literal["all", "title", "body", "files"]
Audience = Literal["public", "staff"]
Language = Literal["vi", "en"]
Marks = tuple[tuple[int, int], ...]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a word on its page, in ``1 / WHOLE`` of the page's width and height."""
WHOLE = 10_000

FACETS = ("date", "source", "category", "type", "issuer", "file_type")
UNDATED = "none"
"""The facet value of articles without a publication date."""


class FileState(enum.StrEnum):
    """How far an attachment could be read; the reason stands beside it as a problem."""

    TEXT = "text"
    OCR = "ocr"
    PARTIAL = "partial"
    EMPTY = "empty"
    PROTECTED = "protected"
    FAILED = "failed"
    PENDING = "pending"
    MISSING = "missing"
    """Named by the article, but its bytes are not there."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article names. At most one of ``path``, ``content`` and ``url`` is set."""

    name: str
    media_type: str | None = None
    path: Path | None = None
    content: bytes | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """An entry of a page's list of other news ("Tin khác")."""

    title: str
    teaser: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its source gave it; ``title``, ``summary`` and ``body`` are NFC."""

    id: str
    title: str
    body: str = ""
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    sources: tuple[str, ...] = ()
    category: str | None = None
    url: str | None = None
    attachments: tuple[Attachment, ...] = ()
    audience: Audience = "public"
    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    related: tuple[RelatedItem, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys of the input that mean nothing here: kept, shown nowhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file: ``number`` counts from 1, or is None where the format has no pages."""

    number: int | None
    text: str
    ocr: bool = False
    confidence: float | None = None
    """Mean confidence of the OCR in 0..1; None for a text layer."""
    boxes: tuple[Box, ...] = ()
    """Where OCR saw the words of ``text``, one for each of ``text.split()``; a text layer knows for itself."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """How a page looks; the image is WebP, of ``width`` times ``height`` pixels."""

    image: bytes
    width: int
    height: int
    words: tuple[str, ...] = ()
    """Of its text layer, in reading order, without blanks."""
    boxes: tuple[Box, ...] = ()
    """One for each word."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR made of one page; ``page`` is None where nothing could be read, for the reason of ``problem``."""

    page: Page | None
    problem: str | None = None


class SignatureStatus(enum.StrEnum):
    """What a signature is worth."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    """Valid, but its signer is not in the trust list."""
    ALTERED = "altered"
    """The document was altered after signing."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature of a document."""

    signer: str
    organisation: str | None
    signed_at: str | None
    """ISO 8601, as the signer's clock said."""
    status: SignatureStatus


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``name`` is its path there."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """What could be read from one file."""

    media_type: str
    state: FileState
    pages: tuple[Page, ...] = ()
    problems: tuple[str, ...] = ()
    encoding: str | None = None
    signatures: tuple[Signature, ...] = ()
    unread: tuple[int, ...] = ()
    """Numbers of pages that only OCR can read, until it has; before it tried, the last problem says so."""
    members: tuple[Member, ...] = ()
    """Of an archive: the files that were taken from it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment as it is kept in the catalog and in the index."""

    name: str
    n: int
    state: FileState
    media_type: str
    size: int | None = None
    """Bytes; None where the file is missing."""
    sha256: str | None = None
    problems: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: int | None = None
    """None for formats without pages, or where it could not be read."""

    @property
    def own_name(self) -> str:
        """Its name without the archive and the folders that it lies in."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a user asks for; the same for page, API and command line."""

    text: str = ""
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    file_type: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    """``YYYY``, ``YYYY-MM`` or ``none``."""
    date_from: Day | None = None
    date_to: Day | None = None
    """Both inclusive, civil days of the configured time zone."""
    area: Area = "all"
    sort: Sort | None = None
    """None: relevance where there are words, else newest."""
    page: int = 1
    size: int = 10
    strict: bool = False
    reading: Literal["all", "any"] = "all"
    """``any`` ranks articles that hold any of the words; it has no looser reading."""
    after: str | None = None
    """Read on behind this place (see :attr:`SearchResponse.next`), "" from the start: every article that answers, copies
    too, by ``newest`` or ``oldest``; ``page`` is not read then, and nothing but total and hits is answered."""
    language: Language = "vi"
    """Of what the response says to people: how the query was read, labels of dates."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with the ranges that answer the query; never HTML."""

    text: str
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class FileHit:
    """A hit inside an attachment; ``page`` is None for formats without pages."""

    name: str
    n: int
    page: int | None
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the text of a hit."""

    id: str
    url: str
    title: str
    source: tuple[str, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of a result; the earliest of those that match with one text."""

    id: str
    url: str
    title: Marked
    snippet: Marked
    source: tuple[str, ...]
    category: str | None
    published: str | None
    """Civil day ``YYYY-MM-DD`` in the configured time zone."""
    score: float
    numbers: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    files: tuple[FileHit, ...] = ()
    copies: tuple[Copy, ...] = ()
    """Where the same text was published, too, the earliest first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the exact number of articles that ticking it would show."""

    value: str
    label: str
    count: int
    selected: bool = False
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryReading:
    """How the query was understood, in words for the person who typed it."""

    text: str
    interpretation: tuple[str, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Looser:
    """The best of the any-word reading that the all-words reading does not hold."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The answer to a SearchRequest; field names are those of the contract's JSON."""

    query: QueryReading
    total: int
    page: int
    size: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    looser: Looser | None = None
    directives: tuple[DirectiveCard, ...] = ()
    """The documents that the query asks for by number, as far as they are known."""
    alike: tuple[Named, ...] = ()
    """Where none of them is: known documents whose number is loosely the same."""
    pinned: tuple[Hit, ...] = ()
    """What those who look after the site put before all that is found; it may be among the hits, too."""
    folded: int = 0
    """Articles of ``total`` that are no hits but copies of one: pages count ``total - folded`` results."""
    next: str | None = None
    """The place to read on from, where the request reads on and there is more."""
