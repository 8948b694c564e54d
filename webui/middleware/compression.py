"""Compression of responses with zstd, Brotli or gzip, as the client accepts. Pictures and documents are already compressed."""

from __future__ import annotations

import flask
from flask_compress import Compress

_TYPES = [
    "text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml", "application/json",
    "application/problem+json", "application/atom+xml", "application/rss+xml", "application/x-suggestions+json",
    "application/opensearchdescription+xml",
]  # fmt: skip


def register(app: flask.Flask) -> None:
    """Compress text responses unless they are short."""
    app.config["COMPRESS_MIMETYPES"] = _TYPES
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    # Lists are generated while they are sent; compress them piece by piece, too.
    app.config["COMPRESS_ALGORITHM_STREAMING"] = ["zstd", "br"]
    Compress(app)
    # Runs first, because compression forgets the body it takes pieces from: a file would stay open, a list would go on.
    app.after_request(_close_in_the_end)


def _close_in_the_end(response: flask.Response) -> flask.Response:
    close = getattr(response.response, "close", None)
    if close is not None:
        response.call_on_close(close)
    return response
