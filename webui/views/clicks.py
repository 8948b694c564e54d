"""Where browsers tell which result was followed (the attribute ``ping`` of links)."""

from __future__ import annotations

from urllib.parse import urlsplit

import flask

from indexer.contract.limits import LAST_RESULT
from webui.context.parameters import text_asked
from webui.middleware import query_log

clicks = flask.Blueprint("clicks", __name__)


@clicks.post("/clicks")
def clicked() -> tuple[str, int]:
    """204 whatever comes; noted is what a browser sends from a page of results of this site."""
    position = flask.request.args.get("position", "")
    if _from_here() and position.isascii() and position.isdigit() and int(position[:6]) <= LAST_RESULT:
        query_log.clicked(text_asked(), int(position[:6]))
    return "", 204


def _from_here() -> bool:
    headers = flask.request.headers
    if flask.request.mimetype != "text/ping":
        return False
    try:
        origin = urlsplit(headers.get("Ping-From", "")).netloc
    except ValueError:
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and origin in (
        "",
        flask.request.host,
    )
