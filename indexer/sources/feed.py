"""RSS (0.9 to 2.0) and Atom: feed entries as records. An entry that leaves the feed is not gone from its site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from indexer.errors import ItemError
from indexer.sources import Item, Partly, Problem, Withdrawn
from indexer.sources.attachments import last_part
from indexer.sources.audience import KEY as AUDIENCE
from indexer.sources.audience import is_misspelt
from indexer.sources.page import LINKED_NAME
from indexer.sources.records import Row
from indexer.sources.tracked_file import TrackedFile
from indexer.sources.xml_stream import Node, XmlReader

_PUBLISHING = ("http://www.w3.org/2007/app ", "http://purl.org/atom/app# ", "app ")
_ATOM, _MEDIA = "http://www.w3.org/2005/Atom ", "http://search.yahoo.com/mrss/ "
_RSS = (
    "",
    "http://purl.org/rss/1.0/ ",
    "http://my.netscape.com/rdf/simple/0.9/ ",
    "http://backend.userland.com/rss2 ",
)
_CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/ ", "http://purl.org/dc/terms/ "
_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_BASE = "http://www.w3.org/XML/1998/namespace base"
_DOCUMENTS = (
    "application/pdf",
    "application/msword",
    "application/vnd.",
    "application/rtf",
    "application/zip",
)
"""Beginnings of media types that are attachments, whatever their addresses end with."""


class FeedRows:
    """Reads the entries of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = TrackedFile(path)
        self._site = ""

    def rows(self) -> Iterator[Row | Item]:
        """Yield the entries in file order."""
        yield Partly()
        items = [f"{space}item" for space in _RSS]
        reader = XmlReader([*items, *(f"{space}link" for space in _RSS), f"{_ATOM}entry"])
        number = 0
        try:
            with closing(self._file.chunks(self._path)) as chunks:
                for node in reader.read(chunks):
                    if isinstance(node, Node) and node.name.endswith("link"):
                        self._site = self._site or node.text
                        continue
                    number += 1
                    if isinstance(node, ItemError):
                        yield Problem(f"{self._path.name}[{number}]", str(node))
                    else:
                        record = _entry(node) if node.name.startswith(_ATOM) else _item(node, self._site)
                        record |= _audience(node)
                        if _is_published(node):
                            yield number, {key: value for key, value in record.items() if value}
                        elif record["id"]:
                            yield Withdrawn(record["id"])
        except ItemError as error:
            yield Problem(self._path.name, str(error))

    def progress(self) -> float | None:
        """Return the share of bytes read."""
        return self._file.progress()


def _is_published(node: Node) -> bool:
    """Return whether an entry is published: not a draft nor, in a Blogger export, a comment or a setting."""
    for space in _PUBLISHING:
        if any(control.value(f"{space}draft") == "yes" for control in node.all(f"{space}control")):
            return False
    kinds = [one.attributes.get("term", "") for one in node.all(f"{_ATOM}category") if _is_kind(one)]
    return all(one.endswith(("#post", "#page")) for one in kinds)


def _audience(node: Node) -> dict[str, str]:
    """Return the audience stated by an entry as in a record, in an element without a namespace."""
    found = {one.name.removeprefix(_ATOM): one.text for one in node.children if isinstance(one, Node)}
    return {name: text for name, text in found.items() if name == AUDIENCE or is_misspelt(name)}


def _is_kind(category: Node) -> bool:
    return category.attributes.get("scheme") == "http://schemas.google.com/g/2005#kind"


def _item(node: Node, site: str) -> dict[str, Any]:
    """Return an RSS item; a guid that is not an address is prefixed with that of the site, since others count from 1, too."""

    def value(name: str) -> str:
        return node.value(*(f"{space}{name}" for space in _RSS))

    link = value("link") or (value("guid") if value("guid").startswith("http") else "")
    guid = value("guid") or node.attributes.get(_ABOUT, "")
    if guid and ":" not in guid:
        guid = f"{site or link}#{guid}"
    body, description = node.value(_CONTENT), value("description")
    categories = [one.text for one in node.all(*(f"{space}category" for space in _RSS), f"{_DC}subject")]
    files = list(node.all(*(f"{space}enclosure" for space in _RSS), f"{_MEDIA}content"))
    files += [one for group in node.all(f"{_MEDIA}group") for one in group.all(f"{_MEDIA}content")]
    return {
        "id": guid or link,
        "title_html": value("title"),
        "summary_html": description if body else "",
        "body_html": body or description,
        "published": _moment(
            value("pubDate") or node.value(f"{_DC}date", f"{_TERMS}issued", f"{_TERMS}created")
        ),
        "updated": _moment(node.value(f"{_ATOM}updated", f"{_TERMS}modified")),
        "url": link,
        "category": categories[0] if len(categories) == 1 else categories,
        "source": value("source"),
        "author": node.value(f"{_DC}creator") or value("author"),
        "attachments": [one for file in files if (one := _attachment(file, link))],
    }


def _entry(node: Node) -> dict[str, Any]:
    links = list(node.all(f"{_ATOM}link"))
    base = node.attributes.get(_BASE, "")
    pages = [
        one.attributes.get("href", "")
        for one in links
        if one.attributes.get("rel", "alternate") == "alternate"
    ]
    link = _joined(base, pages[0]) if pages else ""
    body, summary = _html(node, f"{_ATOM}content"), _html(node, f"{_ATOM}summary")
    files = [one for one in links if one.attributes.get("rel") == "enclosure"]
    origin = next(node.all(f"{_ATOM}source"), None)
    author = next(node.all(f"{_ATOM}author"), None)
    categories = [
        one.attributes.get("label") or one.attributes.get("term", "")
        for one in node.all(f"{_ATOM}category")
        if not _is_kind(one)
    ]
    return {
        "id": node.value(f"{_ATOM}id") or link,
        "title_html": _html(node, f"{_ATOM}title"),
        "summary_html": summary if body else "",
        "body_html": body or summary,
        "published": _moment(node.value(f"{_ATOM}published", f"{_ATOM}updated")),
        "updated": _moment(node.value(f"{_ATOM}updated")),
        "url": link,
        "category": categories[0] if len(categories) == 1 else categories,
        "source": origin.value(f"{_ATOM}title") if origin else "",
        "author": author.value(f"{_ATOM}name") if author else "",
        "attachments": [one for file in files if (one := _attachment(file, base or link))],
    }


def _html(node: Node, name: str) -> str:
    """Return an Atom text as HTML, according to its ``type``."""
    found = next(node.all(name), None)
    if found is None:
        return ""
    kind = found.attributes.get("type", "text")
    return found.text if kind in ("html", "text/html") else found.inner.strip()


def _attachment(file: Node, base: str) -> dict[str, str] | None:
    """Return the document that an element links to; None for pictures, audio and video."""
    address = file.attributes.get("url") or file.attributes.get("href", "")
    type_ = file.attributes.get("type", "").partition(";")[0].strip().lower()
    name = last_part(address.partition("?")[0].partition("#")[0])
    if not address or not (LINKED_NAME.fullmatch(name) or type_.startswith(_DOCUMENTS)):
        return None
    return {
        "url": _joined(base, address),
        "media_type": type_,
        "name": file.attributes.get("title", "") or name,
    }


def _moment(text: str) -> str:
    """Return an RFC 822 time, as used by RSS, as ISO 8601."""
    if not text or text[:4].isdigit():
        return text
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return text
    # "-0000" as defined by RFC 5322
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip()) if base else address.strip()
    except ValueError:
        return address
