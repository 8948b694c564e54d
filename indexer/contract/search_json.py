"""A SearchResponse as the JSON of the contract; the API and ``tracuu search --json`` print it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from indexer.contract.article_json import copy_json
from indexer.contract.cursor import cursor_of
from indexer.contract.directive_json import card_json, named_json
from indexer.contract.types.search import (
    FacetsAnswer,
    FacetValueAnswer,
    FileHitAnswer,
    HitAnswer,
    MarkedText,
    SearchAnswer,
)
from indexer.contract.types.suggestions import SuggestAnswer, SuggestionAnswer
from indexer.model import UNDATED, Marked
from indexer.search.request import FACETS, SearchRequest
from indexer.search.response import FacetValue, FileHit, Hit, SearchResponse
from indexer.suggest.completion import Suggestion

HIT_FIELDS = tuple(HitAnswer.__annotations__)
"""The values accepted by ``fields``."""


def suggestions_json(prefix: str, suggestions: Sequence[Suggestion]) -> SuggestAnswer:
    """Return suggestions as plain lists and dicts; only titles have a ``url``."""
    return {"prefix": prefix, "suggestions": list(map(_suggestion, suggestions))}


def _suggestion(one: Suggestion) -> SuggestionAnswer:
    shown: SuggestionAnswer = {"text": one.text, "kind": one.kind, "count": one.count}
    if one.url is not None:
        shown["url"] = one.url
    return shown


def response_json(response: SearchResponse, fields: Collection[str] | None = None) -> SearchAnswer:
    """Return ``response`` as plain lists and dicts, with only ``fields`` and the id of each hit; None means all.

    ``looser`` and ``pinned`` are present only if there are any.
    """
    document: SearchAnswer = {
        "query": {
            "text": response.query.text,
            "interpretation": list(response.query.interpretation),
            "reading": response.query.reading,
            "words": [list(word) for word in response.query.words],
            "suggestion": response.query.suggestion,
            "as_words": response.query.as_words,
        },
        "total": response.total,
        "folded": response.folded,
        "page": response.page,
        "size": response.size,
        "took_ms": response.took_ms,
        "hits": [_chosen(hit_json(hit), fields) for hit in response.hits],
        "facets": cast(
            FacetsAnswer,
            {
                name: [_value(value, with_children=name == "date") for value in response.facets.get(name, ())]
                for name in FACETS
            },
        ),
    }
    if response.directives or response.alike:
        document["directives"] = [card_json(card) for card in response.directives]
        document["alike"] = named_json(response.alike)
    if response.choice:
        document["choice"] = named_json(response.choice)
    if response.older:
        document["older"] = named_json(response.older)
    if response.pinned:
        document["pinned"] = [_chosen(hit_json(hit), fields) for hit in response.pinned]
    if response.relaxed is not None:
        document["looser"] = {
            "reading": response.relaxed.reading,
            "total": response.relaxed.total,
            "hits": [_chosen(hit_json(hit), fields) for hit in response.relaxed.hits],
        }
    return document


def reading_on_json(
    response: SearchResponse, request: SearchRequest, fields: Collection[str] | None = None
) -> SearchAnswer:
    """Return results read with a cursor: without facets, and with the next cursor."""
    document = response_json(response, fields)
    del document["facets"]
    document["next_cursor"] = None if response.next is None else cursor_of(response.next, request)
    return document


def _chosen(hit: HitAnswer, fields: Collection[str] | None) -> HitAnswer:
    if fields is None:
        return hit
    return cast(HitAnswer, {name: value for name, value in hit.items() if name == "id" or name in fields})


def hit_json(hit: Hit) -> HitAnswer:
    """Return one hit as plain lists and dicts."""
    return {
        "id": hit.id,
        "url": hit.url,
        "title": _marked(hit.title),
        "snippet": _marked(hit.snippet),
        "source": list(hit.source),
        "category": hit.category,
        "published": hit.published,
        "published_at": hit.published_at,
        "updated": hit.updated,
        "original": hit.original,
        "type": list(hit.type),
        "issuer": list(hit.issuer),
        "score": hit.score,
        "numbers": list(hit.numbers),
        "status": hit.status,
        "cites": list(hit.cites),
        "provisions": [
            {"name": one.name, "title": one.title, "url": one.url, "snippet": _marked(one.snippet)}
            for one in hit.provisions
        ],
        "files": [_file(file) for file in hit.files],
        "copies": [copy_json(copy) for copy in hit.copies],
    }


def _file(file: FileHit) -> FileHitAnswer:
    return {"name": file.name, "n": file.n, "page": file.page, "snippet": _marked(file.snippet)}


def _marked(marked: Marked) -> MarkedText:
    return {"text": marked.text, "marks": [list(mark) for mark in marked.marks]}


def _value(value: FacetValue, *, with_children: bool) -> FacetValueAnswer:
    shown: FacetValueAnswer = {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if with_children and value.value != UNDATED:
        shown["children"] = [_value(child, with_children=False) for child in value.children]
    return shown
