"""Rate limits: requests per minute of one caller, identified by key or by address."""

from __future__ import annotations

import ipaddress
import math
import time
from typing import cast

import flask
from flask_limiter import Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.settings import Settings
from webui.context import identity
from webui.middleware.shared_counts import SCHEME, Counters

_EXTENSION = "tracuu-rates"
_NEIGHBOURS = 64
"""Prefix length, in bits, that one household or office shares in IPv6; within it, anyone has practically unlimited addresses."""
_COSTS = {
    "result_lists.results": 50,
    "directives.citing": 50,
    "register.as_list": 20,
    "compare.side_by_side": 10,
    "picked.as_file": 5,
    "pages.picture": 5,
    "api.picture": 5,
    "pages.file_text": 5,
    "api.file_text": 5,
    "alerts.ask": 20,
    "discovery.articles": 50,
    "discovery.pages": 20,
}
"""How many requests one of these counts for: a list takes as long as some fifty searches; a page picture needs a process."""


def register(app: flask.Flask, settings: Settings, counters: Counters | None = None) -> None:
    """Refuse requests over the limits of ``settings`` with a 429; 0 means no limit. Processes share ``counters``."""
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0
        )

    def allowed() -> str:
        limit = settings.key_rate_limit if _key() else settings.rate_limit
        return f"{limit}/minute"

    limiter = Limiter(
        _caller,
        default_limits=[allowed],
        default_limits_exempt_when=lambda: not (settings.key_rate_limit if _key() else settings.rate_limit),
        default_limits_cost=lambda: _COSTS.get(flask.request.endpoint or "", 1),
        storage_uri=f"{SCHEME}://",
        storage_options=cast("dict[str, str | int]", {"counters": counters or Counters()}),
        # One window per caller, whatever is requested.
        request_identifier=lambda: "any",
        headers_enabled=False,
    )
    limiter.request_filter(_exempt)
    limiter.init_app(app)
    app.extensions[_EXTENSION] = limiter
    app.after_request(_tell)


def retry_after() -> int:
    """Return the seconds after which the caller may try again."""
    limit = flask.current_app.extensions[_EXTENSION].current_limit
    return max(1, math.ceil(limit.window.reset_time - time.time())) if limit else 60


def _tell(response: flask.Response) -> flask.Response:
    """Set the ``RateLimit`` headers of draft 06 of the IETF on every counted response."""
    limit = flask.current_app.extensions[_EXTENSION].current_limit
    if limit:
        window = limit.window
        response.headers["RateLimit-Limit"] = str(limit.limit.amount)
        response.headers["RateLimit-Remaining"] = str(max(0, window.remaining))
        response.headers["RateLimit-Reset"] = str(max(0, math.ceil(window.reset_time - time.time())))
    return response


def _exempt() -> bool:
    """Exempt static files, which cost nothing, and health checks, which must not see a busy server."""
    return flask.request.endpoint == "static" or flask.request.blueprint == "health"


def _key() -> str | None:
    """Return the id of the request's key; a request with a wrong key counts for its address."""
    try:
        key = identity.key()
    except identity.KeyNeededError:
        return None
    return key.id if key else None


def _caller() -> str:
    return _key() or network_of(flask.request.remote_addr or "")


def network_of(address: str) -> str:
    """Return the address, or for IPv6 the network of one household or office."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, _NEIGHBOURS), strict=False))
    return str(parsed)
