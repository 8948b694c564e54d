"""What kind of file this is: its content says; its name is asked where the content can't tell."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

from indexer.extract.containers import container_type

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
TEXT = "text/plain"

_HEAD = 8192
_NOT_ASCII = bytes(range(0x80, 0x100))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How Windows marks text of two bytes a letter, half of which are zero."""
_KINDS_OF_TEXT = ("text/csv", "text/tab-separated-values", "text/markdown", "message/rfc822")
"""They have no signature: only the name tells them from plain text."""
_MESSAGE = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}\r?\n")
"""The head of a mail and the empty line behind it (RFC 5322)."""
_OF_MESSAGES = re.compile(rb"^(?:MIME-Version|Received|Message-ID):", re.IGNORECASE | re.MULTILINE)
"""One of these lines is in it: a text may begin with lines like a mail's."""


def media_type_of(path: Path, name: str, sniff: Callable[[bytes], str]) -> str:
    """Return the media type of the file at ``path``, or ``UNKNOWN``.

    ``sniff`` tells a type from a file's first bytes, or ``UNKNOWN``. Raises ValueError where a
    container is damaged.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_UTF_16):
        return TEXT
    if len(head) == _HEAD:
        # A letter cut in two would make text look like none.
        head = head.rstrip(_NOT_ASCII) or head
    by_name = mimetypes.guess_type(name)[0] or UNKNOWN
    found = container_type(path, head, by_name) or sniff(head)
    if found == TEXT and _is_message(head):
        found = "message/rfc822"
    elif found == UNKNOWN or (found == TEXT and by_name in _KINDS_OF_TEXT):
        found = by_name
    is_text = found == TEXT or found in _KINDS_OF_TEXT
    return UNKNOWN if is_text and b"\0" in head else found


def _is_message(head: bytes) -> bool:
    lines = _MESSAGE.match(head)
    return lines is not None and _OF_MESSAGES.search(lines[0]) is not None
