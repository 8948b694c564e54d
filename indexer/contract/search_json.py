"""A SearchResponse as the JSON of the contract; the API and ``tracuu search --json`` print it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any, cast

from indexer.contract.directive_json import card_json, named_json
from indexer.contract.parameters import cursor_of
from indexer.contract.types import (
    ArticleAnswer,
    ArticleItem,
    CopyAnswer,
    FacetsAnswer,
    FacetValueAnswer,
    FileHitAnswer,
    HitAnswer,
    MarkedText,
    RelatedAnswer,
    SearchAnswer,
    SuggestAnswer,
    SuggestionAnswer,
)
from indexer.model import UNDATED, Marked
from indexer.search.related import Related
from indexer.search.request import FACETS, SearchRequest
from indexer.search.response import Copy, FacetValue, FileHit, Hit, SearchResponse
from indexer.stored.article import StoredArticle
from indexer.suggest.completion import Suggestion

HIT_FIELDS = tuple(HitAnswer.__annotations__)
"""What ``fields`` can choose."""


def suggestions_json(prefix: str, suggestions: Sequence[Suggestion]) -> SuggestAnswer:
    """Return suggestions in plain lists and dicts; only titles have a ``url``."""
    return {"prefix": prefix, "suggestions": list(map(_suggestion, suggestions))}


def _suggestion(one: Suggestion) -> SuggestionAnswer:
    shown: SuggestionAnswer = {"text": one.text, "kind": one.kind, "count": one.count}
    if one.url is not None:
        shown["url"] = one.url
    return shown


def response_json(response: SearchResponse, fields: Collection[str] | None = None) -> SearchAnswer:
    """Return ``response`` in plain lists and dicts, of hits only ``fields`` and the id; None for all.

    ``looser`` and ``pinned`` are there only where there are such.
    """
    document: SearchAnswer = {
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
        "hits": [_chosen(_hit(hit), fields) for hit in response.hits],
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
    if response.pinned:
        document["pinned"] = [_chosen(_hit(hit), fields) for hit in response.pinned]
    if response.relaxed is not None:
        document["looser"] = {
            "total": response.relaxed.total,
            "hits": [_chosen(_hit(hit), fields) for hit in response.relaxed.hits],
        }
    return document


def reading_on_json(
    response: SearchResponse, request: SearchRequest, fields: Collection[str] | None = None
) -> SearchAnswer:
    """Return what was read on with a cursor: no facets, and the cursor to go on with."""
    document = response_json(response, fields)
    del document["facets"]
    document["next_cursor"] = None if response.next is None else cursor_of(response.next, request)
    return document


def _chosen(hit: HitAnswer, fields: Collection[str] | None) -> HitAnswer:
    if fields is None:
        return hit
    return cast(HitAnswer, {name: value for name, value in hit.items() if name == "id" or name in fields})


def article_json(article: StoredArticle) -> ArticleAnswer:
    """Return all that is known of ``article`` in plain lists and dicts; ``original`` is its address at its source."""
    values: dict[str, Any] = asdict(article)
    values["source"] = values.pop("sources")
    values.pop("slug")
    values["url"], values["original"] = article.address, values["url"]
    return cast(ArticleAnswer, values)


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


def related_json(article: StoredArticle, found: Sequence[Related], copies: Sequence[Copy]) -> RelatedAnswer:
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


def _item(article: StoredArticle) -> ArticleItem:
    return {
        "id": article.id,
        "url": article.address,
        "title": article.title,
        "source": list(article.sources),
        "category": article.category,
        "published": article.published,
        "numbers": list(article.numbers),
    }


def _copy(copy: Copy) -> CopyAnswer:
    return {
        "id": copy.id,
        "url": copy.url,
        "title": copy.title,
        "source": list(copy.source),
        "published": copy.published,
    }


def _hit(hit: Hit) -> HitAnswer:
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
