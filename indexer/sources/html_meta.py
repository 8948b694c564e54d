"""Metadata in the head of an HTML page: ``<title>``, ``<meta>`` and schema.org data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from indexer.errors import ItemError
from indexer.html.tree import Element
from indexer.sources.text import display_line

_ARTICLES = ("article", "posting", "legislation", "report", "digitaldocument")
"""Endings of schema.org types of articles: ``NewsArticle``, ``BlogPosting``."""
_TEXTS = {
    "headline": "headline", "datePublished": "datepublished", "dateModified": "datemodified",
    "articleSection": "articlesection", "legislationIdentifier": "legislationidentifier",
    "legislationDate": "legislationdate", "legislationType": "legislationtype", "legislationPassedBy": "legislationpassedby",
    "legislationDateVersion": "legislationdateversion", "legislationLegalForce": "legislationlegalforce",
}  # fmt: skip
_VALUES = {
    "number": "legislationidentifier", "issued": "legislationdate", "type": "legislationtype", "issuer": "legislationpassedby",
    "effective": "legislationdateversion",
}  # fmt: skip
_FORCE = {
    "inforce": "Còn hiệu lực",
    "notinforce": "Hết hiệu lực",
    "partiallyinforce": "Hết hiệu lực một phần",
}
_MOST_ENTRIES, _MOST_FILES = 500, 50
LINKED_FILES = "ld:files"


def read_meta(root: Element) -> dict[str, str]:
    """Return names and properties of ``<meta>`` in lower case with their first content, ``<title>`` as ``title``, the canonical
    address as ``canonical``, and what schema.org data say about the article and the ``trail`` of its sections."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = display_line(element.get("content") or "")
        if content:
            meta.setdefault(name.lower().strip(), content)
    title = root.find(".//head/title")
    if title is None:
        title = next(
            (e for e in root.iter("title") if not any(a.tag == "svg" for a in e.iterancestors())), None
        )
    if title is not None:
        meta.setdefault("title", display_line(title.text_content()))
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            meta.setdefault("canonical", element.get("href").strip())
    for element in root.iter("a"):
        if (
            "category" in (element.get("rel") or "").split()
            and next(element.iterancestors("article"), None) is not None
        ):
            meta.setdefault("rel:category", display_line(element.text_content()))
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or ""):
            for key, value in _linked_data(element.text or ""):
                meta.setdefault(key, value)
    return meta


def document_values(meta: Mapping[str, str]) -> dict[str, str]:
    """Return what schema.org data say about a legal document, keyed by the names of document labels."""
    found = {name: value for name, key in _VALUES.items() if (value := meta.get(key))}
    force = meta.get("legislationlegalforce", "").rpartition("/")[2].lower()
    return {**found, **({"status": _FORCE[force]} if force in _FORCE else {})} if "number" in found else {}


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """Yield schema.org data, entries about articles first."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    entries = list(islice(_entries(data), _MOST_ENTRIES))
    entries.sort(key=lambda entry: not _is_article(entry))
    for entry in entries:
        for key, name in _TEXTS.items():
            if (key != "headline" or _is_article(entry)) and (value := _text(entry.get(key))):
                yield name, value
        if (
            "legislation" in _kinds(entry)
            and not entry.get("headline")
            and (name := _text(entry.get("name")))
        ):
            yield "headline", name
        if _is_article(entry) and (publisher := _text(entry.get("publisher"))):
            yield "ld:publisher", publisher
        if _is_article(entry) and (files := _files(entry)):
            yield LINKED_FILES, json.dumps(files)
        if _kinds(entry) & {"breadcrumblist"} and (trail := _trail(entry.get("itemListElement"))):
            yield "trail", trail


def linked_files(meta: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and addresses of the files that are encodings or parts of an article according to schema.org data."""
    return [(name, href) for name, href in json.loads(meta.get(LINKED_FILES, "[]"))]


def _files(entry: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = []
    for key in ("encoding", "associatedMedia", "hasPart"):
        given = entry.get(key)
        found += [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict)]
    files = ((_text(one.get("name")), _text(one.get("contentUrl"))) for one in found[:_MOST_FILES])
    return [(name, href) for name, href in files if href]


def _entries(data: object) -> Iterator[dict[str, Any]]:
    """Yield the entries of a document, of its graph, and those that they are about."""
    waiting = [data]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one[:_MOST_ENTRIES], *waiting][:_MOST_ENTRIES]
        elif isinstance(one, dict):
            yield one
            waiting += [
                one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb") if key in one
            ]


def _kinds(entry: dict[str, Any]) -> set[str]:
    kinds = entry.get("@type")
    return {kind.lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _is_article(entry: dict[str, Any]) -> bool:
    return any(kind.endswith(_ARTICLES) for kind in _kinds(entry))


def _text(value: object) -> str:
    """Return the text of a value, of the first of several, or the name of an object."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    try:
        return display_line(value) if isinstance(value, str) else ""
    except ItemError:  # half a surrogate pair
        return ""


def _trail(items: object) -> str:
    """Return the steps of a breadcrumb list, in the notation of pages."""
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    steps = [_text(item.get("name")) or _text(item.get("item")) for item in entries]
    return " » ".join(filter(None, steps))
