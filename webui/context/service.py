"""The search of the running app, and how a view gets at it."""

from __future__ import annotations

from typing import cast

import flask

from indexer.model import Audience
from indexer.search.searcher import Searcher
from indexer.search.service import SearchService
from webui.context import identity

EXTENSION = "tracuu"


def searcher() -> Searcher:
    """Return what answers this request, as whoever asks may see it; KeyNeededError where the key is bad.

    The only way of a view to articles, so what is for staff is kept from the public here. It is the same to the end
    of the request: all parts of a page are of one commit.
    """
    flask.g.seen_as = identity.audience()
    if "searcher" not in flask.g:
        flask.g.searcher = _newest(flask.g.seen_as)
    return cast(Searcher, flask.g.searcher)


def generation() -> str:
    """Return the generation of what :func:`searcher` answers from, where it is not sure yet that anything is asked of it.

    Raises KeyNeededError, EngineError.
    """
    if "searcher" not in flask.g:
        flask.g.searcher = _newest(identity.audience())
    return cast(Searcher, flask.g.searcher).generation


def _newest(audience: Audience) -> Searcher:
    return service().searcher(audience, flask.request.args.get("q", ""))


def service() -> SearchService:
    """Return the service itself, for what is no article: settings, suggestions, readiness."""
    return cast(SearchService, flask.current_app.extensions[EXTENSION])
