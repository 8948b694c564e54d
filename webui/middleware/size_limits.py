"""Limits on addresses and bodies, checked before anything is read."""

from __future__ import annotations

import flask
from werkzeug.exceptions import RequestURITooLarge

LONGEST_ADDRESS = 16_384
"""Bytes of path and query string: 512 Vietnamese letters take 4,608, which leaves room for fifty ticked values."""
LARGEST_BODY = 65_536
"""Bytes; only pushed changes have a body that is read, with a limit of its own."""


def register(app: flask.Flask) -> None:
    """Refuse requests over the limits with 413 or 414."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(_refuse_long_addresses)


def _refuse_long_addresses() -> None:
    """Refuse long addresses before the query string is parsed: a million parameters are a million objects."""
    path = flask.request.environ.get("PATH_INFO", "")
    if len(path) + len(flask.request.query_string) > LONGEST_ADDRESS:
        # The error page looks up the language and the query in it.
        flask.request.query_string = b""
        raise RequestURITooLarge()
