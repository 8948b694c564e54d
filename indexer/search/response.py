"""The response to a search request: frozen values, rendered by page, API and command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Marked
from indexer.search.request import Sort

if TYPE_CHECKING:
    from indexer.register.named import Named
    from indexer.search.directives.view import DirectiveCard
    from indexer.search.request import Reading


@dataclass(frozen=True, slots=True)
class FileHit:
    """A match in an attachment; ``page`` is None for formats without pages.

    If only the name matches, it is also the ``snippet``.
    """

    name: str
    n: int
    page: int | None
    snippet: Marked


@dataclass(frozen=True, slots=True)
class ProvisionHit:
    """An article (Điều), or a clause of one, that matches on its own in a long text."""

    name: str
    """``Điều 5``, ``Khoản 2 Điều 5``."""
    title: str
    """Title of the article; empty if it has none."""
    url: str
    """Path of the page with the text, and the place on it."""
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same text as a hit."""

    id: str
    url: str
    title: str
    source: tuple[str, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article among the results; the earliest of the matching articles with the same text."""

    id: str
    url: str
    title: Marked
    snippet: Marked
    source: tuple[str, ...]
    category: str | None
    published: str | None
    """Date ``YYYY-MM-DD`` in the configured time zone."""
    score: float
    published_at: str | None = None
    """ISO 8601 with its offset, if the source gives a time of day."""
    updated: str | None = None
    """The last change by its source: an ISO 8601 time or date."""
    original: str | None = None
    """Its address at the source."""
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    status: str | None = None
    """Legal status of the document, from :data:`indexer.directives.legal_status.STATUSES`."""
    cites: tuple[str, ...] = ()
    provisions: tuple[ProvisionHit, ...] = ()
    """For a text with articles (Điều), those that match, best first."""
    files: tuple[FileHit, ...] = ()
    copies: tuple[Copy, ...] = ()
    """Where the same text was also published, earliest first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the exact number of articles that ticking it would show."""

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
    reading: Reading = "exact"
    """The reading of the hits."""
    words: tuple[tuple[str, ...], ...] = ()
    """The words into which it was split, each as its syllables."""
    suggestion: str | None = None
    as_words: str | None = None
    """If words were understood as a time or an order: the query that searches for these words instead."""
    sort: Sort = "relevance"
    """The order requested by the query itself, if the request has none."""
    remarks: tuple[str, ...] = ()
    """The part of the interpretation that helps the person who typed it."""
    words_unread: bool = False
    """Whether a suggestion may be missing since the words for corrections were still being read: the same commit may soon
    give a better response.
    """


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best hits of the next reading that are not among those of the previous one."""

    reading: Reading
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The response to a SearchRequest; field names are those of the contract's JSON, except that ``relaxed`` is called
    ``looser`` there.
    """

    query: QueryReading
    total: int
    page: int
    size: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    relaxed: Relaxed | None = None
    directives: tuple[DirectiveCard, ...] = ()
    """The documents requested by number, as far as they are known."""
    alike: tuple[Named, ...] = ()
    """If none of them is known: documents whose number is loosely the same."""
    choice: tuple[Named, ...] = ()
    """If a number is ambiguous: other known documents that it may mean, likeliest first."""
    older: tuple[Named, ...] = ()
    """If the query names a law: others with the same name, beside the one in ``directives``."""
    pinned: tuple[Hit, ...] = ()
    """Articles pinned by editors, shown before the results; they may also be among the hits."""
    folded: int = 0
    """Number of articles in ``total`` that are not hits but copies of one: pages count ``total - folded`` results."""
    next: str | None = None
    """The position from which to continue, if the request does so and there is more."""
