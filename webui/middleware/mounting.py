"""The site under a path of its host: ``https://portal.example/tim-kiem``.

Where that is says the path of ``site_url``, else ``X-Forwarded-Prefix`` of a trusted proxy. A proxy may take it off the paths
that it hands on or leave it there; below, paths never have it, and links get it from :mod:`webui.context.mount`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import flask

from indexer.settings import Settings

_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
"""Anything else could lead away from the host (``//elsewhere``) or out of an attribute."""


def register(app: flask.Flask, settings: Settings) -> None:
    """Mount ``app`` where ``settings`` or its proxy say."""
    inner = app.wsgi_app

    def mounted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = _told(environ.get("HTTP_X_FORWARDED_PREFIX", ""), settings.trusted_proxies)
        prefix = settings.site_path if settings.site_url else told
        if prefix:
            environ["SCRIPT_NAME"] = prefix
            # One that is an address of ours, too (`/search`), is only taken off where the proxy does not say that it was.
            if not (told == prefix and prefix.split("/")[1] in _own(app)):
                environ["PATH_INFO"] = _without(prefix, environ.get("PATH_INFO", ""))
        return inner(environ, start_response)

    app.wsgi_app = mounted  # type: ignore[method-assign]


def _told(header: str, proxies: int) -> str:
    """Return what the outermost trusted proxy says, as of ``X-Forwarded-For``; nothing where it says no path."""
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
