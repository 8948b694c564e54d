"""The article named by an editor, by its id or by a copied address."""

from __future__ import annotations

from functools import partial
from urllib.parse import unquote, urlsplit

from indexer.errors import NotFoundError
from indexer.search.searcher import Searcher
from webui.views.article_address import article_at

_ARTICLES = "/articles/"


def named_article(searcher: Searcher, given: str) -> str | None:
    """Return the id of the article named by ``given``, None if the public sees no such article."""
    try:
        path = urlsplit(given).path
    except ValueError:
        path = ""
    last = unquote(path.partition(_ARTICLES)[2].partition("/")[0])
    articles = searcher.articles
    for find, name in ((articles.by_id, given), (partial(article_at, articles), last)):
        try:
            return find(name).id if name else None
        except NotFoundError:
            continue
    return None
