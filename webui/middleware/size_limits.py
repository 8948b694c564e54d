"""The longest address and the largest body that are read at all."""

from __future__ import annotations

import flask
from werkzeug.exceptions import RequestURITooLarge

LONGEST_ADDRESS = 16_384
"""Bytes of path and query string: 512 Vietnamese letters take 4,608, and fifty ticked values fit."""
LARGEST_BODY = 65_536
"""Bytes; only what is pushed has a body that is read, and a limit of its own."""


def register(app: flask.Flask) -> None:
    """Refuse with 413 or 414 what is over the limits."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(_refuse_long_addresses)


def _refuse_long_addresses() -> None:
    """Before anything parses the query string: a million parameters are a million objects."""
    path = flask.request.environ.get("PATH_INFO", "")
    if len(path) + len(flask.request.query_string) > LONGEST_ADDRESS:
        # The page that says so looks for the language and the query in it.
        flask.request.query_string = b""
        raise RequestURITooLarge()
