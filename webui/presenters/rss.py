"""RSS 2.0 feeds, as described by the RSS Advisory Board. Pure: values in, bytes out."""

from __future__ import annotations

import html
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from webui.presenters.feed import Entry, Feed
from webui.presenters.printable import printable

MEDIA_TYPE = "application/rss+xml"
_NAMESPACES = {"xmlns:atom": "http://www.w3.org/2005/Atom", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
"""Namespaces for the address of the feed itself, and for authors without an email address."""


def rss_xml(feed: Feed) -> bytes:
    """Return ``feed`` as an XML document in UTF-8."""
    root = ElementTree.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page)
    _add(channel, "description", feed.title)
    # The language of the articles: a channel can have only one.
    _add(channel, "language", "vi")
    self_link = {"href": printable(feed.url), "rel": "self", "type": MEDIA_TYPE}
    ElementTree.SubElement(channel, "atom:link", self_link)
    newest = max((entry.published for entry in feed.entries if entry.published), default=None)
    if newest:
        _add(channel, "lastBuildDate", _moment(newest))
    for entry in feed.entries:
        _item(ElementTree.SubElement(channel, "item"), entry)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _item(element: ElementTree.Element, entry: Entry) -> None:
    _add(element, "title", entry.title)
    _add(element, "link", entry.url)
    _add(element, "guid", entry.id, {"isPermaLink": "true"})
    if entry.published:
        _add(element, "pubDate", _moment(entry.published))
    for name in entry.authors:
        _add(element, "dc:creator", name)
    if entry.category:
        _add(element, "category", entry.category)
    if entry.summary:
        # Feed readers take it for HTML.
        _add(element, "description", html.escape(entry.summary, quote=False))


def _add(parent: ElementTree.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ElementTree.SubElement(parent, name, attributes or {}).text = printable(text)


def _moment(moment: datetime) -> str:
    """Return ``moment`` in the format of RFC 822, with a four-digit year."""
    return format_datetime(moment)
