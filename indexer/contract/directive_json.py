"""A DirectiveView as JSON; the API and ``tracuu directive --json`` print it."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.contract.types.articles import ArticleBrief
from indexer.contract.types.directives import (
    CardAnswer,
    CitingAnswer,
    DirectiveAnswer,
    EdgeAnswer,
    NamedAnswer,
    StandingAnswer,
    TextAnswer,
    VariantAnswer,
)
from indexer.register.named import Citing, Named
from indexer.search.directives.view import DirectiveCard, DirectiveView, Variant
from indexer.stored.article import StoredArticle


def directive_json(view: DirectiveView) -> DirectiveAnswer:
    """Return ``view`` as plain lists and dicts; relations have the names used by ``tracuu citations``."""
    card = view.card
    return {
        "number": card.number,
        "label": card.label,
        "key": card.key,
        "url": _address(card.slug),
        "page": f"/directives/{card.slug}",
        "standing": _legal_status(card),
        "texts": _texts(card),
        "type": view.type,
        "issuer": view.issuer,
        "issued": view.issued,
        "effective": view.effective,
        "signer": view.signer,
        "subject": view.subject,
        "place": view.place,
        "variants": list(map(_variant, view.variants)),
        "cited_by": {
            "total": view.card.cited_by,
            "by_relation": dict(view.card.by_relation),
            "by_year": [{"year": year, "articles": n} for year, n in view.timeline],
            "articles": {
                group.relation: [citing_json(one) for one in group.articles] for group in view.groups
            },
        },
        "acted_on_by": _edges(view.acted_on_by),
        "acts_on": _edges(view.acts_on),
        "cited_together_with": named_json(view.together),
        "looser": named_json(view.alike),
    }


def card_json(card: DirectiveCard) -> CardAnswer:
    """Return a summary of a document."""
    return {
        "number": card.number,
        "label": card.label,
        "key": card.key,
        "url": _address(card.slug),
        "page": f"/directives/{card.slug}",
        "standing": _legal_status(card),
        "texts": _texts(card),
        "variants": list(map(_variant, card.variants)),
        "cited_by": {"total": card.cited_by, "by_relation": dict(card.by_relation)},
    }


def _variant(one: Variant) -> VariantAnswer:
    return {
        "label": one.label,
        "year": one.year,
        "kind": one.kind,
        "place": one.place,
        "articles": one.articles,
    }


def _address(slug: str) -> str:
    return f"/api/v1/directives/{slug}"


def _legal_status(card: DirectiveCard) -> StandingAnswer:
    source = card.legal_status.source
    return {
        "status": card.legal_status.status,
        "sentence": card.legal_status.sentence,
        "article": _article(source) if source else None,
        "since": card.legal_status.since,
        "by": card.legal_status.by,
        "as_of": card.legal_status.as_of,
        "later": named_json(card.later),
        "reach": card.reach,
        "updated": card.updated,
    }


def _texts(card: DirectiveCard) -> list[TextAnswer]:
    return [
        {**_article(article), "files": [{"name": f.name, "n": f.n} for f in card.files(article)]}
        for article in card.texts
    ]


def named_json(named: Sequence[Named]) -> list[NamedAnswer]:
    """Return documents with the number of articles naming each."""
    return [
        {
            "label": one.label,
            "key": one.key,
            "url": _address(one.slug),
            "articles": one.articles,
        }
        for one in named
    ]


def _edges(edges: Sequence[tuple[str, Sequence[Named]]]) -> dict[str, list[EdgeAnswer]]:
    return {relation: list(map(_edge, named)) for relation, named in edges}


def _edge(one: Named) -> EdgeAnswer:
    (named,) = named_json([one])
    said = one.said
    return {
        **named,
        "sentence": said.citation.sentence if said else None,
        "article": _article(said.article) if said else None,
    }


def _article(article: StoredArticle) -> ArticleBrief:
    return {
        "id": article.id,
        "url": article.address,
        "title": article.title,
        "published": article.published,
        "source": list(article.sources),
    }


def citing_json(one: Citing) -> CitingAnswer:
    """Return the relation of one article to a document."""
    citation = one.citation
    return {
        **_article(one.article),
        "relation": citation.relation,
        "subject": citation.subject,
        "part": citation.part,
        "date": citation.date,
        "sentence": citation.sentence,
        "file": citation.file,
        "page": citation.page,
    }
