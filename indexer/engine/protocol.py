"""The seam: what every engine promises. Everything Vietnamese happens above it.

``tests/engine`` holds every engine to the same behaviour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from indexer.engine.clauses import Clause
from indexer.model import UNDATED
from indexer.vietnamese.terms import TermStreams, joined

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of an attachment: asked only for the hits that are shown."""

    file: int
    """The attachment's number in its article, from 0."""
    page: int | None
    terms: str
    """Positional terms as in :attr:`TermStreams.text`."""
    stored: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One analysed article, ready to index. Replaces the entry of the same ``id``."""

    id: str
    slug: str
    stored: bytes
    """Opaque to the engine; comes back with hits."""
    title: TermStreams = field(default_factory=TermStreams)
    body: TermStreams = field(default_factory=TermStreams)
    values: TermStreams = field(default_factory=TermStreams)
    """Of values that words find as if the body named them; no part of the text itself."""
    files: TermStreams = field(default_factory=TermStreams)
    words: str = ""
    """Terms of :data:`fields.WORDS` joined by single spaces."""
    folded_words: str = ""
    """Terms of :data:`fields.FOLDED_WORDS` joined by single spaces."""
    quantities: str = ""
    """Terms of :data:`fields.QUANTITIES` joined by single spaces."""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values per field of :data:`fields.KEYWORDS` but ``month``, which follows from ``day``."""
    day: int | None = None
    """Civil day of publication as ``YYYYMMDD``; None when undated."""
    second: int | None = None
    """Publication in seconds since 1970 UTC, for sorting; None when undated."""
    pages: tuple[PageEntry, ...] = ()

    @property
    def month(self) -> str:
        """The value of ``month``: ``YYYY-MM``, or :data:`~indexer.model.UNDATED`."""
        return UNDATED if self.day is None else f"{self.day // 10000:04d}-{self.day // 100 % 100:02d}"

    def searched(self, area: str) -> TermStreams:
        """Return the streams that are indexed for one of :data:`fields.TEXT_AREAS`."""
        streams: TermStreams = getattr(self, area)
        return joined(self.body, self.values) if area == "body" and self.values.text else streams


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One question: ``match`` and every filter must hold; ``rank`` only adds to scores.

    ``filters`` are keyed by facet; the counts of a facet leave its own filter out. ``facets``
    are fields of :data:`fields.KEYWORDS`; the filter of ``month`` is the date filter.
    """

    match: Clause
    rank: tuple[Clause, ...] = ()
    filters: Mapping[str, Clause] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    after: str | None = None
    """Of ``newest`` and ``oldest``: only hits behind this :attr:`EngineHit.sort_key`, none twice or left out whatever is
    committed between two requests. All count all the same; not with ``offset`` or ``fold``."""
    fold: bool = False
    """Of the articles with one value of ``fields.SAME_TEXT`` only the first in order is a hit; ``offset`` and
    ``limit`` count those."""


@dataclass(frozen=True, slots=True)
class FrequenciesAsked:
    """What :meth:`Snapshot.frequencies` is asked."""

    field: str
    terms: Sequence[str]


@dataclass(frozen=True, slots=True)
class TermsAsked:
    """What :meth:`Snapshot.terms` is asked."""

    field: str
    prefix: str
    limit: int


@dataclass(frozen=True, slots=True)
class PagesAsked:
    """What :meth:`Snapshot.pages` is asked."""

    ids: Sequence[str]
    clause: Clause
    limit: int


Foreseen = EngineRequest | FrequenciesAsked | TermsAsked | PagesAsked
"""A question that will most likely be asked soon."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """An article that matches. ``score`` is 0 unless sorted by relevance."""

    id: str
    score: float
    stored: bytes
    text: str | None = None
    """Its value of ``fields.SAME_TEXT``, if it has one."""
    sort_key: str | None = None
    """Where it stands in the order ``newest`` or ``oldest``; None by relevance."""


@dataclass(frozen=True, slots=True)
class EngineResponse:
    """Counts are exact and of articles. Ties of score or second are in order of id; undated come last."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    folded: int = 0
    """Articles of ``total`` that are no hits because one before them has the same text; exact up to 20,000 such texts."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """The best-scoring pages of an article for some clause over ``fields.PAGE_TEXT``."""

    id: str
    file: int
    page: int | None
    score: float
    stored: bytes


class Writer(Protocol):
    """One open batch."""

    def put(self, entry: Entry) -> None:
        """Add ``entry``, replacing the one of the same id."""

    def delete(self, id: str) -> None:
        """Remove the article ``id`` with its pages; unknown ids are no error."""

    def commit(self) -> None:
        """Make durable and searchable what was put so far, as a whole, and go on."""


class Snapshot(Protocol):
    """One commit of an index: whatever is asked of it, no later commit shows.

    Safe to use from several threads. It goes on answering after later commits, merges and rebuilds, until the
    last reference to it goes.
    """

    @property
    def generation(self) -> str:
        """A value that no other commit has."""

    @property
    def written(self) -> float:
        """When the commit was written, in seconds since 1970 by the clock of the file system."""

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """Take note of what this thread will most likely ask next.

        No answer changes by it. An engine on other machines answers all of it in one round trip, and again for nothing
        until the thread takes a snapshot for its next request. One on this machine does not even look at ``questions``.
        """

    def search(self, request: EngineRequest) -> EngineResponse:
        """Match, rank and count facets."""

    def pages(self, ids: Sequence[str], clause: Clause, limit: int) -> list[PageHit]:
        """Return the best ``limit`` pages of the articles ``ids`` for ``clause``, best first."""

    def page(self, id: str, file: int, page: int) -> bytes | None:
        """Return the stored value of one page of an attachment; None where it has no text or there is none."""

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored values of those ``ids`` that exist."""

    def by_slug(self, slug: str) -> bytes | None:
        """Return the stored value of the article with this slug."""

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the ``limit`` most frequent terms with ``prefix`` and their document frequencies."""

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """Return in how many articles each of ``terms`` stands; replaced ones may still count for a while."""

    def count(self) -> int:
        """Return the number of articles."""


class Engine(Protocol):
    """Where analysed articles are kept and matched. Any number of processes may read while one writes."""

    name: str

    def writer(self, timeout: float = 0.0) -> AbstractContextManager[Writer]:
        """Open one batch: committed when the block ends, what is uncommitted is dropped if it raises.

        Waits up to ``timeout`` seconds for another writer, then raises IndexBusyError.
        """

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        """Return the newest commit, whole; the same object until there is a newer one.

        Take one for each request and hand it down. Safe to call from several threads. ``questions`` are foreseen as by
        :meth:`Snapshot.foresee`, in the same round trip.
        """

    def close(self) -> None:
        """Close files and stop threads."""
