"""What the head of an HTML page says about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from indexer.sources.text import display_line

Element = Any
"""An element of the parsed page; the parser has no types of its own."""


def read_meta(root: Element) -> dict[str, str]:
    """Return names and properties of ``<meta>`` in lower case with their first content, the
    ``<title>`` as ``title``, and the dates and section of schema.org data."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = display_line(element.get("content") or "")
        if content:
            meta.setdefault(name.lower().strip(), content)
    title = root.find(".//title")
    if title is not None:
        meta.setdefault("title", display_line(title.text_content()))
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or ""):
            for key, value in _linked_data(element.text or ""):
                meta.setdefault(key.lower(), value)
    return meta


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """Yield the dates and the section of schema.org data, of the page's first article."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    entries = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            for key in ("datePublished", "dateModified", "articleSection"):
                if isinstance(entry.get(key), str):
                    yield key, display_line(entry[key])
