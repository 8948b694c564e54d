"""The rules for JSON-LD that search engines check pages against: those of schema.org for the types we use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

_NEEDED = {
    "WebSite": {"url", "name"},
    "NewsArticle": {"url", "headline", "mainEntityOfPage"},
    "Legislation": {"url", "name", "legislationIdentifier"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Organization": {"name"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
}
_ALLOWED = {
    "WebSite": {"description", "inLanguage", "potentialAction"},
    "NewsArticle": {"description", "inLanguage", "datePublished", "dateModified", "articleSection", "publisher", "isBasedOn",
        "isAccessibleForFree"},
    "Legislation": {"inLanguage", "legislationType", "legislationDate", "legislationPassedBy", "legislationLegalForce",
        "legislationDateVersion", "spatialCoverage"},
}  # fmt: skip
_NEEDED["Article"], _ALLOWED["Article"] = _NEEDED["NewsArticle"], _ALLOWED["NewsArticle"]
_ADDRESSES = {"url", "item", "mainEntityOfPage", "isBasedOn", "urlTemplate", "@id"}
_DAYS = {"datePublished", "dateModified", "legislationDate", "legislationDateVersion"}
_FORCES = {f"https://schema.org/{name}" for name in ("InForce", "NotInForce", "PartiallyInForce")}


def problems_of(text: str) -> list[str]:
    """Return what is wrong with the JSON-LD ``text``."""
    document = json.loads(text)
    if document.get("@context") != "https://schema.org":
        return ["no context"]
    return [problem for thing in document["@graph"] for problem in _of(thing)]


def _of(thing: dict[str, Any]) -> Iterator[str]:
    kind = thing.get("@type", "")
    if kind not in _NEEDED:
        yield f"unknown type {kind!r}"
        return
    names = thing.keys() - {"@type", "@id"}
    yield from (f"{kind} lacks {name}" for name in _NEEDED[kind] - names)
    yield from (f"{kind} has no {name}" for name in names - _NEEDED[kind] - _ALLOWED.get(kind, set()))
    for name, value in thing.items():
        if value in (None, "", [], {}):
            yield f"{kind}.{name} is empty"
        if name in _ADDRESSES and not _is_address(value):
            yield f"{kind}.{name} is no whole address: {value}"
        if name in _DAYS and not _is_day(value):
            yield f"{kind}.{name} is no day: {value}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _of(inner)
    if kind in ("Article", "NewsArticle") and len(thing["headline"]) > 110:
        yield "the headline is longer than 110 characters"
    if (
        kind == "Legislation"
        and thing.get("legislationLegalForce", "https://schema.org/InForce") not in _FORCES
    ):
        yield f"{thing['legislationLegalForce']} is no legal force"
    if kind == "BreadcrumbList":
        positions = [one["position"] for one in thing["itemListElement"]]
        if positions != list(range(1, len(positions) + 1)):
            yield f"positions {positions}"
    if kind == "SearchAction" and "{search_term_string}" not in thing["target"]["urlTemplate"]:
        yield "the search has no place for its words"


def _is_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in value and value.isascii()


def _is_day(value: str) -> bool:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
