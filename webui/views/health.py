"""For what watches the process: alive, and able to answer."""

from __future__ import annotations

import flask

from webui.service import service

health = flask.Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> flask.Response:
    """200 as long as the process answers at all."""
    return flask.Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> flask.Response:
    """200 where a search would be answered, else 503 and why not."""
    reason = service().unready()
    if reason is None:
        return flask.Response("ready\n", mimetype="text/plain")
    return flask.Response(f"not ready: {reason}\n", status=503, mimetype="text/plain")
