"""The search box for other sites: a script that inserts it, and a page with instructions."""

from __future__ import annotations

from pathlib import Path

import flask
from werkzeug.wrappers import Response as BaseResponse

from webui.context.public_url import root_url
from webui.presenters.page_meta import plain_meta

embed = flask.Blueprint("embed", __name__)
_STATIC = Path(__file__).resolve().parents[1] / "static"
_PLACE = "    // combobox.js\n"
"""Where the script takes up the suggestions."""
_OWN_BOXES = "// The boxes of our own pages;"
"""Marks the end of the suggestions; what follows is only for our own pages."""
_SCRIPT_SECONDS = 86_400
"""A day, after which other sites get a new version: unlike our own pages, they use one fixed address for ever."""


@embed.get("/embed")
def instructions() -> str:
    """Instructions with code to copy, and a preview."""
    return flask.render_template("embed.html", root=root_url(), meta=plain_meta("/embed"))


@embed.get("/embed.js")
def script() -> BaseResponse:
    """The script, for pages of any site."""
    response = flask.Response(_script(), mimetype="text/javascript")
    response.headers["Cache-Control"] = f"public, max-age={_SCRIPT_SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    return response.make_conditional(flask.request)


def _script() -> str:
    """Return the script as a single file at a fixed address; it finds suggestions as our own pages do."""
    box, suggestions = ((_STATIC / name).read_text("utf-8") for name in ("embed.js", "combobox.js"))
    return box.replace(_PLACE, suggestions.partition(_OWN_BOXES)[0])
