"""Lists of articles to download, in the requested format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import flask

from indexer.contract.article_json import listed_json
from indexer.stored.article import StoredArticle
from webui.context.translation import gettext
from webui.presenters.columns import ARTICLE_DAYS, ARTICLE_LINKS, article_headings, article_rows
from webui.presenters.saved_list import Form, saved_list
from webui.presenters.search_summary import Line
from webui.presenters.workbook import Table

Articles = Iterable[tuple[StoredArticle, str | None]]
"""Articles with their legal status; None if they are not documents with one."""


def article_list(
    form: Form, name: str, articles: Articles, root: str, about: Callable[[int], Sequence[Line]]
) -> flask.Response:
    """Return ``articles`` as a download called ``name``; ``about`` describes the list given its length, in formats that have
    room for it.
    """
    rows = article_rows(articles, root)
    table = Table(gettext("Bài viết"), article_headings(), rows, ARTICLE_DAYS, ARTICLE_LINKS)
    return saved_list(form, name, _items(articles, root), table, about)


def _items(articles: Articles, root: str) -> Iterator[dict[str, Any]]:
    """Yield articles with absolute addresses, since relative ones mean nothing in a saved file."""
    for article, status in articles:
        item = listed_json(article, status)
        yield {**item, "url": root + item["url"]}
