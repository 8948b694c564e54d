"""Conditional requests: responses that depend on the index have an ``ETag`` made of its generation.

Two requests with the same address, language and audience get the same response from one generation, apart from the time it
took; hence the tag is weak. A request that sends a current tag gets a 304 before anything is searched.
"""

from __future__ import annotations

import functools
import hashlib
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import flask

from indexer.errors import EngineError
from indexer.search.response import SearchResponse
from indexer.settings import Settings
from webui.context import identity, language
from webui.context.clock import today
from webui.context.service import EXTENSION, generation, searcher

_OF_THEIR_OWN = ("api.suggest", "opensearch.suggestions")
"""Suggestions are read from a file that is committed after the index, so the generation does not cover them."""
_BUILD = "tracuu-build"
_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = (_ROOT / "indexer", _ROOT / "webui")
_OF_THIS_MACHINE = {
    "data", "engine", "role", "lock_timeout", "workers", "host", "port", "web_workers", "writer_command", "json_logs",
    "access_log", "metrics_from", "query_log_days", "query_log_entries", "trusted_proxies", "rate_limit_store", "lexicon",
    "files", "s3", "opensearch", "sources", "field_map", "smtp", "page_cache_mb", "trust_roots", "fetch_allow", "crawl_contact",
}  # fmt: skip
"""Settings that may differ between machines which give the same answers; whether alerts can be sent is told apart from ``smtp``."""


def register(app: flask.Flask) -> None:
    """Check the tag of each request, and set one on responses that have none."""
    # An update of the program or its settings may change any page.
    app.extensions[_BUILD] = f"{_build()} {_shaping(app.extensions[EXTENSION].settings)}"
    app.before_request(_unchanged)
    app.after_request(_tag)


@functools.cache
def _build() -> str:
    """Return a digest of the program as it was when this process started, the same on all machines with this version."""
    digest = hashlib.blake2b()
    for package in _PACKAGES:
        for path in sorted(package.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(_ROOT)} {path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _shaping(settings: Settings) -> str:
    """Return the settings that shape answers."""
    names = [one.name for one in fields(settings) if one.name not in _OF_THIS_MACHINE]
    return f"{[(name, getattr(settings, name)) for name in names]} {bool(settings.smtp.host)}"


def _unchanged() -> flask.Response | None:
    """Return a 304 if the client already has this response."""
    if not _depends_on_index():
        return None
    # Computed now, not after the response: tag and response must come from one commit, and a bad key must be refused.
    with suppress(EngineError):
        flask.g.generation = generation()
    tags = flask.request.if_none_match
    # It is not yet known whether anything exists at this address, so `*` matches no tag.
    if not tags or tags.star_tag or "generation" not in flask.g:
        return None
    searcher()  # what is answered is of what the audience sees
    if not tags.contains_weak(_current()):
        return None
    response = flask.Response(status=304)
    response.set_etag(_current(), weak=True)
    return response


def searched(response: SearchResponse) -> None:
    """Leave this request without a tag if a correction may be missing: a tag would name the response that has it."""
    if response.query.words_unread:
        flask.g.pop("generation", None)


def _tag(response: flask.Response) -> flask.Response:
    kept = not response.cache_control.no_store
    fresh = response.status_code == 200 and kept and "ETag" not in response.headers
    if fresh and _depends_on_index() and "generation" in flask.g:
        response.set_etag(_current(), weak=True)
        if flask.request.if_none_match.star_tag:  # now that there is something
            response.make_conditional(flask.request)
    return response


def _depends_on_index() -> bool:
    request = flask.request
    return (
        request.method in ("GET", "HEAD")
        and bool(request.blueprint)
        and request.blueprint != "health"
        and request.endpoint not in _OF_THEIR_OWN
        and "staff" not in flask.g  # the desk tells of more than the index
    )


def _current() -> str:
    """Return the current tag of the response to this request."""
    asked = flask.request.environ
    parts = (
        flask.g.generation,
        identity.audience(),
        language.current(),
        # The raw address: rebuilding it takes longer than the digest.
        asked.get("SCRIPT_NAME", ""),
        asked.get("PATH_INFO", ""),
        asked.get("QUERY_STRING", ""),
        asked["wsgi.url_scheme"],
        flask.request.host,
        # Recent periods and legal statuses depend on the current date.
        str(today()),
        flask.current_app.extensions[_BUILD],
    )
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
