"""Attachments as downloads: browsers always save them and never display them, whatever they claim to be."""

from __future__ import annotations

import re

import flask
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from indexer.errors import NotFoundError
from indexer.files.store import KeptFile
from indexer.stored.article import StoredFile

_DOCUMENTS = re.compile(
    r"application/(pdf|rtf|msword|zip|vnd\.ms-(excel|powerpoint)|vnd\.oasis\.opendocument\.[a-z-]{1,40}"
    r"|vnd\.openxmlformats-officedocument\.[a-z.]{1,60})|image/(png|jpeg|tiff|gif|webp)|text/(plain|csv)"
)
"""Media types passed on to browsers; types that can hold script (HTML, SVG, XML) are sent as plain bytes."""
_BYTES = "application/octet-stream"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\:*?"<>|]')
"""Control characters, which would break the header, and characters that some systems forbid in file names."""


def download(file: StoredFile, kept: KeptFile | None) -> flask.Response:
    """Return the bytes ``kept`` under the attachment's own name; NotFoundError where there are none."""
    if kept is None:
        raise NotFoundError(f"attachment {file.n} ({file.name}) is not stored here")
    try:
        content = kept.open()
    except OSError:
        raise NotFoundError(f"attachment {file.n} ({file.name}) is no longer stored here") from None
    response = flask.send_file(
        content,
        mimetype=file.media_type if _DOCUMENTS.fullmatch(file.media_type) else _BYTES,
        as_attachment=True,
        download_name=file_name(file),
        conditional=False,  # which it can't be without the size
        etag=kept.sha256,
        last_modified=kept.modified,
    )
    response.content_length = kept.size
    try:
        response.make_conditional(flask.request.environ, accept_ranges=True, complete_length=kept.size)
    except RequestedRangeNotSatisfiable:
        content.close()
        raise
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # An article may be removed or become staff-only, so caches must revalidate; a 304 avoids sending the bytes again.
    response.headers["Cache-Control"] = "no-cache"
    response.headers.pop("Expires", None)
    return response


def file_name(file: StoredFile) -> str:
    """Return a name that every system can save: at most 150 characters with the ending kept; for files in an archive, their own
    name.
    """
    name = _NOT_IN_NAMES.sub("_", file.own_name).strip(" .") or f"tep-{file.n}"
    if len(name) <= 150:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 149 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else name[:150]
