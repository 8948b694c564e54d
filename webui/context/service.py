"""The search service of the running app, and how views reach it."""

from __future__ import annotations

from typing import cast

import flask

from indexer.model import Audience
from indexer.search.searcher import Searcher
from indexer.search.service import SearchService
from indexer.stored.address import named
from webui.context import identity

EXTENSION = "tracuu"


def searcher() -> Searcher:
    """Return the searcher for this request, restricted to what the caller may see; raises KeyNeededError.

    Views reach articles only through it, so staff-only articles stay hidden from the public. It stays the same for the whole
    request, so all parts of a page show the same commit.
    """
    flask.g.seen_as = identity.audience()
    if "searcher" not in flask.g:
        flask.g.searcher = _newest(flask.g.seen_as)
    return cast(Searcher, flask.g.searcher)


def generation() -> str:
    """Return the generation of :func:`searcher`, for requests that may not need to search at all.

    Raises KeyNeededError or EngineError.
    """
    if "searcher" not in flask.g:
        flask.g.searcher = _newest(identity.audience())
    return cast(Searcher, flask.g.searcher).generation


def _newest(audience: Audience) -> Searcher:
    return service().searcher(audience, flask.request.args.get("q", ""), _slugs())


def _slugs() -> list[str]:
    """Return the articles that the address may mean; see :func:`webui.views.article_address.article_at`."""
    given = flask.request.view_args or {}
    last = given.get("last", given.get("slug"))
    if not last:
        return []
    parts = named(last)
    return [parts.slug, last] if parts else [last]


def service() -> SearchService:
    """Return the service itself, for settings, suggestions and readiness."""
    return cast(SearchService, flask.current_app.extensions[EXTENSION])
