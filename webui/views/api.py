"""The JSON API under ``/api/v1``; errors are problem+json (see ``webui.middleware.errors``)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote_to_bytes

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.article_json import article_json, file_text_json, related_json
from indexer.contract.directive_json import directive_json
from indexer.contract.parameters import (
    read_api_request,
    read_beginning,
    read_limit,
    read_nothing,
    read_variant,
)
from indexer.contract.register_json import register_json
from indexer.contract.register_parameters import read_register
from indexer.contract.search_json import HIT_FIELDS, reading_on_json, response_json, suggestions_json
from indexer.errors import UsageError
from indexer.search.related import MOST_RELATED
from webui.api.etags import version_of
from webui.api.paths import BASE
from webui.context.mount import prefix
from webui.context.parameters import given
from webui.context.service import searcher, service
from webui.middleware import caching, query_log
from webui.presenters import links
from webui.presenters.downloads import download
from webui.views.page_picture import page_picture

_ADDRESSES = ("url", "article", "page")
"""Fields that contain paths on this site; ``page`` does for documents, elsewhere it is a number."""
api = flask.Blueprint("api", __name__, url_prefix=BASE)


@api.before_request
def refuse_other_encodings() -> None:
    """Raise UsageError if the query string is not UTF-8: searching for the garbled text would find nothing."""
    try:
        unquote_to_bytes(flask.request.query_string).decode()
    except UnicodeDecodeError:
        raise UsageError("the query string is not UTF-8; percent-encode it as UTF-8") from None


@api.get("/search")
def search() -> flask.Response:
    """The search response of the contract; unknown parameters are errors."""
    request, fields = read_api_request(given(), HIT_FIELDS)
    response = searcher().search(request)
    if request.after is not None:
        return as_json(reading_on_json(response, request, fields))
    query_log.searched(request, response)
    caching.searched(response)
    return as_json(response_json(response, fields))


@api.get("/suggest")
def suggest() -> flask.Response:
    """Completions of ``q``: document numbers, phrases and titles, with counts."""
    prefix, limit = read_beginning(given())
    return as_json(suggestions_json(prefix, service().suggest(prefix, limit)))


@api.get("/articles/<slug:slug>")
def article(slug: str) -> BaseResponse:
    """An article with its text; the ``ETag`` belongs to the article alone, so that a change can name it."""
    read_nothing(given())
    found = searcher().articles.by_slug(slug)
    response = as_json(article_json(found))
    response.set_etag(version_of(found))
    return response.make_conditional(flask.request)


@api.get("/articles/<slug:slug>/related")
def related(slug: str) -> flask.Response:
    """Related articles, and articles with the same text."""
    limit = read_limit(given(), 10, MOST_RELATED)
    article = searcher().articles.by_slug(slug)
    return as_json(related_json(article, searcher().related(article, limit), searcher().copies(article)))


@api.get("/articles/<slug:slug>/files/<ordinal:n>")
def file(slug: str, n: int) -> flask.Response:
    """An attachment as a download."""
    read_nothing(given())
    return download(*searcher().articles.file(slug, n))


@api.get("/articles/<slug:slug>/files/<ordinal:n>/text")
def file_text(slug: str, n: int) -> flask.Response:
    """The full text of an attachment and its outline."""
    read_nothing(given())
    return as_json(file_text_json(*searcher().whole_texts.text(slug, n)))


@api.get("/articles/<slug:slug>/files/<ordinal:n>/pages/<ordinal:page>/picture")
def picture(slug: str, n: int, page: int) -> BaseResponse:
    """The picture of a page of an attachment."""
    read_nothing(given())
    return page_picture(slug, n, page)


@api.get("/directives")
def directives() -> flask.Response:
    """A page of the register of documents; unknown parameters are errors."""
    request = read_register(given(), strict_names=True)
    return as_json(register_json(searcher().directives.register.page(request), request))


@api.get("/directives/<path:number>")
def directive(number: str) -> flask.Response:
    """Who cites a document and how, what it cites, and its legal status."""
    variant = read_variant(given())
    return as_json(directive_json(searcher().directives.view(number, *variant)))


def as_json(document: object) -> flask.Response:
    """Return ``document`` as a response; its addresses on this site include the path under which the site is mounted."""
    if prefix():
        document = _mounted(document)
    return flask.Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")


def _mounted(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _mounted(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_mounted(inner) for inner in value]
    return links.mounted(value) if name in _ADDRESSES and isinstance(value, str) else value
