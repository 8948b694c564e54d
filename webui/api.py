"""The JSON API under ``/api/v1``; errors are problem+json (see ``webui.errors``)."""

from __future__ import annotations

import json

import flask

from indexer.directive_json import directive_json
from indexer.request import read_beginning, read_request, read_variant
from indexer.search_json import response_json, suggestions_json
from webui.service import searcher

api = flask.Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> flask.Response:
    """The search response of the contract; unknown parameters are errors here."""
    request = read_request(flask.request.args.to_dict(flat=False), strict_names=True)
    return _json(response_json(searcher().search(request)))


@api.get("/suggest")
def suggest() -> flask.Response:
    """Ways to go on typing from ``q``: document numbers, phrases and titles with their counts."""
    prefix, limit = read_beginning(flask.request.args.to_dict(flat=False))
    return _json(suggestions_json(prefix, searcher().suggest(prefix, limit)))


@api.get("/directives/<path:number>")
def directive(number: str) -> flask.Response:
    """Who cites a document and how, what it cites, and whether it still holds."""
    year, place = read_variant(flask.request.args.to_dict(flat=False))
    return _json(directive_json(searcher().directive(number, year, place)))


def _json(document: object) -> flask.Response:
    return flask.Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
