"""Atom feeds (RFC 4287). Pure: values in, bytes out."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from webui.presenters.feed import Entry, Feed
from webui.presenters.printable import printable

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Value of ``updated`` for undated articles. It is required and must stay the same on every read (the time of reading would
make old articles new again), yet must not claim a real date. Feed readers sort it last, as the search does."""


def feed_xml(feed: Feed) -> bytes:
    """Return ``feed`` as an XML document in UTF-8."""
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "vi"})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title, {"xml:lang": feed.language})
    _add(root, "updated", _moment(max(map(_updated, feed.entries), default=_UNDATED)))
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
    _add(element, "updated", _moment(_updated(entry)))
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


def _updated(entry: Entry) -> datetime:
    """Return the publication time: no record is kept of later changes."""
    return entry.published or _UNDATED


def _moment(moment: datetime) -> str:
    """Return ``moment`` in the format of RFC 3339."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
