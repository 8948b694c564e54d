"""Atom feeds (RFC 4287). Pure: values in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from xml.etree import ElementTree

from indexer.model import Language
from webui.presenters.printable import printable

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""``updated`` of an article without a day. An entry must have one, it must be the same each time the feed is read (the
time of reading would make old articles new again and again), and no real day may be claimed; readers put it last, as
the search does."""


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

    @property
    def updated(self) -> datetime:
        """When it was published: nothing tells when an article was changed since."""
        return self.published or _UNDATED


@dataclass(frozen=True, slots=True)
class Feed:
    """Articles, the newest first."""

    url: str
    """Its own whole address, which is its ``id``, too."""
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


def feed_xml(feed: Feed) -> bytes:
    """Return ``feed`` as an XML document in UTF-8."""
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "vi"})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title, {"xml:lang": feed.language})
    _add(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=_UNDATED)))
    _author(root, feed.site)
    _link(root, "self", feed.url, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    for entry in feed.entries:
        _entry(ElementTree.SubElement(root, "entry"), entry)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(element: ElementTree.Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.updated))
    if entry.published:
        _add(element, "published", _moment(entry.published))
    for name in entry.authors:
        _author(element, name)
    if entry.category:
        ElementTree.SubElement(element, "category", {"term": printable(entry.category)})
    _link(element, "alternate", entry.url, "text/html")
    if entry.original:
        _link(element, "via", entry.original)
    if entry.summary:
        _add(element, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ElementTree.SubElement(parent, name, attributes or {}).text = printable(text)


def _author(parent: ElementTree.Element, name: str) -> None:
    _add(ElementTree.SubElement(parent, "author"), "name", name)


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str | None = None) -> None:
    attributes = {"rel": relation, "href": printable(address)}
    if media_type:
        attributes["type"] = media_type
    ElementTree.SubElement(parent, "link", attributes)


def _moment(moment: datetime) -> str:
    """Return ``moment`` as RFC 3339 has it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
