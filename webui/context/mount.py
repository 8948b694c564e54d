"""Where the site is mounted: what stands before every path of its own."""

from __future__ import annotations

from contextvars import ContextVar

import flask

_prefix: ContextVar[str | None] = ContextVar("prefix", default=None)
"""Of the request at hand: a page has a hundred links, so it is read once."""


def register(app: flask.Flask) -> None:
    """Note for each request where the site is mounted."""
    app.before_request(_note)
    app.teardown_request(_forget)


def prefix() -> str:
    """Return the path under which the site is mounted, ``/tim-kiem`` say; nothing at the root of its host."""
    noted = _prefix.get()
    return _read() if noted is None else noted


def _read() -> str:
    return flask.request.script_root if flask.has_request_context() else ""


def _note() -> None:
    _prefix.set(_read())


def _forget(error: BaseException | None) -> None:
    """A thread serves one request after the other."""
    _prefix.set(None)
