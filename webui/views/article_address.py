"""Which article an address means, and the way to its own address where it is another."""

from __future__ import annotations

from urllib.parse import quote

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.errors import NotFoundError
from indexer.search.articles import Articles
from indexer.stored.address import named, readable_path, title_slug
from indexer.stored.article import StoredArticle
from webui.presenters import links

_FOR_GOOD = 301
_AS_SENT = "!$%&'()*+,/:;=?@[]"
"""Of a query string; some programs send bytes that are to be encoded."""


def article_at(articles: Articles, last: str) -> StoredArticle:
    """Return the article that the last part of an address means: title and id, else an id, else an id behind another title.

    Raises NotFoundError.
    """
    parts = named(last)
    behind = _known(articles, parts.slug) if parts else None
    if parts and behind and title_slug(behind.title) == parts.title:
        return behind
    return _known(articles, last) or behind or articles.by_slug(last)


def way_to(article: StoredArticle, last: str) -> BaseResponse | None:
    """Return the redirect from an address that ends with ``last`` to that of ``article``; None where it is its own."""
    path = readable_path(article.slug, article.title)
    if path.rpartition("/")[2] == last:
        return None
    asked = quote(flask.request.query_string, safe=_AS_SENT)
    return flask.redirect(links.mounted(path) + (f"?{asked}" if asked else ""), _FOR_GOOD)


def _known(articles: Articles, slug: str) -> StoredArticle | None:
    try:
        return articles.by_slug(slug)
    except NotFoundError:
        return None
