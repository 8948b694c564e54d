"""Answers in fewer bytes: zstd, Brotli or gzip, as the client takes them. Pictures and documents are compressed already."""

from __future__ import annotations

import flask
from flask_compress import Compress

_TYPES = [
    "text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml", "application/json",
    "application/problem+json", "application/atom+xml", "application/rss+xml", "application/x-suggestions+json",
    "application/opensearchdescription+xml",
]  # fmt: skip


def register(app: flask.Flask) -> None:
    """Compress what is text and not short."""
    app.config["COMPRESS_MIMETYPES"] = _TYPES
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    # Lists are made while they are sent: to compress them piece by piece, too.
    app.config["COMPRESS_ALGORITHM_STREAMING"] = ["zstd", "br"]
    Compress(app)
    # Is called before it, which forgets the body that it takes the pieces of: a file stays open, a list goes on being made.
    app.after_request(_close_in_the_end)


def _close_in_the_end(response: flask.Response) -> flask.Response:
    close = getattr(response.response, "close", None)
    if close is not None:
        response.call_on_close(close)
    return response
