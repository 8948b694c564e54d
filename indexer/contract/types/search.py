"""One page of a search: hits, counts by facet, and how the query was understood."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.contract.types.articles import CopyAnswer
from indexer.contract.types.directives import CardAnswer, NamedAnswer
from indexer.search.request import Reading


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
    """From 1; null for formats without pages, and where the name is all that answers: then it is the snippet, too."""
    snippet: MarkedText


class ProvisionHitAnswer(TypedDict):
    """An article (Điều) of a long text, or a clause (Khoản) of one, that answers by itself."""

    name: str
    """`Điều 5`, `Khoản 2 Điều 5`."""
    title: str
    """Of the article; empty where it has none."""
    url: str
    """Path of the text's page, and the place on it."""
    snippet: MarkedText


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
    published_at: NotRequired[str | None]
    """ISO 8601 with its offset; null where the source gives no time of day."""
    updated: NotRequired[str | None]
    """When its source changed it last, as it says: ISO 8601 with its offset, or a day where it gives no time of day."""
    original: NotRequired[str | None]
    """Its address at its source."""
    type: NotRequired[list[str]]
    """Kind of the document that it is, in Vietnamese (``Kế hoạch``)."""
    issuer: NotRequired[list[str]]
    """Who issued it."""
    score: NotRequired[float]
    """0 where the order is by date."""
    numbers: NotRequired[list[str]]
    """Document numbers of the article and of its attachments."""
    status: NotRequired[str | None]
    """Legal status, in Vietnamese, of the document that the article is, as its own text and other articles say; null where
    it is none that has one."""
    cites: NotRequired[list[str]]
    """Numbers and names of the documents that it cites."""
    provisions: NotRequired[list[ProvisionHitAnswer]]
    """Of a text that is divided into articles, those that answer the query, the best first, three at most; or the one that
    the query asks for by number."""
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
    status: list[FacetValueAnswer]
    file_type: list[FacetValueAnswer]


class QueryAnswer(TypedDict):
    """How the query was understood."""

    text: str
    interpretation: list[str]
    """In words for people, in the language of the request."""
    reading: Reading
    """Of the hits: every word as a word with its accents as typed (`exact`), every syllable somewhere (`close`), some of the
    words (`some`)."""
    words: list[list[str]]
    """The words that the query was cut into, each as its syllables."""
    suggestion: str | None
    """A better query, where there seems to be one."""
    as_words: str | None
    """Where words such as ``hôm nay`` were read as a time or an order: the query that looks for these words instead."""


class LooserAnswer(TypedDict):
    """Where the hits fill less than a page: the best of the next reading that are not among them."""

    reading: Reading
    total: int
    hits: list[HitAnswer]


class SearchAnswer(TypedDict):
    """One page of a search."""

    query: QueryAnswer
    total: int
    """Articles that answer in the reading of `query` and pass all filters."""
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
    """The documents that the query asks for by number, or the law that it names."""
    alike: NotRequired[list[NamedAnswer]]
    """Where none of them is known: documents of a similar number."""
    choice: NotRequired[list[NamedAnswer]]
    """Where a number in the query leaves it open: other documents that it may mean."""
    older: NotRequired[list[NamedAnswer]]
    """Where the query names a law: others of the same name, beside the one in ``directives``."""
    pinned: NotRequired[list[HitAnswer]]
    """Where the search has no filters: what those who look after the site put first for these words."""
    looser: NotRequired[LooserAnswer]
