"""What every response carries, and the largest request that is read at all."""

from __future__ import annotations

import flask
from werkzeug.exceptions import RequestURITooLarge

LONGEST_ADDRESS = 16_384
"""Bytes of path and query string: 512 Vietnamese letters take 4,608, and fifty ticked values fit."""
LARGEST_BODY = 65_536
"""Bytes; only what is pushed has a body that is read, and a limit of its own."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:;"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # What someone searched for is nobody else's business.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: flask.Flask) -> None:
    """Register the limits and headers."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(_refuse_long_addresses)
    app.after_request(_add_headers)


def _refuse_long_addresses() -> None:
    """Before anything parses the query string: a million parameters are a million objects."""
    path = flask.request.environ.get("PATH_INFO", "")
    if len(path) + len(flask.request.query_string) > LONGEST_ADDRESS:
        # The page that says so looks for the language and the query in it.
        flask.request.query_string = b""
        raise RequestURITooLarge()


def _add_headers(response: flask.Response) -> flask.Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
