"""The path under which the site is mounted."""

from __future__ import annotations

from contextvars import ContextVar

import flask

_prefix: ContextVar[str | None] = ContextVar("prefix", default=None)
"""The prefix of the current request; cached because a page has some hundred links."""


def register(app: flask.Flask) -> None:
    """Record for each request where the site is mounted."""
    app.before_request(_note)
    app.teardown_request(_forget)


def prefix() -> str:
    """Return the path under which the site is mounted, such as ``/tim-kiem``; empty at the root of the host."""
    noted = _prefix.get()
    return _read() if noted is None else noted


def _read() -> str:
    return flask.request.script_root if flask.has_request_context() else ""


def _note() -> None:
    _prefix.set(_read())


def _forget(error: BaseException | None) -> None:
    """Reset the cache at the end of a request, since a thread serves many of them."""
    _prefix.set(None)
