"""The editors' desk is hidden from the public: every address below it answers as if it did not exist.

The check runs before routing, so that neither a refused method nor a header reveals which pages exist. Forms are accepted only
from pages of this site, because a proxy identifies people by what their browser sends automatically, whichever site causes the
request.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import flask
from werkzeug.exceptions import NotFound

from indexer.settings import Settings
from webui.context import identity
from webui.presenters.desk_links import DESK
from webui.presenters.desk_words import FROM_ELSEWHERE, MAY_NOT

_OLD_FILES = "/files"
"""Former public address of the state of attachments."""
_READING = ("GET", "HEAD", "OPTIONS")
_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def register(app: flask.Flask, settings: Settings) -> None:
    """Protect the desk of ``app`` before anything else handles its addresses."""
    site = urlsplit(settings.site_url).netloc

    def guard() -> tuple[str, int] | None:
        if not _is_desk(flask.request.path):
            return None
        try:
            who = identity.staff()
        except identity.KeyNeededError:
            who = None
        if who is None:
            raise NotFound
        flask.g.staff = who
        if flask.request.method in _READING:
            return None
        if not who.may_change:
            return _refusal(*MAY_NOT)
        return None if who.by_key or _is_from_here(site) else _refusal(*FROM_ELSEWHERE)

    app.before_request(guard)
    app.after_request(_mark)
    app.jinja_env.globals["staff"] = lambda: flask.g.get("staff")


def _is_desk(path: str) -> bool:
    return path in (DESK, _OLD_FILES) or path.startswith((f"{DESK}/", f"{_OLD_FILES}/"))


def _is_from_here(site: str) -> bool:
    """Tell whether a form was sent from a page of this site, by ``Sec-Fetch-Site`` or, for old browsers, the origin."""
    headers = flask.request.headers
    if kind := headers.get("Sec-Fetch-Site"):
        return kind == "same-origin"
    try:
        origin = urlsplit(headers.get("Origin", "")).netloc
    except ValueError:
        return False
    return bool(origin) and origin in (flask.request.host, site)


def _refusal(heading: str, advice: str) -> tuple[str, int]:
    return flask.render_template("error.html", heading=heading, advice=advice, reasons=[], text=""), 403


def _mark(response: flask.Response) -> flask.Response:
    if "staff" in flask.g:
        response.headers.update(_HEADERS)
    return response
