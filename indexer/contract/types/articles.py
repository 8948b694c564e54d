"""An article as the API returns it: in full, in short, and in lists of related articles."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from indexer.model import FileState, SignatureStatus


class ArticleBrief(TypedDict):
    """An article in short."""

    id: str
    url: str
    title: str
    published: str | None
    source: list[str]


class ArticleItem(ArticleBrief):
    """An article in a list."""

    category: str | None
    numbers: list[str]
    published_at: str | None
    """ISO 8601 with offset; null if the source gives no time of day."""


class FileName(TypedDict):
    """An attachment by name."""

    name: str
    n: int


class SignatureAnswer(TypedDict):
    """A digital signature of an attachment."""

    signer: str
    organisation: str | None
    signed_at: str | None
    """ISO 8601, by the signer's clock."""
    status: SignatureStatus


class ReasonAnswer(TypedDict):
    """Why a file, or a part of it, was not read. The sentences start in lower case and have no full stop."""

    code: str
    """One of the codes in docs/attachments.md; later versions may add more."""
    page: int | None
    """Number of the page concerned; null if it concerns the whole file."""
    en: str
    vi: str
    do_en: str | None
    """What the operators of the portal can do; null if nothing helps."""
    do_vi: str | None


class FileAnswer(TypedDict):
    """An attachment; its bytes are at ``files/{n}`` below the article."""

    name: str
    n: int
    state: FileState
    """Whether it could be read: `text` (all of it), `ocr` (by OCR), `partial` (only in part), `empty` (it has no text), `protected`
    (it has a password), `failed`, `pending` (waiting to be read), `missing` (named by the article, but not here)."""
    media_type: str
    size: int | None
    """Bytes; null if the file is missing."""
    sha256: str | None
    problems: list[str]
    """Why it could not be read, or only in part, in English."""
    reasons: list[ReasonAnswer]
    """The same with codes, in both languages, with advice."""
    signatures: list[SignatureAnswer]
    pages: int | None


class CitationAnswer(TypedDict):
    """A document that an article cites, and how it cites it."""

    key: str
    number: str
    relation: str
    subject: str | None
    """Key of the document that has this relation to the cited one; null for the article itself."""
    part: bool
    date: str | None
    sentence: str | None
    kind: str | None
    place: str | None
    file: int | None
    page: int | None


class ParticularsAnswer(TypedDict):
    """Information from the source about the document in an article; empty strings if there is none."""

    subject: str
    """Subject ("trích yếu"), if it differs from the title."""
    signer: str
    position: str
    """Position of the signer."""
    field: str
    """Field of administration ("lĩnh vực")."""
    issued: str
    """Date ``YYYY-MM-DD``, like the next two."""
    effective: str
    expires: str
    status: str
    """Legal status in the words of the source. It may be out of date and is not a finding of this service."""


class ProvisionAnswer(TypedDict):
    """A part of a long text: its position in the text, and its anchor on the text's page."""

    kind: Literal["part", "chapter", "section", "subsection", "article", "clause", "appendix"]
    """Phần, Chương, Mục, Tiểu mục, Điều, Khoản, Phụ lục."""
    label: str
    """`Điều 5`, `Chương II`, `Khoản 2`."""
    title: str
    """Empty if it has none."""
    anchor: str
    """Its anchor on the page of the text, after `#`: `dieu-5`, `dieu-5-khoan-2`."""
    document: int
    """Number of the document, from 1, if the text contains several one after another."""
    start: int
    """`[start, end)` in characters (code points) of the text, from 0."""
    end: int


class ArticleAnswer(TypedDict):
    """An article with its text. Its ``ETag`` is its version, for ``If-Match``."""

    id: str
    url: str
    original: str | None
    """Its address at the source."""
    title: str
    summary: str
    body: str
    published: str | None
    """Date ``YYYY-MM-DD`` in the configured time zone."""
    published_at: str | None
    """ISO 8601 with offset; null if the source gives no time of day."""
    updated: str | None
    """When the source last changed it: ISO 8601 with offset, or a date if the source gives no time of day."""
    source: list[str]
    category: str | None
    audience: Literal["public", "staff"]
    type: list[str]
    issuer: list[str]
    numbers: list[str]
    citations: list[CitationAnswer]
    files: list[FileAnswer]
    particulars: ParticularsAnswer
    contents: list[ProvisionAnswer]
    """Table of contents of `body`, in order; empty if it has no articles (Điều) or chapters."""


class PageStart(TypedDict):
    """Where a page of an attachment starts in its text."""

    number: int | None
    """From 1; null for formats without pages, which are split at headings."""
    start: int


class FileTextAnswer(FileName):
    """The whole text of an attachment, with its table of contents."""

    text: str
    """NFC."""
    ocr: bool
    """Whether any part of it was read by OCR."""
    pages: list[PageStart]
    contents: list[ProvisionAnswer]


class CopyAnswer(TypedDict):
    """Another article with the same text."""

    id: str
    url: str
    title: str
    source: list[str]
    published: str | None
    """Date ``YYYY-MM-DD``."""


class RelatedArticle(ArticleItem):
    """An article related to another."""

    score: float
    cites_it: bool
    """It cites a number of the article."""
    cited_by_it: bool
    """The article cites one of its numbers."""
    shared: list[str]
    """Documents that both of them cite."""


class RelatedAnswer(TypedDict):
    """The articles related to one article, best first, and its copies."""

    id: str
    url: str
    copies: list[CopyAnswer]
    related: list[RelatedArticle]
