"""The JSON API under ``/api/v1``; errors are problem+json (see ``webui.errors``)."""

from __future__ import annotations

import json

import flask

from indexer.directive_json import directive_json
from indexer.related import MOST_RELATED
from indexer.request import read_beginning, read_limit, read_nothing, read_request, read_variant
from indexer.search_json import article_json, related_json, response_json, suggestions_json
from webui import noting
from webui.service import searcher

api = flask.Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> flask.Response:
    """The search response of the contract; unknown parameters are errors here."""
    request = read_request(flask.request.args.to_dict(flat=False), strict_names=True)
    response = searcher().search(request)
    noting.searched(request, response)
    return _json(response_json(response))


@api.get("/suggest")
def suggest() -> flask.Response:
    """Ways to go on typing from ``q``: document numbers, phrases and titles with their counts."""
    prefix, limit = read_beginning(flask.request.args.to_dict(flat=False))
    return _json(suggestions_json(prefix, searcher().suggest(prefix, limit)))


@api.get("/articles/<slug:slug>")
def article(slug: str) -> flask.Response:
    """One article with its text."""
    read_nothing(flask.request.args.to_dict(flat=False))
    return _json(article_json(searcher().by_slug(slug)))


@api.get("/articles/<slug:slug>/related")
def related(slug: str) -> flask.Response:
    """The articles related to one, and those with the same text."""
    limit = read_limit(flask.request.args.to_dict(flat=False), 10, MOST_RELATED)
    article = searcher().by_slug(slug)
    return _json(related_json(article, searcher().related(article, limit), searcher().copies(article)))


@api.get("/directives/<path:number>")
def directive(number: str) -> flask.Response:
    """Who cites a document and how, what it cites, and whether it still holds."""
    year, place = read_variant(flask.request.args.to_dict(flat=False))
    return _json(directive_json(searcher().directive(number, year, place)))


def _json(document: object) -> flask.Response:
    return flask.Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
