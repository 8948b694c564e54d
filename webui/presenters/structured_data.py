"""The content of pages as schema.org data, limited to what the texts state. Pure.

``root`` is the public address of the site, which precedes paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from indexer.directives import legal_status
from indexer.model import Particulars
from indexer.search.directives.view import DirectiveView
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.context.translation import gettext
from webui.presenters import links
from webui.presenters.meta import shortened

_LONGEST_HEADLINE = 110
_FORCE = {
    legal_status.ENDED: "NotInForce",
    legal_status.SUSPENDED: "NotInForce",
    legal_status.NOT_YET: "NotInForce",
    legal_status.PART_ENDED: "PartiallyInForce",
    legal_status.IN_FORCE: "InForce",
}
"""Legal statuses that have a schema.org equivalent. Being amended does not tell whether a document is in force, nor does its
own text (:data:`indexer.directives.legal_status.SINCE`), so nothing is claimed for those."""

Thing = dict[str, Any]


def website(root: str, name: str, description: str) -> Thing:
    """Return the site with its search action."""
    return {
        "@type": "WebSite",
        "@id": f"{root}/#website",
        "url": f"{root}/",
        "name": name,
        "description": description,
        "inLanguage": ["vi", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{root}{links.SEARCH}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(root: str, places: Iterable[tuple[str, str]]) -> Thing:
    """Return the breadcrumbs from the home page to a page, as names and paths; the last is the page itself."""
    way = [(gettext("Trang chủ"), "/"), *places]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": root + path}
            for position, (name, path) in enumerate(way, 1)
        ],
    }


def article(root: str, found: StoredArticle, description: str) -> Thing:
    """Return an article of a portal: a news article, unless it may be the record of a document, which has a page of its own."""
    url = root + readable_path(found.slug, found.title)
    may_be_record = found.numbers and (found.particulars != Particulars() or not found.body)
    return _without_gaps(
        {
            "@type": "Article" if may_be_record else "NewsArticle",
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": shortened(found.title, _LONGEST_HEADLINE) or gettext("Bài viết không có tiêu đề"),
            "description": description,
            "inLanguage": "vi",
            "datePublished": found.published_at or found.published,
            "dateModified": found.updated,
            "articleSection": found.category,
            "publisher": _organisations(found.sources),
            "isBasedOn": links.outside_url(found.url),
            "isAccessibleForFree": True,
        }
    )


def legislation(root: str, view: DirectiveView, path: str) -> Thing | None:
    """Return a document, with its legal status if known; None if the number stands for several documents or none."""
    card = view.card
    if view.alike or (view.variants and view.variant is None):
        return None
    force = _FORCE.get(card.legal_status.status or "")
    return _without_gaps(
        {
            "@type": "Legislation",
            "@id": f"{root}{path}#document",
            "url": root + path,
            "name": (view.variant or card).label,
            "inLanguage": "vi",
            "legislationIdentifier": card.number,
            "legislationType": view.type,
            "legislationDate": view.issued,
            "legislationPassedBy": _organisations([view.issuer] if view.issuer else []),
            "legislationLegalForce": f"https://schema.org/{force}" if force else None,
            # Stated by a later source, and only for the date of that source.
            "legislationDateVersion": card.legal_status.as_of,
            "spatialCoverage": "Việt Nam",
        }
    )


def category_path(category: str) -> str:
    """Return the path of the articles in a category."""
    return f"{links.SEARCH}?category={quote(category)}"


def _organisations(names: Iterable[str]) -> list[Thing]:
    return [{"@type": "Organization", "name": name} for name in names]


def _without_gaps(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
