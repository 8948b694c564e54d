"""Attachments to the browser: always saved, never shown by it, whatever they claim to be."""

from __future__ import annotations

import re
from pathlib import Path

import flask

from indexer.errors import NotFoundError
from indexer.stored.article import StoredFile

_DOCUMENTS = re.compile(
    r"application/(pdf|rtf|msword|zip|vnd\.ms-(excel|powerpoint)|vnd\.oasis\.opendocument\.[a-z-]{1,40}"
    r"|vnd\.openxmlformats-officedocument\.[a-z.]{1,60})|image/(png|jpeg|tiff|gif|webp)|text/(plain|csv)"
)
"""Types told to the browser; what could hold script (HTML, SVG, XML) goes as mere bytes."""
_BYTES = "application/octet-stream"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\:*?"<>|]')
"""Control characters would break the header; the rest are no file names somewhere."""


def download(file: StoredFile, path: Path | None) -> flask.Response:
    """Return the bytes at ``path`` under the attachment's own name; NotFoundError where there are none."""
    if path is None:
        raise NotFoundError(f"attachment {file.n} ({file.name}) is not stored here")
    try:
        response = flask.send_file(
            path.resolve(),
            mimetype=file.media_type if _DOCUMENTS.fullmatch(file.media_type) else _BYTES,
            as_attachment=True,
            download_name=file_name(file),
            etag=file.sha256 or True,
        )
    except OSError:
        raise NotFoundError(f"attachment {file.n} ({file.name}) is no longer stored here") from None
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # An article may go, or become one for staff: caches ask each time, and are told that the bytes are the same.
    response.headers["Cache-Control"] = "no-cache"
    response.headers.pop("Expires", None)
    return response


def file_name(file: StoredFile) -> str:
    """Return a name that every system can save: of at most 150 characters, ending kept; of a file in an archive its own."""
    name = _NOT_IN_NAMES.sub("_", file.own_name).strip(" .") or f"tep-{file.n}"
    if len(name) <= 150:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 149 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else name[:150]
