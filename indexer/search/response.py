"""The answer to a request: frozen values, rendered by page, API and command line."""

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
    """A hit inside an attachment; ``page`` is None for formats without pages.

    Where the name is all that answers, it is the ``snippet``, too.
    """

    name: str
    n: int
    page: int | None
    snippet: Marked


@dataclass(frozen=True, slots=True)
class ProvisionHit:
    """An article, or a clause of one, of a long text that answers by itself."""

    name: str
    """``Điều 5``, ``Khoản 2 Điều 5``."""
    title: str
    """Of the article; empty where it has none."""
    url: str
    """Path of the text's page, and the place on it."""
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
    published_at: str | None = None
    """ISO 8601 with its offset, where the source gives a time of day."""
    updated: str | None = None
    """When its source changed it last: ISO 8601, a moment or a day."""
    original: str | None = None
    """Its address at its source."""
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    status: str | None = None
    """Legal status of the document that it is, of :data:`indexer.directives.legal_status.STATUSES`."""
    cites: tuple[str, ...] = ()
    provisions: tuple[ProvisionHit, ...] = ()
    """Of a text that is divided into articles, those that answer, the best first."""
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
    reading: Reading = "exact"
    """Of the hits."""
    words: tuple[tuple[str, ...], ...] = ()
    """The words it was cut into, each as its syllables."""
    suggestion: str | None = None
    as_words: str | None = None
    """Where words of it were read as a time or an order: the query that looks for these words instead."""
    sort: Sort = "relevance"
    """The order that the query asks for, where the request has none."""
    remarks: tuple[str, ...] = ()
    """Of the interpretation what helps who typed it."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best of the next reading that the one before does not hold."""

    reading: Reading
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The answer to a SearchRequest; field names are those of the contract's JSON, where ``relaxed`` is called ``looser``."""

    query: QueryReading
    total: int
    page: int
    size: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    relaxed: Relaxed | None = None
    directives: tuple[DirectiveCard, ...] = ()
    """The documents that the query asks for by number, as far as they are known."""
    alike: tuple[Named, ...] = ()
    """Where none of them is: known documents whose number is loosely the same."""
    choice: tuple[Named, ...] = ()
    """Where a number leaves it open: other known documents that it may mean, the likeliest first."""
    older: tuple[Named, ...] = ()
    """Where the query names a law: others of the same name, beside the one in ``directives``."""
    pinned: tuple[Hit, ...] = ()
    """What those who look after the site put before all that is found; it may be among the hits, too."""
    folded: int = 0
    """Articles of ``total`` that are no hits but copies of one: pages count ``total - folded`` results."""
    next: str | None = None
    """The place to read on from, where the request reads on and there is more."""
