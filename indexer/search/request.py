"""Search requests; shared by page, API and command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from indexer.model import Day, Language

if TYPE_CHECKING:
    pass


Sort = Literal["relevance", "newest", "oldest"]


Area = Literal["all", "title", "body", "files"]


Reading = Literal["exact", "close", "some"]
"""How articles match: with every word as a word and with its accents as typed; with every syllable anywhere, ignoring accents;
or with some of the words (contract, "Readings")."""
FACETS = ("date", "source", "category", "type", "issuer", "status", "file_type")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search request; shared by page, API and command line."""

    text: str = ""
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    """Legal statuses of documents, from :data:`indexer.directives.legal_status.STATUSES`."""
    file_type: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    """``YYYY``, ``YYYY-MM`` or ``none``."""
    date_from: Day | None = None
    date_to: Day | None = None
    """Both inclusive; dates in the configured time zone."""
    area: Area = "all"
    sort: Sort | None = None
    """None means by relevance if there are words, otherwise newest first."""
    page: int = 1
    size: int = 10
    strict: bool = False
    reading: Reading | None = None
    """None means exact, or close if nothing matches; the best hits of the next reading follow a short page. A requested reading
    is used alone."""
    after: str | None = None
    """Continue after this position (see :attr:`SearchResponse.next`), "" for the start: every matching article, including
    copies, in the order ``newest`` or ``oldest``; ``page`` is ignored, and only total and hits are returned."""
    language: Language = "vi"
    """The language of texts for people: the interpretation of the query, labels of dates."""
