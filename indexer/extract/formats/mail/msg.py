"""Mails as Outlook keeps them: streams of an OLE file that are named after their property ([MS-OXMSG])."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from indexer.extract.formats.html import html_text
from indexer.extract.formats.mail.message import DEEPEST, Message, longer
from indexer.extract.ole import Entry, Ole
from indexer.vietnamese.legacy import decode

_UNICODE, _BYTES, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_SUBJECT, _BODY, _HTML, _SENDER, _ADDRESS, _SMTP, _TO, _CC = (
    "0037", "1000", "1013", "0C1A", "0C1F", "5D01", "0E04", "0E03",
)  # fmt: skip
_SENT = (0x0039, 0x0E06)
"""When it was sent, else when it came."""
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = "3701", "3707", "3704", "3001"
_ATTACHED = "__attach_version1.0"
_TOP_HEAD, _INNER_HEAD = 32, 24
"""Bytes before the properties of a mail, and of one within another."""
_SINCE = datetime(1601, 1, 1, tzinfo=UTC)


def read_msg(content: bytes) -> Message:
    """Return the mail that ``content`` holds; raises ValueError where it is no OLE file."""
    return _message(Ole(content), None, 0)


def _message(ole: Ole, storage: Entry | None, depth: int) -> Message:
    entries = list(ole.inside(storage))
    values = _Values(ole, entries)
    sender, address = values.text(_SENDER), values.text(_SMTP) or values.text(_ADDRESS)
    if "@" in address and address != sender:
        sender = f"{sender} <{address}>"
    found = Message([
        ("Subject", values.text(_SUBJECT)), ("From", sender), ("To", values.text(_TO)), ("Cc", values.text(_CC)),
        ("Date", values.sent(_INNER_HEAD if storage else _TOP_HEAD)),
    ])  # fmt: skip
    page = values.bytes(_HTML, _BINARY)
    rich = html_text(page) if page else values.text(_HTML)
    found.texts = [longer(values.text(_BODY), rich)]
    for entry in sorted(entries, key=lambda one: one.name):
        if entry.is_storage and entry.name.startswith(_ATTACHED):
            _attached(ole, entry, found, depth)
    return found


def _attached(ole: Ole, storage: Entry, found: Message, depth: int) -> None:
    entries = list(ole.inside(storage))
    values = _Values(ole, entries)
    inner = values.named(_DATA, _OBJECT)
    if inner is not None and inner.is_storage:
        if depth < DEEPEST and any(one.name.startswith("__properties") for one in ole.inside(inner)):
            found.take(_message(ole, inner, depth + 1))
        return
    name = values.text(_LONG_NAME) or values.text(_SHORT_NAME) or values.text(_SHOWN_NAME)
    if content := values.bytes(_DATA, _BINARY):
        found.files.append((name, content))


class _Values:
    """The properties of a mail or of what it carries."""

    def __init__(self, ole: Ole, entries: list[Entry]) -> None:
        self._ole = ole
        self._entries = {entry.name.lower(): entry for entry in entries}

    def named(self, tag: str, kind: str) -> Entry | None:
        return self._entries.get(f"__substg1.0_{tag}{kind}".lower())

    def bytes(self, tag: str, kind: str) -> bytes:
        entry = self.named(tag, kind)
        return self._ole.read(entry) if entry else b""

    def text(self, tag: str) -> str:
        if wide := self.bytes(tag, _UNICODE):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self.bytes(tag, _BYTES).rstrip(b"\0")).text

    def sent(self, head: int) -> str:
        """Return the moment of the mail, empty where none is told; ``head`` bytes stand before its properties."""
        entry = self._entries.get("__properties_version1.0")
        content = self._ole.read(entry) if entry else b""
        moments = {}
        for at in range(head, len(content) - 15, 16):
            kind, tag, _, ticks = struct.unpack_from("<HHIQ", content, at)
            if kind == 0x40 and tag in _SENT:
                moments[tag] = ticks
        for tag in _SENT:
            try:
                if ticks := moments.get(tag, 0):
                    return f"{_SINCE + timedelta(microseconds=ticks // 10):%d/%m/%Y %H:%M} UTC"
            except OverflowError:
                continue
        return ""
