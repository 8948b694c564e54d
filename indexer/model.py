"""Values passed between the parts of the product: immutable, without further behaviour.

Text offsets are characters from 0 in NFC text, ``[start, end)``. Dates are aware ``datetime`` values; a source that gives only
a date means midnight of that date in the configured time zone.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    pass

Day = date
Audience = Literal["public", "staff"]
Language = Literal["vi", "en"]
Marks = tuple[tuple[int, int], ...]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a word on its page, in units of ``1 / WHOLE`` of the page's width and height."""
WHOLE = 10_000
UNDATED = "none"
"""Stands for a missing date: in the index, in facets, in addresses and in queries."""


class FileState(enum.StrEnum):
    """How far an attachment could be read; the reason is given separately as a problem."""

    TEXT = "text"
    OCR = "ocr"
    PARTIAL = "partial"
    EMPTY = "empty"
    PROTECTED = "protected"
    FAILED = "failed"
    PENDING = "pending"
    MISSING = "missing"
    """Named by the article, but its bytes are missing."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file named by an article. At most one of ``path``, ``content`` and ``url`` is set."""

    name: str
    media_type: str | None = None
    path: Path | None = None
    content: bytes | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """An entry in the list of other news on a page ("Tin khác")."""

    title: str
    teaser: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known about the document in an article besides number, type and issuer; empty if not stated.

    The values come from its source; dates, signer and position otherwise come from the document itself.
    """

    subject: str = ""
    """Its subject ("trích yếu"), unless that is the title."""
    signer: str = ""
    position: str = ""
    """The position of the signer."""
    field: str = ""
    """The field of administration ("lĩnh vực")."""
    issued: str = ""
    """ISO date, like the next two."""
    effective: str = ""
    expires: str = ""
    status: str = ""
    """Legal status in the words of the source: a claim, never a finding of this program."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as given by its source; ``title``, ``summary`` and ``body`` are in NFC."""

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
    particulars: Particulars = Particulars()
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Unknown keys of the input; they are kept but shown nowhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file: ``number`` counts from 1, or is None for formats without pages."""

    number: int | None
    text: str
    ocr: bool = False
    confidence: float | None = None
    """Mean OCR confidence from 0 to 1; None for a text layer."""
    boxes: tuple[Box, ...] = ()
    """Position of each word of ``text.split()`` according to OCR; a text layer has its own."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of a page; the image is WebP with ``width`` times ``height`` pixels."""

    image: bytes
    width: int
    height: int
    words: tuple[str, ...] = ()
    """The words of its text layer in reading order, without blanks."""
    boxes: tuple[Box, ...] = ()
    """One for each word."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or a part of it, was not read; :mod:`indexer.extract.reasons` creates it and has the sentences."""

    code: str
    values: tuple[tuple[str, int | float | str], ...] = ()
    """Values for the placeholders of the sentences, by name."""
    page: int | None = None
    """The number of the page, if it concerns a single page."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """The OCR result for a page; ``page`` is None if nothing could be read, for the reason ``problem``."""

    page: Page | None
    problem: Problem | None = None


class SignatureStatus(enum.StrEnum):
    """The validity of a signature."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    """Valid, but the signer is not trusted."""
    ALTERED = "altered"
    """The document was altered after signing."""
    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"
    """Present; checking took too long."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature of a document."""

    signer: str
    organisation: str | None
    signed_at: str | None
    """ISO 8601, according to the signer's clock."""
    status: SignatureStatus


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``name`` is its path in it."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text and data read from a file."""

    media_type: str
    state: FileState
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    signatures: tuple[Signature, ...] = ()
    unread: tuple[int, ...] = ()
    """Numbers of pages that need OCR and have not had it; a problem states this before OCR is tried."""
    annotated: tuple[int, ...] = ()
    """During reading: numbers of pages whose annotations are still to be read."""
    members: tuple[Member, ...] = ()
    """The files extracted from it: from an archive, an email, or a PDF with attached files."""
    carries: bool = False
    """Whether it has text of its own and also contains extractable files."""
    title: str = ""
    """As recorded by the program that created it; empty if missing or not a real title."""
    created: str = ""
    """ISO date of creation, according to that program."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with the ranges that match the query; never HTML."""

    text: str
    marks: Marks = ()
