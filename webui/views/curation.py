"""Pins, the local dictionary and the report over HTTP, for editors; validated as by the commands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import flask
from werkzeug.exceptions import PreconditionRequired, UnsupportedMediaType

from indexer.contract.limits import LONGEST_QUERY
from indexer.contract.parameters import read_nothing, read_report
from indexer.curation.curator import Curator
from indexer.errors import ItemError, NotFoundError, PreconditionError
from indexer.lexicon.own import own_lexicon, own_text
from indexer.query_log.report import report as report_of
from indexer.query_log.store import Proposal, QueryLog
from indexer.search import pins as pinned
from indexer.sources.strict_json import parse_json
from webui.api.curating import MOST_DAYS, MOST_LISTED
from webui.api.etags import names
from webui.api.paths import BASE
from webui.context import identity
from webui.context.parameters import given
from webui.context.sent_body import sent_body
from webui.context.service import service
from webui.views.api import as_json

curation = flask.Blueprint("curation", __name__, url_prefix=BASE)
_LARGEST_MB = 1


@curation.get("/pins")
def pins() -> flask.Response:
    """List all pins."""
    _may_curate()
    return _versioned(_pins())


@curation.put("/pins")
def put_pin() -> flask.Response:
    """Pin articles to a query, replacing its earlier pins."""
    _may_curate()
    body = _body(query=str, ids=list)
    ids = list(dict.fromkeys(body["ids"]))
    if len(body["query"]) > LONGEST_QUERY:
        raise ItemError(f"query must have at most {LONGEST_QUERY} characters")
    for id in ids:
        # Pins are shown to everybody.
        service().searcher("public").articles.by_id(id)
    if not ids and pinned.pin_key(body["query"]) not in pinned.read_pins(_pins_path()):
        raise NotFoundError(f"no article is pinned to {body['query'][:80]!r}")
    _curator().pin(body["query"], ids, _unless_changed(_pins))
    return _versioned(_pins())


@curation.get("/lexicon")
def lexicon() -> flask.Response:
    """The text of the local dictionary."""
    _may_curate()
    return _versioned(_lexicon())


@curation.put("/lexicon")
def put_lexicon() -> flask.Response:
    """Replace the local dictionary, unless it has changed since the client read it."""
    _may_curate()
    if "If-Match" not in flask.request.headers:
        raise PreconditionRequired("send If-Match with the ETag of the dictionary you read")
    _curator().replace_lexicon(_body(text=str)["text"], _unless_changed(_lexicon))
    return _versioned(_lexicon())


@curation.get("/report")
def report() -> flask.Response:
    """The report on searches, with the proposals of the last ``tracuu report``."""
    identity.needs("curate")
    days, limit = read_report(given(), MOST_DAYS, MOST_LISTED)
    data = service().settings.data
    found = report_of(data, days, limit)
    proposals = list(map(_proposal, QueryLog(data).proposals()))
    return _kept_nowhere({**asdict(found), "zero_share": round(found.zero_share, 4), "proposals": proposals})


@curation.post("/report/proposals")
def accept_proposal() -> flask.Response:
    """Add a proposal from the last report to the local dictionary."""
    _may_curate()
    wanted = Proposal(**_body(kind=str, form=str, meant=str))
    if wanted not in QueryLog(service().settings.data).proposals():
        raise NotFoundError("the last report has no such proposal; get the report again")
    _curator().accept(wanted)
    return _kept_nowhere(_proposal(wanted))


def _proposal(one: Proposal) -> dict[str, Any]:
    return {"kind": one.kind, "form": one.form, "meant": one.meant}


def _may_curate() -> None:
    identity.needs("curate")
    read_nothing(given())


def _curator() -> Curator:
    return Curator(service().settings, identity.needs("curate").name, "api")


def _pins_path() -> Any:
    return service().settings.data / pinned.FILE_NAME


def _pins() -> dict[str, Any]:
    found = pinned.read_pins(_pins_path()).values()
    return {"pins": [{"query": query, "ids": list(ids)} for query, ids in found]}


def _lexicon() -> dict[str, Any]:
    return {"text": own_text(own_lexicon(service().settings))}


def _body(**fields: type) -> dict[str, Any]:
    """Return the object in the body, which must have exactly these fields; raises ItemError naming each bad one."""
    if not flask.request.is_json:
        raise UnsupportedMediaType("the body is not `application/json`; send it with that Content-Type")
    with sent_body(_LARGEST_MB, "the limit of this address") as body:
        record = parse_json(body.read())
    if not isinstance(record, dict):
        raise ItemError("the body must be a JSON object")
    wrong = {
        name: f"{name} is not a known field; use {', '.join(fields)}"
        for name in record.keys() - fields.keys()
    }
    for name, kind in fields.items():
        value = record.get(name)
        if not isinstance(value, kind) or not all(
            map(_is_text, value if isinstance(value, list) else [value])
        ):
            wrong[name] = f"{name} must be {'a string' if kind is str else 'a list of strings'}"
    if wrong:
        raise ItemError("; ".join(wrong.values()), wrong)
    return record


def _is_text(value: object) -> bool:
    """Tell whether a value is text that can be stored; lone surrogates, which JSON allows, cannot."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _unless_changed(current: Callable[[], dict[str, Any]]) -> Callable[[], None]:
    """Return a check that raises PreconditionError if ``If-Match`` names another version."""

    def check() -> None:
        if "If-Match" in flask.request.headers and not names(flask.request.if_match, _version(current())):
            raise PreconditionError("it has changed since you read it; read it again")

    return check


def _version(document: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(document, sort_keys=True).encode(), digest_size=16).hexdigest()


def _versioned(document: dict[str, Any]) -> flask.Response:
    response = _kept_nowhere(document)
    response.set_etag(_version(document))
    return response


def _kept_nowhere(document: dict[str, Any]) -> flask.Response:
    response = as_json(document)
    response.headers["Cache-Control"] = "no-store"
    return response
