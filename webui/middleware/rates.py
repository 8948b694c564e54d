"""Limits the number of requests per minute from one caller, identified by key or by address.

The processes of one node count together in memory. Several nodes count together in a Redis server, if the settings name one;
while it cannot be reached, each process counts for itself, and requests are still answered.
"""

from __future__ import annotations

import ipaddress
import math
import time
from importlib.util import find_spec
from typing import Any, NamedTuple

import flask
from flask_limiter import Limiter, RequestLimit
from limits.errors import StorageError
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.errors import UsageError
from indexer.settings import Settings
from webui.context import identity
from webui.middleware.shared_counts import SCHEME, Counters

_EXTENSION = "tracuu-rates"
_STORE_SECONDS = 0.25
"""Seconds to wait for the Redis server, which answers within a millisecond unless it or the network is in trouble."""
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
"""How many requests one of these counts as: a list takes as long as some fifty searches, and a page picture needs a process."""


def register(app: flask.Flask, settings: Settings, counters: Counters | None = None) -> None:
    """Answer 429 beyond the limits of ``settings``, where 0 means no limit; the processes share ``counters``.

    Raises UsageError if the settings name a Redis server but its client is not installed.
    """
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
        **_storage(settings, counters),
        # One window per caller, whatever is requested.
        request_identifier=lambda: "any",
        headers_enabled=False,
    )
    limiter.request_filter(_exempt)
    limiter.init_app(app)
    app.extensions[_EXTENSION] = limiter
    app.after_request(_tell)


def _storage(settings: Settings, counters: Counters | None) -> dict[str, Any]:
    if not settings.rate_limit_store:
        return {"storage_uri": f"{SCHEME}://", "storage_options": {"counters": counters or Counters()}}
    if find_spec("redis") is None:
        raise UsageError(
            "rate_limit_store needs the Redis client; install it with: pip install 'tracuu[redis]'"
        )
    seconds = {"socket_connect_timeout": _STORE_SECONDS, "socket_timeout": _STORE_SECONDS}
    return {
        "storage_uri": settings.rate_limit_store,
        "storage_options": {"key_prefix": "tracuu", "wrap_exceptions": True, **seconds},
        "in_memory_fallback_enabled": True,
    }


def retry_after() -> int:
    """Return the seconds after which the caller may try again."""
    found = _window()
    return max(1, found.seconds) if found else 60


def _tell(response: flask.Response) -> flask.Response:
    """Set the ``RateLimit`` headers of draft 06 of the IETF on every counted response."""
    if found := _window():
        response.headers["RateLimit-Limit"] = str(found.allowed)
        response.headers["RateLimit-Remaining"] = str(found.remaining)
        response.headers["RateLimit-Reset"] = str(found.seconds)
    return response


class _Window(NamedTuple):
    """The window in which this request was counted: its limit, the remaining requests, and the seconds until it ends."""

    allowed: int
    remaining: int
    seconds: int


def _window() -> _Window | None:
    """Return the window of this request; None if it was not counted, or if the Redis server stopped answering."""
    limit: RequestLimit | None = flask.current_app.extensions[_EXTENSION].current_limit
    if limit is None:
        return None
    try:
        window = limit.window
    except StorageError:
        return None
    return _Window(
        limit.limit.amount, max(0, window.remaining), max(0, math.ceil(window.reset_time - time.time()))
    )


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
