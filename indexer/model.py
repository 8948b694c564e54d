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
    pass

Day = date
Audience = Literal["public", "staff"]
Language = Literal["vi", "en"]
Marks = tuple[tuple[int, int], ...]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a word on its page, in ``1 / WHOLE`` of the page's width and height."""
WHOLE = 10_000
UNDATED = "none"
"""Stands for the day that an article does not have: in the index, in facets, in addresses and in queries."""


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
class Particulars:
    """What is said of the document that an article holds, beside number, type and issuer; empty where all are silent.

    By its source; days, signer and position else by the document itself.
    """

    subject: str = ""
    """What it is about ("trích yếu"), where that is not the title."""
    signer: str = ""
    position: str = ""
    """Of the signer."""
    field: str = ""
    """Of administration ("lĩnh vực")."""
    issued: str = ""
    """ISO day, as are the next two."""
    effective: str = ""
    expires: str = ""
    status: str = ""
    """Legal status in the words of the source: what it claims, never what was found here."""


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
    particulars: Particulars = Particulars()
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
class Problem:
    """Why a file, or a part of it, was not read; :mod:`indexer.extract.reasons` has the sentences, and makes these."""

    code: str
    values: tuple[tuple[str, int | float | str], ...] = ()
    """What fills the sentences, by name."""
    page: int | None = None
    """Where it is of one page: its number."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR made of one page; ``page`` is None where nothing could be read, for the reason of ``problem``."""

    page: Page | None
    problem: Problem | None = None


class SignatureStatus(enum.StrEnum):
    """What a signature is worth."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    """Valid, but its signer is not in the trust list."""
    ALTERED = "altered"
    """The document was altered after signing."""
    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"
    """There is one; checking it took too long."""


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
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    signatures: tuple[Signature, ...] = ()
    unread: tuple[int, ...] = ()
    """Numbers of pages that only OCR can read, until it has; before it tried, a problem says so."""
    annotated: tuple[int, ...] = ()
    """While it is being read: numbers of pages of which annotations wait to be read."""
    members: tuple[Member, ...] = ()
    """The files that were taken from it: from an archive, a mail, a PDF with files attached to it."""
    carries: bool = False
    """It has text of its own, and files in it that can be taken from it."""
    title: str = ""
    """As the program that made it noted it; empty for none, and for what is no title."""
    created: str = ""
    """ISO day on which it was made, by that program."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with the ranges that answer the query; never HTML."""

    text: str
    marks: Marks = ()
