"""The body of a request that changes something: complete, decoded and within its limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader

import flask
from werkzeug.exceptions import RequestEntityTooLarge

from indexer.errors import TooLargeError, UsageError
from indexer.push.encoding import Read, decoded


@contextmanager
def sent_body(most_mb: int, limit: str) -> Iterator[BufferedReader]:
    """Return the body as a stream, decompressing gzip; ``limit`` names the limit that applies to its size.

    Reading raises TooLargeError or EncodingError, and UsageError if the body is incomplete.
    """
    request = flask.request
    request.max_content_length = most_mb << 20
    try:
        with decoded(_whole(request), request.headers.get("Content-Encoding", ""), most_mb, limit) as body:
            yield body
    except RequestEntityTooLarge:
        raise TooLargeError(f"the body is larger than {most_mb:,} MB, {limit}") from None


def whole_body(most_mb: int) -> bytes:
    """Return the body of one article."""
    limit = "the limit of one article (max_push_mb); send large attachments by url instead of base64"
    with sent_body(most_mb, limit) as body:
        return body.read()


def _whole(request: flask.Request) -> Read:
    """Return a reader that detects an incomplete body: a server may take a closed connection for the end of the body."""
    left = request.content_length

    def read(size: int) -> bytes:
        nonlocal left
        try:
            found = request.stream.read(size)
        except RequestEntityTooLarge:
            raise
        except Exception as error:  # servers have errors of their own for chunks that are none
            raise UsageError("the body is incomplete or malformed; nothing was accepted") from error
        if left is not None:
            left -= len(found)
            if left > 0 and not found:
                raise UsageError(f"the body ends {left:,} bytes too early; nothing was accepted")
        return found

    return read
