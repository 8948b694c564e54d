"""A SearchResponse as the JSON of the contract; the API and ``tracuu search --json`` print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from indexer.directive_json import card_json, named_json
from indexer.model import FACETS, UNDATED, Copy, FacetValue, FileHit, Hit, Marked, SearchResponse
from indexer.related import Related
from indexer.stored import StoredArticle
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
    if response.directives or response.alike:
        document["directives"] = [card_json(card) for card in response.directives]
        document["alike"] = named_json(response.alike)
    if response.looser is not None:
        document["looser"] = {
            "total": response.looser.total,
            "hits": [_hit(hit) for hit in response.looser.hits],
        }
    return document


def article_json(article: StoredArticle) -> dict[str, Any]:
    """Return all that is known of ``article`` in plain lists and dicts; ``original`` is its address at its source."""
    values = asdict(article)
    values["source"] = values.pop("sources")
    values.pop("slug")
    values["url"], values["original"] = article.address, values["url"]
    return values


def answer_json(article: StoredArticle) -> dict[str, Any]:
    """Return ``article`` as an item of a list: the fields of a hit as far as they don't depend on a query."""
    return {
        **_item(article),
        "original": article.url,
        "type": list(article.type),
        "issuer": list(article.issuer),
        "cites": list(article.cites),
        "files": [{"name": file.name, "n": file.n} for file in article.files],
    }


def related_json(article: StoredArticle, found: Sequence[Related], copies: Sequence[Copy]) -> dict[str, Any]:
    """Return the articles related to ``article`` in plain lists and dicts, and those with the same text."""
    return {
        "id": article.id,
        "url": article.address,
        "copies": [_copy(copy) for copy in copies],
        "related": [
            {
                **_item(one.article),
                "score": one.score,
                "cites_it": one.cites_it,
                "cited_by_it": one.cited_by_it,
                "shared": list(one.shared),
            }
            for one in found
        ],
    }


def _item(article: StoredArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.address,
        "title": article.title,
        "source": list(article.sources),
        "category": article.category,
        "published": article.published,
        "numbers": list(article.numbers),
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {**asdict(copy), "source": list(copy.source)}


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
        "copies": [_copy(copy) for copy in hit.copies],
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
