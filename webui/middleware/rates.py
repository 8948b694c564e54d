"""How many requests a minute one caller may make: by key, else by address."""

from __future__ import annotations

import ipaddress
import math
import time
from typing import NamedTuple

import flask
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.settings import Settings
from webui.context import identity
from webui.middleware.shared_counts import Counters

_SECONDS = 60
"""Of a window."""
_NEIGHBOURS = 64
"""Bits of an IPv6 address that one household or office has: within them anyone has as many addresses as there are."""
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
"""Requests that one of these counts for: a list takes as long as some fifty searches, a page is drawn in a process."""


class _Window(NamedTuple):
    """Of the caller of a request: how many it may make, how many are left, and when it ends, in seconds since 1970."""

    amount: int
    left: int
    ends: float


def register(app: flask.Flask, settings: Settings, counters: Counters | None = None) -> None:
    """Refuse with 429 what is over the limits of ``settings``, of which 0 is none; ``counters`` are shared by processes."""
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0
        )

    counts = counters or Counters()

    def check() -> None:
        if _exempt():
            return
        key = _key()
        amount = settings.key_rate_limit if key else settings.rate_limit
        if not amount:
            return
        # One window for a caller, whatever is asked for.
        caller = key or network_of(flask.request.remote_addr or "")
        count, ends = counts.add(caller, _SECONDS, _COSTS.get(flask.request.endpoint or "", 1))
        flask.g.window = _Window(amount, max(0, amount - count), ends)
        if count > amount:
            raise TooManyRequests(f"{amount} per 1 minute")

    app.before_request(check)
    app.after_request(_tell)


def retry_after() -> int:
    """Return after how many seconds the caller may come again."""
    window: _Window | None = flask.g.get("window")
    return max(1, math.ceil(window.ends - time.time())) if window else _SECONDS


def _tell(response: flask.Response) -> flask.Response:
    """Say in every answer that counts what is left, as the fields of draft 06 of the IETF's RateLimit headers."""
    window: _Window | None = flask.g.get("window")
    if window:
        response.headers["RateLimit-Limit"] = str(window.amount)
        response.headers["RateLimit-Remaining"] = str(window.left)
        response.headers["RateLimit-Reset"] = str(max(0, math.ceil(window.ends - time.time())))
    return response


def _exempt() -> bool:
    """Static files cost nothing, and who watches the server must not be told that it is busy."""
    return flask.request.endpoint == "static" or flask.request.blueprint == "health"


def _key() -> str | None:
    """Return the id of the request's key; a wrong one counts for its address."""
    try:
        key = identity.key()
    except identity.KeyNeededError:
        return None
    return key.id if key else None


def network_of(address: str) -> str:
    """Return what one household or office has in common: the address, of IPv6 its network."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, _NEIGHBOURS), strict=False))
    return str(parsed)
