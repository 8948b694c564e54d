"""Attachments that a record or a page names: which of them may be read, and by what path."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from indexer.errors import ItemError
from indexer.model import Attachment
from indexer.sources.text import display_line, has_control

Locate = Callable[[str], Path | None]
"""Finds a copy of the file at an address; None where there is none."""
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[!-~]*)?")
"""Nearly all addresses, which need no closer look: a sixth of the time of reading a record."""
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


def nowhere(_: str) -> None:
    """Find no copy of any file."""


def web_address(text: str) -> str | None:
    """Return ``text`` if it is an http(s) address that a page may link to, else None."""
    if _PLAIN_ADDRESS.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and host and not has_control(text) and not re.search(r"\s", text)
    return text if safe else None


def file_in(folder: Path, name: str) -> Path | None:
    """Return the file at ``name``, ``/`` between its parts, in resolved ``folder``; None where there is none.

    Raises ItemError for a name that leads out of the folder, be it by ``..``, as an
    absolute path or through a symbolic link.
    """
    relative = PurePosixPath(name.replace("\\", "/"))
    if relative.is_absolute() or re.match(r"[A-Za-z]:", name) or has_control(name):
        raise ItemError(f"path {name[:200]!a} must be relative to the folder of its article")
    try:
        path = (folder / relative).resolve()
        inside = path.is_relative_to(folder)
        there = inside and path.is_file()
    except (OSError, RuntimeError, ValueError) as error:
        raise ItemError(f"path {name[:200]!a} can't be followed: {error}") from None
    if not inside:
        raise ItemError(f"path {name[:200]!a} points outside the folder of its article")
    return path if there else None


def attachment_of(entry: object, folder: Path | None, max_bytes: int, locate: Locate = nowhere) -> Attachment:
    """Return the attachment that ``entry`` of a record describes; a bare text is its name.

    Of several places bytes win over a path, a path over an address. A path at which nothing
    lies gives an attachment without bytes: the file is missing, which is no failure.
    Raises ItemError saying why the entry can't be used.
    """
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, dict):
        raise ItemError("it must be an object with a name, or just the name")
    values = {key: _text(entry, key) for key in ("name", "path", "url", "base64", "media_type")}
    url = web_address(values["url"])
    if values["url"] and url is None:
        raise ItemError(f"url {values['url'][:80]!a} must be an http or https address")
    name = display_line(
        values["name"] or last_part(values["path"]) or last_part(urlsplit(url or "").path), "name"
    )
    if not name:
        raise ItemError("it has no name")
    media_type = values["media_type"] if _MEDIA_TYPE.fullmatch(values["media_type"]) else None
    if values["base64"]:
        return Attachment(name, media_type, content=_decoded(values["base64"], name, max_bytes))
    if values["path"]:
        if folder is None:
            raise ItemError(f"{name} gives a path, but this input has no folder; send the bytes as base64")
        return Attachment(name, media_type, path=file_in(folder, values["path"]))
    path = locate(url) if url else None
    return Attachment(name, media_type, path=path, url=None if path else url)


def last_part(path: str) -> str:
    """Return what follows the last slash of ``path``, its ``%xx`` escapes decoded."""
    return unquote(path.replace("\\", "/").rstrip("/").rpartition("/")[2])


def _text(entry: dict[Any, Any], key: str) -> str:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise ItemError(f"its {key} must be a string")
    return value or ""


def _decoded(text: str, name: str, max_bytes: int) -> bytes:
    if len(text) // 4 * 3 > max_bytes + 2:
        raise ItemError(f"{name} is larger than max_file_mb = {max_bytes // 2**20}")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ItemError(f"{name} is not valid base64: {error}") from None
