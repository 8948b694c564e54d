"""Serving the site under a path of its host, such as ``https://portal.example/tim-kiem``.

The path comes from ``site_url``, otherwise from the ``X-Forwarded-Prefix`` of a trusted proxy. A proxy may strip it from the
paths it passes on or leave it; the code below this layer never sees it. Links get it from :mod:`webui.context.mount`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import flask

from indexer.settings import Settings

_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
"""The allowed form; anything else could lead away from the host (``//elsewhere``) or break out of an attribute."""


def register(app: flask.Flask, settings: Settings) -> None:
    """Mount ``app`` at the path given by ``settings`` or the proxy."""
    inner = app.wsgi_app

    def mounted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = _told(environ.get("HTTP_X_FORWARDED_PREFIX", ""), settings.trusted_proxies)
        prefix = settings.site_path if settings.site_url else told
        if prefix:
            environ["SCRIPT_NAME"] = prefix
            # A prefix that is also one of our addresses (`/search`) is stripped only if the proxy does not say that it has done
            # so.
            if not (told == prefix and prefix.split("/")[1] in _own(app)):
                environ["PATH_INFO"] = _without(prefix, environ.get("PATH_INFO", ""))
        return inner(environ, start_response)

    app.wsgi_app = mounted  # type: ignore[method-assign]


def _told(header: str, proxies: int) -> str:
    """Return the prefix given by the outermost trusted proxy, as for ``X-Forwarded-For``; empty if it is not a path."""
    values = header.split(",")
    if not proxies or len(values) < proxies:
        return ""
    told = values[-proxies].strip().rstrip("/")
    return told if _PREFIX.fullmatch(told) else ""


def _without(prefix: str, path: str) -> str:
    rest = path[len(prefix) :]
    return (rest or "/") if path.startswith(prefix) and rest[:1] in ("", "/") else path


def _own(app: flask.Flask) -> set[str]:
    return {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
