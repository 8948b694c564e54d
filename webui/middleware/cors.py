"""CORS: pages of other sites may read the API as the public or with a key, but never with a visitor's own rights."""

from __future__ import annotations

import flask

from webui.api.paths import API
from webui.context import identity

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def register(app: flask.Flask) -> None:
    """Add the CORS headers to every API response."""
    app.after_request(_allow)


def _allow(response: flask.Response) -> flask.Response:
    # A proxy may admit people by their network; their browsers would then read on behalf of any site.
    if flask.request.path.startswith(API) and not identity.vouched_for():
        response.headers.update(_HEADERS)
        if flask.request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
    return response
