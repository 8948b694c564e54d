"""What a user asks for; the same for page, API and command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from indexer.model import Day, Language

if TYPE_CHECKING:
    pass


Sort = Literal["relevance", "newest", "oldest"]


Area = Literal["all", "title", "body", "files"]


Reading = Literal["exact", "close", "some"]
"""How articles answer: every word as a word with its accents as typed; every syllable somewhere, accents aside; some of
the words (contract, "Readings")."""
FACETS = ("date", "source", "category", "type", "issuer", "status", "file_type")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a user asks for; the same for page, API and command line."""

    text: str = ""
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    """Legal statuses of documents, of :data:`indexer.directives.legal_status.STATUSES`."""
    file_type: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    """``YYYY``, ``YYYY-MM`` or ``none``."""
    date_from: Day | None = None
    date_to: Day | None = None
    """Both inclusive, civil days of the configured time zone."""
    area: Area = "all"
    sort: Sort | None = None
    """None: relevance where there are words, else newest."""
    page: int = 1
    size: int = 10
    strict: bool = False
    reading: Reading | None = None
    """None: exact, or close where nothing is; the best of the next reading stand beneath a short page. One that is asked
    for stands alone."""
    after: str | None = None
    """Read on behind this place (see :attr:`SearchResponse.next`), "" from the start: every article that answers, copies
    too, by ``newest`` or ``oldest``; ``page`` is not read then, and nothing but total and hits is answered."""
    language: Language = "vi"
    """Of what the response says to people: how the query was read, labels of dates."""
