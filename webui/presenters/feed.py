"""What a feed says, whatever its format: :mod:`.atom` and :mod:`.rss` write it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from indexer.model import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One article; ``id`` and ``url`` are whole addresses, all else is plain text."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime | None
    """An aware moment; None where it is not known."""
    authors: tuple[str, ...] = ()
    category: str | None = None
    original: str | None = None
    """Where the article was taken from, a whole address."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Articles, the newest first."""

    url: str
    """Its own whole address; of an Atom feed its ``id``, too."""
    page: str
    """The whole address of what it says as a page."""
    title: str
    site: str
    """Who speaks where an article names no source."""
    language: Language
    """Of the title; articles are Vietnamese."""
    entries: Sequence[Entry]


def midnight(day: str, zone: tzinfo) -> datetime:
    """Return the first moment of a civil day ``YYYY-MM-DD`` in ``zone``."""
    moment = datetime.combine(date.fromisoformat(day), time(), zone)
    # Before there were time zones clocks differed by seconds, too (7:06:30 in Hà Nội): RFC 3339 has minutes only.
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
