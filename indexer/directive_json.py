"""A DirectiveView as JSON; the API and ``tracuu directive --json`` print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.directive_index import Citing, DirectiveView, Named
from indexer.stored import StoredArticle


def directive_json(view: DirectiveView) -> dict[str, Any]:
    """Return ``view`` in plain lists and dicts; relations are named as ``tracuu citations`` names them."""
    card = view.card
    source = card.standing.source
    return {
        "number": card.number,
        "label": card.label,
        "key": card.key,
        "url": f"/api/v1/directives/{card.slug}",
        "type": view.type,
        "issuer": view.issuer,
        "standing": {
            "status": card.standing.status,
            "sentence": card.standing.sentence,
            "article": _article(source) if source else None,
        },
        "texts": [_article(article) for article in card.texts],
        "variants": [
            {
                "label": one.label,
                "year": one.year,
                "kind": one.kind,
                "place": one.place,
                "articles": one.articles,
            }
            for one in view.variants
        ],
        "cited_by": {
            "total": card.cited_by,
            "by_relation": dict(card.by_relation),
            "by_year": [{"year": year, "articles": n} for year, n in view.timeline],
            "articles": {group.relation: [_citing(one) for one in group.articles] for group in view.groups},
        },
        "acted_on_by": _edges(view.acted_on_by),
        "acts_on": _edges(view.acts_on),
        "cited_together_with": named_json(view.together),
        "looser": named_json(view.looser),
    }


def named_json(named: Sequence[Named]) -> list[dict[str, Any]]:
    """Return documents with the number of articles that name them."""
    return [
        {
            "label": one.label,
            "key": one.key,
            "url": f"/api/v1/directives/{one.slug}",
            "articles": one.articles,
        }
        for one in named
    ]


def _edges(edges: Sequence[tuple[str, Sequence[Named]]]) -> dict[str, list[dict[str, Any]]]:
    return {relation: named_json(named) for relation, named in edges}


def _article(article: StoredArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": f"/articles/{article.slug}",
        "title": article.title,
        "published": article.published,
        "source": list(article.sources),
    }


def _citing(one: Citing) -> dict[str, Any]:
    citation = one.citation
    return {
        **_article(one.article),
        "part": citation.part,
        "date": citation.date,
        "sentence": citation.sentence,
        "file": citation.file,
        "page": citation.page,
    }
