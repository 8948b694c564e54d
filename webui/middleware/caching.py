"""Answers that a client has already: what depends on the index has an ``ETag`` of its generation.

Two requests of one address, language and audience at one generation get the same, but for the milliseconds it took: the tag
is weak. Who sends it back is told so before anything is searched.
"""

from __future__ import annotations

import functools
import hashlib
from contextlib import suppress
from pathlib import Path

import flask

from indexer.errors import EngineError
from webui.context import identity, language
from webui.context.clock import today
from webui.context.service import EXTENSION, generation, searcher

_OF_THEIR_OWN = ("api.suggest", "opensearch.suggestions")
"""Ways to go on typing are read from a file that is committed after the index: its generation says nothing of them."""
_BUILD = "tracuu-build"
_PACKAGES = tuple(Path(__file__).resolve().parents[2] / name for name in ("indexer", "webui"))


def register(app: flask.Flask) -> None:
    """Look at the tag that a request brings, and give one to what has none."""
    # Whoever updates the program or its settings may change any page.
    app.extensions[_BUILD] = f"{_build()} {app.extensions[EXTENSION].settings}"
    app.before_request(_unchanged)
    app.after_request(_tag)


@functools.cache
def _build() -> str:
    """Return a digest of the program as it was when this process began."""
    digest = hashlib.blake2b()
    for package in _PACKAGES:
        for path in sorted(package.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                stat = path.stat()
                digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def _unchanged() -> flask.Response | None:
    """Return 304 where the client has this answer."""
    if not _depends_on_index():
        return None
    # Now, not when the answer is there: tag and answer are of one commit, and a bad key is refused.
    with suppress(EngineError):
        flask.g.generation = generation()
    tags = flask.request.if_none_match
    # Whether there is anything at this address is not known yet, so any tag (`*`) may be none.
    if not tags or tags.star_tag or "generation" not in flask.g:
        return None
    searcher()  # what is answered is of what the audience sees
    if not tags.contains_weak(_current()):
        return None
    response = flask.Response(status=304)
    response.set_etag(_current(), weak=True)
    return response


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
    """Return the tag of the answer to this request."""
    asked = flask.request.environ
    parts = (
        flask.g.generation,
        identity.audience(),
        language.current(),
        # As it came: to put the address together again takes longer than the digest.
        asked.get("SCRIPT_NAME", ""),
        asked.get("PATH_INFO", ""),
        asked.get("QUERY_STRING", ""),
        asked["wsgi.url_scheme"],
        flask.request.host,
        # Recent days, and whether a document holds, are of today.
        str(today()),
        flask.current_app.extensions[_BUILD],
    )
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
