"""What kind of file this is: its content says; its name is asked where the content can't tell."""

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
"""A workbook in one file of XML, often called ``.xls``; nothing registered names it."""

_HEAD = 8192
_CUT_LETTER = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
"""The beginning of a letter in UTF-8, whose end was not read: it would make text look like none."""
_KINDS_OF_TEXT = ("text/csv", "text/tab-separated-values", "text/markdown", MESSAGE, HTML)
"""They have no signature: only the name tells them from plain text."""
_PAGES_OF_HTML = (HTML, "application/xhtml+xml", "text/xml", "application/xml", TEXT, UNKNOWN)
"""What pages of HTML are taken for."""
_WORKBOOK = re.compile(rb"<(?:\w{1,40}:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_MESSAGE = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9_-]{1,60}:[^\r\n]*(?:\r?\n|\Z)(?:[ \t][^\r\n]*(?:\r?\n|\Z))*){2,}"
    rb"(?:\r?\n|[^\r\n]*\Z)"
)
"""The head of a mail and the empty line behind it (RFC 5322), or as much of it as was read."""
_OF_MESSAGES = re.compile(
    rb"^(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To|X-MimeOLE):",
    re.IGNORECASE | re.MULTILINE,
)
"""One of these lines is in it: a text may begin with lines like a mail's."""
_BITMAP = "image/bmp"
"""Its two letters begin words as well (``BMW``), but the numbers behind them have zeros."""
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
"""Netpbm's raw pictures; where all of the top is white, the rest may be taken for text."""
_TAR_HEADER = 512
_BZIP_BLOCK = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
"""How its first block, or its end, begins: three letters alone may be a word."""


def media_type_of(path: Path, name: str, sniff: Callable[[bytes], str]) -> str:
    """Return the media type of the file at ``path``, or ``UNKNOWN``.

    ``sniff`` tells a type from a file's first bytes, or ``UNKNOWN``. Raises ValueError where a
    container is damaged.
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
    """Whether zeros tell of no text: some old programs fill fields of a table with them, but hardly use other controls."""
    zeros = head.count(b"\0")
    others = len(_CONTROLS.findall(head)) - zeros
    return zeros > 0 and (zeros * 5 > len(head) or others * 50 > len(head))


def is_message(head: bytes) -> bool:
    """Whether a file begins as a mail does."""
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
    """Whether a TAR of before 1988 begins here: it has no signature, but the sum of its first header (148 to 155)."""
    said = head[148:156].rstrip(b"\0 ").lstrip(b" ")
    if len(head) < _TAR_HEADER or not head[0] or not re.fullmatch(b"[0-7]{3,7}", said):
        return False
    return int(said, 8) == sum(head[:148]) + 8 * ord(" ") + sum(head[156:_TAR_HEADER])
