"""A SearchResponse as the JSON of the contract; the API and ``tracuu search --json`` print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from indexer.model import FACETS, UNDATED, FacetValue, FileHit, Hit, Marked, SearchResponse
from indexer.suggest.completion import Suggestion


def suggestions_json(prefix: str, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """Return suggestions in plain lists and dicts; only titles have a ``url``."""
    return {
        "prefix": prefix,
        "suggestions": [
            {name: value for name, value in asdict(one).items() if value is not None} for one in suggestions
        ],
    }


def response_json(response: SearchResponse) -> dict[str, Any]:
    """Return ``response`` in plain lists and dicts; ``looser`` is there only where there is one."""
    document: dict[str, Any] = {
        "query": {
            "text": response.query.text,
            "interpretation": list(response.query.interpretation),
            "suggestion": response.query.suggestion,
        },
        "total": response.total,
        "folded": response.folded,
        "page": response.page,
        "size": response.size,
        "took_ms": response.took_ms,
        "hits": [_hit(hit) for hit in response.hits],
        "facets": {
            name: [_value(value, with_children=name == "date") for value in response.facets.get(name, ())]
            for name in FACETS
        },
    }
    if response.looser is not None:
        document["looser"] = {
            "total": response.looser.total,
            "hits": [_hit(hit) for hit in response.looser.hits],
        }
    return document


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "url": hit.url,
        "title": _marked(hit.title),
        "snippet": _marked(hit.snippet),
        "source": list(hit.source),
        "category": hit.category,
        "published": hit.published,
        "score": hit.score,
        "numbers": list(hit.numbers),
        "cites": list(hit.cites),
        "files": [_file(file) for file in hit.files],
        "copies": [{**asdict(copy), "source": list(copy.source)} for copy in hit.copies],
    }


def _file(file: FileHit) -> dict[str, Any]:
    return {"name": file.name, "n": file.n, "page": file.page, "snippet": _marked(file.snippet)}


def _marked(marked: Marked) -> dict[str, Any]:
    return {"text": marked.text, "marks": [list(mark) for mark in marked.marks]}


def _value(value: FacetValue, *, with_children: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if with_children and value.value != UNDATED:
        shown["children"] = [_value(child, with_children=False) for child in value.children]
    return shown
