"""What the API takes and what it and ``--json`` answer, as types: the one definition.

``search_json`` and ``directive_json`` are checked against it by mypy, the description of the API (OpenAPI) is made of
it, docstrings and all, and tests hold the answers themselves to that description.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from indexer.model import FileState, SignatureStatus

Kind = Literal["number", "phrase", "title"]


class MarkedText(TypedDict):
    """Text with the places that answer the query; never HTML."""

    text: str
    """NFC."""
    marks: list[list[int]]
    """``[start, end)`` in characters (code points) of ``text``, from 0."""


class FileHitAnswer(TypedDict):
    """Where in an attachment the query is answered."""

    name: str
    n: int
    """Number of the attachment in its article, from 0."""
    page: int | None
    """From 1; null for formats without pages."""
    snippet: MarkedText


class CopyAnswer(TypedDict):
    """Another article with the same text."""

    id: str
    url: str
    title: str
    source: list[str]
    published: str | None
    """Civil day ``YYYY-MM-DD``."""


class HitAnswer(TypedDict):
    """One article of a result. With ``fields`` only those that were asked for, and the id."""

    id: str
    url: NotRequired[str]
    """Path of its page; with ``/api/v1`` before it, of the article as JSON."""
    title: NotRequired[MarkedText]
    snippet: NotRequired[MarkedText]
    source: NotRequired[list[str]]
    category: NotRequired[str | None]
    published: NotRequired[str | None]
    """Civil day ``YYYY-MM-DD``; null where it is not known."""
    score: NotRequired[float]
    """0 where the order is by date."""
    numbers: NotRequired[list[str]]
    """Document numbers of the article and of its attachments."""
    cites: NotRequired[list[str]]
    """Numbers and names of the documents that it cites."""
    files: NotRequired[list[FileHitAnswer]]
    """Attachments that answer the query, the best page of each."""
    copies: NotRequired[list[CopyAnswer]]
    """Where the same text was published, too, the earliest first."""


class FacetValueAnswer(TypedDict):
    """One value of a facet."""

    value: str
    label: str
    """In the language of the request."""
    count: int
    """Articles that ticking it would show; exact."""
    selected: bool
    children: NotRequired[list[FacetValueAnswer]]
    """Of a year: its months."""


class FacetsAnswer(TypedDict):
    """Counts by value; each facet ignores its own parameter."""

    date: list[FacetValueAnswer]
    source: list[FacetValueAnswer]
    category: list[FacetValueAnswer]
    type: list[FacetValueAnswer]
    issuer: list[FacetValueAnswer]
    file_type: list[FacetValueAnswer]


class QueryAnswer(TypedDict):
    """How the query was understood."""

    text: str
    interpretation: list[str]
    """In words for people, in the language of the request."""
    suggestion: str | None
    """A better query, where there seems to be one."""


class LooserAnswer(TypedDict):
    """The best articles that hold only some of the words."""

    total: int
    hits: list[HitAnswer]


class ArticleBrief(TypedDict):
    """An article in short."""

    id: str
    url: str
    title: str
    published: str | None
    source: list[str]


class FileName(TypedDict):
    """An attachment by name."""

    name: str
    n: int


class TextAnswer(ArticleBrief):
    """An article that holds the text of a document."""

    files: list[FileName]


class StandingAnswer(TypedDict):
    """Whether a document still holds, as far as the articles tell."""

    status: str | None
    """In Vietnamese, e.g. "Hết hiệu lực toàn bộ"; null where nothing is to be said."""
    sentence: str | None
    """The sentence that says so."""
    article: ArticleBrief | None
    """The article that it stands in."""


class CitedBy(TypedDict):
    """How many articles cite a document."""

    total: int
    by_relation: dict[str, int]


class NamedAnswer(TypedDict):
    """A document and how many articles name it."""

    label: str
    key: str
    url: str
    articles: int


class CardAnswer(TypedDict):
    """A document in short."""

    number: str
    label: str
    key: str
    url: str
    page: str
    standing: StandingAnswer
    texts: list[TextAnswer]
    cited_by: CitedBy


class SearchAnswer(TypedDict):
    """One page of a search."""

    query: QueryAnswer
    total: int
    """Articles that hold all the words and pass all filters."""
    folded: int
    """Of ``total``, those that are no hits of their own but copies of one."""
    page: int
    size: int
    took_ms: float
    hits: list[HitAnswer]
    facets: NotRequired[FacetsAnswer]
    """Not when reading on with a cursor."""
    next_cursor: NotRequired[str | None]
    """When reading on with a cursor: the next one, null at the end."""
    directives: NotRequired[list[CardAnswer]]
    """The documents that the query asks for by number."""
    alike: NotRequired[list[NamedAnswer]]
    """Where none of them is known: documents of a similar number."""
    pinned: NotRequired[list[HitAnswer]]
    """Where the search has no filters: what those who look after the site put first for these words."""
    looser: NotRequired[LooserAnswer]


class SuggestionAnswer(TypedDict):
    """A way to go on typing."""

    text: str
    kind: Kind
    count: int
    """Articles that have it: a number, or in their titles a phrase, as it is written."""
    url: NotRequired[str]
    """Of a title: the page of the article."""


class SuggestAnswer(TypedDict):
    """Ways to go on typing from ``prefix``."""

    prefix: str
    suggestions: list[SuggestionAnswer]


class SignatureAnswer(TypedDict):
    """A digital signature of an attachment."""

    signer: str
    organisation: str | None
    signed_at: str | None
    """ISO 8601, as the signer's clock said."""
    status: SignatureStatus


class FileAnswer(TypedDict):
    """An attachment; its bytes are at ``files/{n}`` below the page of the article (``url``), not below ``/api/v1``."""

    name: str
    n: int
    state: FileState
    """How far it could be read."""
    media_type: str
    size: int | None
    """Bytes; null where the file is missing."""
    sha256: str | None
    problems: list[str]
    """Why it could not be read, or not all of it."""
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
    source: list[str]
    category: str | None
    audience: Literal["public", "staff"]
    type: list[str]
    issuer: list[str]
    numbers: list[str]
    citations: list[CitationAnswer]
    files: list[FileAnswer]


class ArticleItem(ArticleBrief):
    """An article in a list."""

    category: str | None
    numbers: list[str]


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


class VariantAnswer(TypedDict):
    """One of several documents with the same number."""

    label: str
    year: int | None
    kind: str | None
    place: str | None
    articles: int


class CitingAnswer(ArticleBrief):
    """What one article does with a document."""

    relation: str
    subject: str | None
    part: bool
    """Of the document only a part."""
    date: str | None
    sentence: str | None
    file: int | None
    page: int | None


class YearAnswer(TypedDict):
    """Articles of one year; null is for those without a date."""

    year: int | None
    articles: int


class CitedByInFull(CitedBy):
    """Who cites a document."""

    by_year: list[YearAnswer]
    articles: dict[str, list[CitingAnswer]]
    """By relation, the newest ten each."""


class DirectiveAnswer(TypedDict):
    """All that is known of a document."""

    number: str
    label: str
    key: str
    url: str
    page: str
    standing: StandingAnswer
    texts: list[TextAnswer]
    type: str | None
    issuer: str | None
    variants: list[VariantAnswer]
    cited_by: CitedByInFull
    acted_on_by: dict[str, list[NamedAnswer]]
    acts_on: dict[str, list[NamedAnswer]]
    cited_together_with: list[NamedAnswer]
    looser: list[NamedAnswer]


class AttachmentInput(TypedDict):
    """An attachment of a pushed article: its bytes inline, or where to fetch them."""

    name: NotRequired[str]
    """Needed unless the address ends with it."""
    base64: NotRequired[str]
    """The bytes."""
    url: NotRequired[str]
    """Public http or https address of the bytes, at most 3 redirects away; fetched once the push is accepted."""
    media_type: NotRequired[str]


class ArticleInput(TypedDict):
    """An article to put. Title or body are needed; unknown keys are kept and shown nowhere."""

    id: NotRequired[str]
    """Needed where the address is not the id itself: any text up to 512 characters."""
    title: NotRequired[str]
    body: NotRequired[str]
    """Plain text, paragraphs divided by line ends."""
    summary: NotRequired[str]
    published: NotRequired[str | None]
    """ISO 8601, a day or a moment."""
    updated: NotRequired[str | None]
    source: NotRequired[str | list[str]]
    category: NotRequired[str | None]
    url: NotRequired[str | None]
    """Its address at its source."""
    attachments: NotRequired[list[AttachmentInput | str]]
    """A bare text is the name of a file that is not there."""
    audience: NotRequired[Literal["public", "staff"]]
    number: NotRequired[str | None]
    type: NotRequired[str | None]
    issuer: NotRequired[str | None]


class TaskAnswer(TypedDict):
    """A change that was accepted, and what became of it."""

    task: str
    url: str
    """Where to ask again."""
    article: str
    """Path of the article's page."""
    change: Literal["put", "delete"]
    status: Literal["accepted", "done", "failed"]
    """``done``: from now on searches know of it."""
    accepted: str
    """ISO 8601, UTC."""
    finished: str | None
    result: Literal["indexed", "unchanged", "removed", "unknown", "superseded", "failed"] | None
    """``unknown``: there was nothing to delete; ``superseded``: a later change was taken in its place."""
    problems: list[str]
    """Of a failed change why; else what is wrong with attachments, while the article is found all the same."""


class BadParameter(TypedDict):
    """What is wrong with one parameter, or one field of the body."""

    parameter: str
    """Its name; of an attachment ``attachments[0]``."""
    detail: str


class Problem(TypedDict):
    """An error as RFC 9457 has it."""

    type: str
    """A URN of ours, or ``about:blank`` where the status says it all."""
    title: str
    status: int
    detail: str
    errors: NotRequired[list[BadParameter]]
