"""Where the site is mounted: what stands before every path of its own."""

from __future__ import annotations

import flask


def prefix() -> str:
    """Return the path under which the site is mounted, ``/tim-kiem`` say; nothing at the root of its host."""
    return flask.request.script_root if flask.has_request_context() else ""
