"""An article as the API answers it, alone, in short, and among those related to it."""

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
    """ISO 8601 with its offset; null where the source gives no time of day."""


class FileName(TypedDict):
    """An attachment by name."""

    name: str
    n: int


class SignatureAnswer(TypedDict):
    """A digital signature of an attachment."""

    signer: str
    organisation: str | None
    signed_at: str | None
    """ISO 8601, as the signer's clock said."""
    status: SignatureStatus


class ReasonAnswer(TypedDict):
    """Why a file, or a part of it, was not read; the sentences have no capital and no full stop."""

    code: str
    """One of the list in docs/attachments.md; later versions may have more."""
    page: int | None
    """Number of the page that it is about; null for the file."""
    en: str
    vi: str
    do_en: str | None
    """What those can do who look after the portal; null where nothing helps."""
    do_vi: str | None


class FileAnswer(TypedDict):
    """An attachment; its bytes are at ``files/{n}`` below the article."""

    name: str
    n: int
    state: FileState
    """How far it could be read."""
    media_type: str
    size: int | None
    """Bytes; null where the file is missing."""
    sha256: str | None
    problems: list[str]
    """Why it could not be read, or not all of it, in English."""
    reasons: list[ReasonAnswer]
    """The same with codes, in both languages, and what can be done."""
    signatures: list[SignatureAnswer]
    pages: int | None


class CitationAnswer(TypedDict):
    """What an article does with one document that it cites."""

    key: str
    number: str
    relation: str
    subject: str | None
    """Key of the document that stands in the relation; null for the article itself."""
    part: bool
    date: str | None
    sentence: str | None
    kind: str | None
    place: str | None
    file: int | None
    page: int | None


class ParticularsAnswer(TypedDict):
    """What the source says of the document that an article holds; empty texts where it is silent."""

    subject: str
    """What it is about ("trích yếu"), where that is not the title."""
    signer: str
    position: str
    """Of the signer."""
    field: str
    """Of administration ("lĩnh vực")."""
    issued: str
    """Civil day ``YYYY-MM-DD``, as are the next two."""
    effective: str
    expires: str
    status: str
    """Legal status in the words of the source, which may be out of date: no finding of this service."""


class ProvisionAnswer(TypedDict):
    """A part of a long text: its place in the text, and its address on the text's page."""

    kind: Literal["part", "chapter", "section", "subsection", "article", "clause", "appendix"]
    """Phần, Chương, Mục, Tiểu mục, Điều, Khoản, Phụ lục."""
    label: str
    """`Điều 5`, `Chương II`, `Khoản 2`."""
    title: str
    """Empty where it has none."""
    anchor: str
    """Its address on the page of the text, behind `#`: `dieu-5`, `dieu-5-khoan-2`."""
    document: int
    """Which of several documents that stand in the text one behind the other, from 1."""
    start: int
    """`[start, end)` in characters (code points) of the text, from 0."""
    end: int


class ArticleAnswer(TypedDict):
    """An article with its text. Its ``ETag`` is the version that ``If-Match`` asks for."""

    id: str
    url: str
    original: str | None
    """Its address at its source."""
    title: str
    summary: str
    body: str
    published: str | None
    """Civil day ``YYYY-MM-DD`` in the configured time zone."""
    published_at: str | None
    """ISO 8601 with its offset; null where the source gives no time of day."""
    updated: str | None
    """When its source changed it last, as it says: ISO 8601 with its offset, or a day where it gives no time of day."""
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
    """What `body` is divided into, in its order; empty where it has no articles and chapters."""


class PageStart(TypedDict):
    """Where a page of an attachment begins in its text."""

    number: int | None
    """From 1; null for formats without pages, which are cut at headings."""
    start: int


class FileTextAnswer(FileName):
    """The whole text of an attachment, and what it is divided into."""

    text: str
    """NFC."""
    ocr: bool
    """Whether any of it was read by OCR."""
    pages: list[PageStart]
    contents: list[ProvisionAnswer]


class CopyAnswer(TypedDict):
    """Another article with the same text."""

    id: str
    url: str
    title: str
    source: list[str]
    published: str | None
    """Civil day ``YYYY-MM-DD``."""


class RelatedArticle(ArticleItem):
    """An article related to another."""

    score: float
    cites_it: bool
    """It cites a number that the article bears."""
    cited_by_it: bool
    """It bears a number that the article cites."""
    shared: list[str]
    """Documents that both cite."""


class RelatedAnswer(TypedDict):
    """The articles related to one, the best first, and its copies."""

    id: str
    url: str
    copies: list[CopyAnswer]
    related: list[RelatedArticle]
