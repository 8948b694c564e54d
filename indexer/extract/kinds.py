"""The type of a file, determined by its content; the name is used only if the content does not tell."""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

from indexer.extract.containers import container_type
from indexer.html.encoding import begins_as_html
from indexer.vietnamese.legacy import utf_16

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
TEXT = "text/plain"
HTML = "text/html"
MESSAGE = "message/rfc822"

XML_2003 = "application/vnd.ms-excel.xml"
"""A workbook in a single XML file, often named ``.xls``; it has no registered media type."""

_HEAD = 8192
_CUT_LETTER = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
"""The start of a UTF-8 character whose end was not read; it would make text look binary."""
_KINDS_OF_TEXT = ("text/csv", "text/tab-separated-values", "text/markdown", MESSAGE, HTML)
"""They have no signature: only the name distinguishes them from plain text."""
_PAGES_OF_HTML = (HTML, "application/xhtml+xml", "text/xml", "application/xml", TEXT, UNKNOWN)
"""Types for which HTML pages are mistaken."""
_WORKBOOK = re.compile(rb"<(?:\w{1,40}:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_MESSAGE = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9_-]{1,60}:[^\r\n]*(?:\r?\n|\Z)(?:[ \t][^\r\n]*(?:\r?\n|\Z))*){2,}"
    rb"(?:\r?\n|[^\r\n]*\Z)"
)
"""The head of an email and the empty line after it (RFC 5322), or as much of it as was read."""
_OF_MESSAGES = re.compile(
    rb"^(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To|X-MimeOLE):",
    re.IGNORECASE | re.MULTILINE,
)
"""One of these lines is in it: texts may begin with lines like those of an email."""
_BITMAP = "image/bmp"
"""Its two letters also begin words (``BMW``), but the numbers after them contain zeros."""
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_COMPRESSED = {
    b"BZh": "application/x-bzip2",
    b"\xfd7zXZ\x00": "application/x-xz",
    b"\x1f\x8b\x08": "application/gzip",
    b"Rar!\x1a\x07": "application/vnd.rar",
    b"\x28\xb5\x2f\xfd": "application/zstd",
    b"7z\xbc\xaf\x27\x1c": "application/x-7z-compressed",
}
_PORTABLE_MAP = re.compile(rb"P[456]\s(?:\s|#[^\n]*\n){0,20}\d{1,6}\s{1,3}\d{1,6}\s")
"""Netpbm's raw pictures; if the whole top is white, the rest may look like text."""
_TAR_HEADER = 512
_BZIP_BLOCK = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
"""How its first block, or its end, begins: three letters alone may be a word."""


def media_type_of(path: Path, name: str, sniff: Callable[[bytes], str]) -> str:
    """Return the media type of the file at ``path``, or ``UNKNOWN``.

    ``sniff`` determines a type from the first bytes of a file, or ``UNKNOWN``. Raises ValueError if a container is damaged.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    by_name = mimetypes.guess_type(name)[0] or UNKNOWN
    if codec := utf_16(head):
        text = head[: len(head) // 2 * 2].decode(codec, "replace").lstrip("\ufeff")
        if begins_as_html(text) or by_name == HTML:
            return HTML
        return (
            _kind_of_xml(path, text.encode("utf-8", "replace")) if text.lstrip().startswith("<?xml") else TEXT
        )
    head = head.removeprefix(codecs.BOM_UTF8)
    if len(head) >= _HEAD - len(codecs.BOM_UTF8):
        head = _CUT_LETTER.sub(b"", head)
    found = container_type(path, head, by_name) or _compressed(head) or _portable_map(head) or sniff(head)
    if found == TEXT and is_message(head):
        return MESSAGE
    if found in _PAGES_OF_HTML and _WORKBOOK.search(head):
        return XML_2003
    if found in _PAGES_OF_HTML and begins_as_html(head.decode("utf-8", "replace")):
        return HTML
    if found == UNKNOWN or (found == TEXT and by_name in _KINDS_OF_TEXT):
        found = by_name
    elif found == _BITMAP and not _CONTROLS.search(head):
        found = TEXT
    is_text = found == TEXT or found in _KINDS_OF_TEXT
    return UNKNOWN if is_text and _is_binary(head) else found


def _kind_of_xml(path: Path, head: bytes) -> str:
    if _WORKBOOK.search(head):
        return XML_2003
    return container_type(path, head, None) or "text/xml"


def _is_binary(head: bytes) -> bool:
    """Return whether zero bytes show that it is not text: some old programs pad table fields with them, but hardly use other
    controls.
    """
    zeros = head.count(b"\0")
    others = len(_CONTROLS.findall(head)) - zeros
    return zeros > 0 and (zeros * 5 > len(head) or others * 50 > len(head))


def is_message(head: bytes) -> bool:
    """Return whether a file begins like an email."""
    lines = _MESSAGE.match(head)
    return lines is not None and _OF_MESSAGES.search(lines[0]) is not None


def _portable_map(head: bytes) -> str | None:
    return "image/x-portable-anymap" if _PORTABLE_MAP.match(head) else None


def _compressed(head: bytes) -> str | None:
    found = next((kind for magic, kind in _COMPRESSED.items() if head.startswith(magic)), None)
    if found == "application/x-bzip2" and not _BZIP_BLOCK.match(head):
        return None
    if found is None and (head[257:262] == b"ustar" or _begins_as_old_tar(head)):
        return "application/x-tar"
    return found


def _begins_as_old_tar(head: bytes) -> bool:
    """Return whether a pre-1988 TAR begins here: it has no signature, but the checksum of its first header (bytes 148 to 155)."""
    said = head[148:156].rstrip(b"\0 ").lstrip(b" ")
    if len(head) < _TAR_HEADER or not head[0] or not re.fullmatch(b"[0-7]{3,7}", said):
        return False
    return int(said, 8) == sum(head[:148]) + 8 * ord(" ") + sum(head[156:_TAR_HEADER])
