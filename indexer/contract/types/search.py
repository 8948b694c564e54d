"""One page of a search: hits, counts by facet, and how the query was understood."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.contract.types.articles import CopyAnswer
from indexer.contract.types.directives import CardAnswer, NamedAnswer
from indexer.search.request import Reading


class MarkedText(TypedDict):
    """Text with the positions of matches; never HTML."""

    text: str
    """NFC."""
    marks: list[list[int]]
    """``[start, end)`` in characters (code points) of ``text``, from 0."""


class FileHitAnswer(TypedDict):
    """Where an attachment matches the query."""

    name: str
    n: int
    """Number of the attachment in its article, from 0."""
    page: int | None
    """From 1; null for formats without pages, and if only the name matches (the snippet is then the name)."""
    snippet: MarkedText


class ProvisionHitAnswer(TypedDict):
    """An article (Điều) of a long text, or one of its clauses (Khoản), that matches by itself."""

    name: str
    """`Điều 5`, `Khoản 2 Điều 5`."""
    title: str
    """Title of the article; empty if it has none."""
    url: str
    """Path of the text's page, with the anchor."""
    snippet: MarkedText


class HitAnswer(TypedDict):
    """One article of a result. With ``fields``, only the requested fields and the id."""

    id: str
    url: NotRequired[str]
    """Path of its page. Its last part is the ``{id}`` of the addresses of the API."""
    title: NotRequired[MarkedText]
    snippet: NotRequired[MarkedText]
    source: NotRequired[list[str]]
    category: NotRequired[str | None]
    published: NotRequired[str | None]
    """Date ``YYYY-MM-DD``; null if unknown."""
    published_at: NotRequired[str | None]
    """ISO 8601 with offset; null if the source gives no time of day."""
    updated: NotRequired[str | None]
    """When the source last changed it: ISO 8601 with offset, or a date if the source gives no time of day."""
    original: NotRequired[str | None]
    """Its address at the source."""
    type: NotRequired[list[str]]
    """Type of the document in it, in Vietnamese (``Kế hoạch``)."""
    issuer: NotRequired[list[str]]
    """Issuing bodies."""
    score: NotRequired[float]
    """0 if the results are in order of date."""
    numbers: NotRequired[list[str]]
    """Document numbers of the article and its attachments."""
    status: NotRequired[str | None]
    """Legal status, in Vietnamese, of the document in it, according to its own text and other articles; null for documents
    that have none."""
    cites: NotRequired[list[str]]
    """Numbers and names of the documents it cites."""
    provisions: NotRequired[list[ProvisionHitAnswer]]
    """For a text divided into articles (Điều): those that match the query, best first, at most three; or the one that the
    query asks for by number."""
    files: NotRequired[list[FileHitAnswer]]
    """Attachments that match the query, with the best page of each."""
    copies: NotRequired[list[CopyAnswer]]
    """Other articles with the same text, earliest first."""


class FacetValueAnswer(TypedDict):
    """One value of a facet."""

    value: str
    label: str
    """Label in the language of the request."""
    count: int
    """Exact number of articles that selecting it would show."""
    selected: bool
    children: NotRequired[list[FacetValueAnswer]]
    """For a year: its months."""


class FacetsAnswer(TypedDict):
    """Counts by value; each facet ignores its own filter."""

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
    """In words, in the language of the request."""
    reading: Reading
    """How the hits match: every word with its accents as typed (`exact`), every syllable anywhere (`close`), some of the words
    (`some`)."""
    words: list[list[str]]
    """The words of the query, each as a list of syllables."""
    suggestion: str | None
    """A query that the searcher may have meant ("did you mean"), if this one seems misspelt; it was not searched."""
    as_words: str | None
    """If words such as ``hôm nay`` were taken as a time or an order: the query that searches for these words instead."""


class LooserAnswer(TypedDict):
    """If the hits don't fill a page: the best further articles of the next, looser reading."""

    reading: Reading
    total: int
    hits: list[HitAnswer]


class SearchAnswer(TypedDict):
    """One page of a search."""

    query: QueryAnswer
    total: int
    """Number of articles that match the query in this reading and all filters."""
    folded: int
    """How many of ``total`` are copies, listed with another hit instead of as hits of their own."""
    page: int
    size: int
    took_ms: float
    hits: list[HitAnswer]
    facets: NotRequired[FacetsAnswer]
    """Omitted with a cursor."""
    next_cursor: NotRequired[str | None]
    """With a cursor: the next one; null at the end."""
    directives: NotRequired[list[CardAnswer]]
    """The documents that the query asks for by number, or the law it names."""
    alike: NotRequired[list[NamedAnswer]]
    """If no article contains or cites the number in the query: documents with similar numbers."""
    choice: NotRequired[list[NamedAnswer]]
    """If a number in the query is ambiguous: other documents it may mean."""
    older: NotRequired[list[NamedAnswer]]
    """If the query names a law: other laws with the same name, besides the one in ``directives``."""
    pinned: NotRequired[list[HitAnswer]]
    """Articles that editors pinned to this query, if the search has no filters."""
    looser: NotRequired[LooserAnswer]
