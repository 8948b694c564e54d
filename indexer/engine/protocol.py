"""The seam: what every engine promises. Everything specific to Vietnamese happens above it.

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
    """A page of an attachment; used only for hits that are displayed."""

    file: int
    """Number of the attachment in its article, from 0."""
    page: int | None
    terms: str
    """Positional terms as in :attr:`TermStreams.text`."""
    stored: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An analysed article, ready to be indexed. Replaces the entry with the same ``id``."""

    id: str
    slug: str
    stored: bytes
    """Opaque to the engine; returned with hits."""
    title: TermStreams = field(default_factory=TermStreams)
    body: TermStreams = field(default_factory=TermStreams)
    values: TermStreams = field(default_factory=TermStreams)
    """For values that words find as if they were in the body, although they are not part of the text."""
    files: TermStreams = field(default_factory=TermStreams)
    words: str = ""
    """Terms of :data:`fields.WORDS` separated by single blanks."""
    folded_words: str = ""
    """Terms of :data:`fields.FOLDED_WORDS` separated by single blanks."""
    quantities: str = ""
    """Terms of :data:`fields.QUANTITIES` separated by single blanks."""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values per field of :data:`fields.KEYWORDS` except ``month``, which follows from ``day``."""
    day: int | None = None
    """Date of publication as ``YYYYMMDD``; None if undated."""
    second: int | None = None
    """Time of publication in seconds since 1970 UTC, for sorting; None if undated."""
    pages: tuple[PageEntry, ...] = ()

    @property
    def month(self) -> str:
        """The value of ``month``: ``YYYY-MM``, or :data:`~indexer.model.UNDATED`."""
        return UNDATED if self.day is None else f"{self.day // 10000:04d}-{self.day // 100 % 100:02d}"

    def searched(self, area: str) -> TermStreams:
        """Return the streams to index for one of :data:`fields.TEXT_AREAS`."""
        streams: TermStreams = getattr(self, area)
        return joined(self.body, self.values) if area == "body" and self.values.text else streams


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """A query: ``match`` and every filter must hold; ``rank`` only adds to scores.

    ``filters`` are keyed by facet; the counts of a facet ignore its own filter. ``facets`` are fields in
    :data:`fields.KEYWORDS`; the filter of ``month`` is the date filter.
    """

    match: Clause
    rank: tuple[Clause, ...] = ()
    filters: Mapping[str, Clause] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    after: str | None = None
    """For ``newest`` and ``oldest``: only hits after this :attr:`EngineHit.sort_key`, without repetitions or omissions whatever
    is committed between two requests. Counts cover all matches; not allowed with ``offset`` or ``fold``."""
    fold: bool = False
    """Among articles with the same value of ``fields.SAME_TEXT``, only the first in order is a hit; ``offset`` and ``limit``
    count those."""


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


@dataclass(frozen=True, slots=True)
class SlugAsked:
    """What :meth:`Snapshot.by_slug` is asked."""

    slug: str


Foreseen = EngineRequest | FrequenciesAsked | TermsAsked | PagesAsked | SlugAsked
"""A question that will most likely be asked soon."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A matching article. ``score`` is 0 unless sorted by relevance."""

    id: str
    score: float
    stored: bytes
    text: str | None = None
    """Its value of ``fields.SAME_TEXT``, if any."""
    sort_key: str | None = None
    """Its position in the order ``newest`` or ``oldest``; None if sorted by relevance."""


@dataclass(frozen=True, slots=True)
class EngineResponse:
    """Counts are exact numbers of articles. Ties of score or time are in order of id; undated articles come last."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    folded: int = 0
    """Number of articles in ``total`` that are not hits because an earlier one has the same text; exact up to 20,000 such texts."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """The best-scoring pages of an article for a clause over ``fields.PAGE_TEXT``."""

    id: str
    file: int
    page: int | None
    score: float
    stored: bytes


class Writer(Protocol):
    """An open batch."""

    def put(self, entry: Entry) -> None:
        """Add ``entry``, replacing the one with the same id."""

    def delete(self, id: str) -> None:
        """Remove the article ``id`` with its pages; unknown ids are not an error."""

    def commit(self) -> None:
        """Make everything put so far durable and searchable, atomically, and continue."""


class Snapshot(Protocol):
    """One commit of an index: no query on it shows a later commit.

    Safe to use from several threads. It keeps answering after later commits, merges and rebuilds, until the last reference to
    it is gone.
    """

    @property
    def generation(self) -> str:
        """A value unique to this commit."""

    @property
    def content(self) -> str:
        """A value that no other commit has, and that stays when segments are merged or files are copied."""

    @property
    def written(self) -> float:
        """When the commit was written, in seconds since 1970 by the clock of the file system."""

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """Note what this thread will most likely ask next.

        This does not change any answer. An engine on other machines answers all of it in one round trip, and repeated questions
        without another one, until the thread takes a snapshot for its next request. A local engine ignores ``questions``.
        """

    def search(self, request: EngineRequest) -> EngineResponse:
        """Match, rank and count facets."""

    def pages(self, ids: Sequence[str], clause: Clause, limit: int) -> list[PageHit]:
        """Return the best ``limit`` pages of the articles ``ids`` for ``clause``, best first."""

    def page(self, id: str, file: int, page: int) -> bytes | None:
        """Return the stored value of one page of an attachment; None if it does not exist or has no text."""

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the stored values of those ``ids`` that exist."""

    def by_slug(self, slug: str) -> bytes | None:
        """Return the stored value of the article with this slug."""

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the ``limit`` most frequent terms with ``prefix``, with their document frequencies."""

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """Return the number of articles with each of ``terms``; replaced articles may still count for a while."""

    def count(self) -> int:
        """Return the number of articles."""


class Engine(Protocol):
    """Where analysed articles are stored and matched. Any number of processes may read while one writes."""

    name: str

    def writer(self, timeout: float = 0.0) -> AbstractContextManager[Writer]:
        """Open a batch: it is committed when the block ends; if the block raises, uncommitted changes are dropped.

        Waits up to ``timeout`` seconds for another writer, then raises IndexBusyError.
        """

    def snapshot(self, questions: Iterable[Foreseen] = ()) -> Snapshot:
        """Return the newest commit, whole; the same object until there is a newer one.

        Take one for each request and hand it down. Safe to call from several threads. ``questions`` are foreseen as by
        :meth:`Snapshot.foresee`, in the same round trip.
        """

    def close(self) -> None:
        """Close files and stop threads."""
