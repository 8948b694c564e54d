"""The content of a feed in any format; :mod:`.atom` and :mod:`.rss` write it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from indexer.model import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed; ``id`` and ``url`` are absolute addresses, everything else is plain text."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime | None
    """An aware datetime; None if unknown."""
    authors: tuple[str, ...] = ()
    category: str | None = None
    original: str | None = None
    """Absolute address from which the article was taken."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of articles, newest first."""

    url: str
    """Its absolute address; in Atom also its ``id``."""
    page: str
    """Absolute address of the page with the same content."""
    title: str
    site: str
    """The author of articles that name no source."""
    language: Language
    """The language of the title; articles are Vietnamese."""
    entries: Sequence[Entry]


def midnight(day: str, zone: tzinfo) -> datetime:
    """Return the first moment of the date ``YYYY-MM-DD`` in ``zone``."""
    moment = datetime.combine(date.fromisoformat(day), time(), zone)
    # Before time zones existed, local times differed by seconds (7:06:30 in Hà Nội); RFC 3339 allows only minutes.
    minutes = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
