"""All results of a search as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import flask

from indexer.contract.article_json import listed_json
from indexer.contract.limits import LAST_RESULT
from indexer.search.request import SearchRequest
from indexer.stored.article import StoredArticle
from indexer.vietnamese.letters import fold
from webui.context.parameters import asked
from webui.context.public_url import root_url
from webui.context.service import searcher
from webui.presenters.columns import article_headings, article_rows
from webui.presenters.lists import csv_list, json_list

result_lists = flask.Blueprint("result_lists", __name__)
_LONGEST_NAME = 60
"""Characters of the query in the name of a file."""


@result_lists.get("/search.<any(csv, json):form>")
def results(form: str) -> flask.Response:
    """The first 10,000 articles that answer, in the order asked, copies of one text among them."""
    request = asked(without=("page", "size"))
    articles, root = searcher().listed(request, LAST_RESULT), root_url()
    if form == "json":
        return json_list(_name(request), _items(articles, root))
    return csv_list(_name(request), article_headings(), article_rows(articles, root))


def _items(articles: Iterable[tuple[StoredArticle, str | None]], root: str) -> Iterator[dict[str, Any]]:
    """Yield articles with whole addresses: a file that was saved is nowhere that paths could start from."""
    for article, status in articles:
        item = listed_json(article, status)
        yield {**item, "url": root + item["url"]}


def _name(request: SearchRequest) -> str:
    """Return the name of the file: ``ket-qua-chuyen-doi-so``, letters that every system can save."""
    asked = re.sub("[^a-z0-9]+", "-", fold(request.text)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"ket-qua-{asked}" if asked else "ket-qua"
