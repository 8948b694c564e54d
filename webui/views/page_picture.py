"""The picture of a page of an attachment, for the site and the API."""

from __future__ import annotations

import flask
from werkzeug.wrappers import Response as BaseResponse

from webui.context.service import searcher

_SECONDS = 3600
"""Seconds for which browsers may reuse it without revalidation."""


def page_picture(slug: str, n: int, page: int) -> BaseResponse:
    """Return the picture, which is the same for every query."""
    response = flask.Response(searcher().pages.picture(slug, n, page).image, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={_SECONDS}"
    response.add_etag()
    return response.make_conditional(flask.request)
