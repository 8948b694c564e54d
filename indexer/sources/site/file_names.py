"""Name and type of a file sent by a server, from its header and its first bytes. PURE."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from urllib.parse import unquote, unquote_to_bytes

from indexer.errors import ItemError
from indexer.sources.text import display_line

_EXTENDED = re.compile(r"filename\*\s*=\s*\"?([\w.:+-]*)'[\w-]*'([^;\"\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;\"]+))", re.IGNORECASE)
_SUFFIX = re.compile(r".*\.[A-Za-z0-9]{1,8}")
_KINDS = (
    (b"%PDF-", ".pdf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"), (b"{\\rtf", ".rtf"), (b"Rar!\x1a", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"), (b"II*\x00", ".tiff"), (b"MM\x00*", ".tiff"), (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)  # fmt: skip
_ZIPPED = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"), (b"opendocument.text", ".odt"))
_ZIPPED_HEAD = 100_000
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)


def served_name(header: bytes) -> str:
    """Return the file name in a ``Content-Disposition`` header, ``""`` if there is none.

    ``filename*`` (RFC 5987) takes precedence. As sent by servers, a plain ``filename`` may be raw UTF-8, percent-encoded, a
    MIME word, or UTF-8 decoded once too often as Latin-1.
    """
    text = header.decode("latin-1")
    if extended := _EXTENDED.search(text):
        try:
            return _shown(unquote_to_bytes(extended[2]).decode(extended[1] or "utf-8"))
        except (LookupError, UnicodeDecodeError):
            pass
    plain = _PLAIN.search(text)
    if plain is None:
        return ""
    name = re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2].strip()
    if "=?" in name:
        try:
            name = str(make_header(decode_header(name)))
        except (HeaderParseError, LookupError, UnicodeError, ValueError):
            return ""
    elif re.search("%[0-9A-Fa-f]{2}", name):
        name = unquote(name)
    return _shown(name)


def _shown(name: str) -> str:
    """Return a name for display, without folders; wrong decoding, once or twice, is undone."""
    for codec in ("latin-1", "latin-1", "cp1252"):
        try:
            name = name.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    try:
        return display_line(re.split(r"[/\\]", name)[-1])[:200]
    except ItemError:  # half a surrogate pair
        return ""


def suffix_of(data: bytes) -> str:
    """Return the file extension for files that begin like ``data``, ``""`` if that does not tell."""
    if data.startswith(b"PK\x03\x04"):
        head = data[:_ZIPPED_HEAD] + data[-_ZIPPED_HEAD:]
        return next((suffix for mark, suffix in _ZIPPED if mark in head), ".zip")
    return next((suffix for start, suffix in _KINDS if data.startswith(start)), "")


def is_web_page(data: bytes) -> bool:
    """Tell whether ``data`` is an HTML page: in place of a document, that is a login or an error."""
    return _PAGE.match(data[:2000]) is not None


def file_name(served: str, linked: str, data: bytes) -> str:
    """Return the best name of a file: that of the link if it is a file name, otherwise that of the server."""
    name = linked if _SUFFIX.fullmatch(linked) or not served else served
    return name if _SUFFIX.fullmatch(name) else f"{name}{suffix_of(data)}"
