"""Emails as Outlook stores them: streams of an OLE file that are named after their property ([MS-OXMSG])."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from indexer.extract.formats.html import html_text, shown
from indexer.extract.formats.mail.compressed_rtf import decompressed
from indexer.extract.formats.mail.message import DEEPEST, Message, longer
from indexer.extract.formats.rtf.reader import rtf_text
from indexer.extract.ole import Entry, Ole
from indexer.extract.reasons import problem
from indexer.html.encoding import decode_as_said
from indexer.vietnamese.legacy import decode

_UNICODE, _BYTES, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_SUBJECT, _BODY, _RTF, _HTML, _SENDER, _ADDRESS, _SMTP, _TO, _CC = (
    "0037", "1000", "1009", "1013", "0C1A", "0C1F", "5D01", "0E04", "0E03",
)  # fmt: skip
_CODE_PAGES = (0x3FFD, 0x3FDE)
"""The code pages of its texts and, if not stated, of its body as sent."""
_NUMBER, _MOMENT = 0x03, 0x40
_SENT = (0x0039, 0x0E06)
"""The time it was sent, otherwise when it was received."""
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = "3701", "3707", "3704", "3001"
_ATTACHED = "__attach_version1.0"
_TOP_HEAD, _INNER_HEAD = 32, 24
"""Bytes before the properties of an email, and of one within another."""
_SINCE = datetime(1601, 1, 1, tzinfo=UTC)


def read_msg(content: bytes) -> Message:
    """Return the email in ``content``; raises ValueError if it is not an OLE file."""
    return _message(Ole(content), None, 0, set())


def _message(ole: Ole, storage: Entry | None, depth: int, seen: set[int]) -> Message:
    """Read an email; ``seen`` are the first children of the storages already read, since a damaged file may share them."""
    entries = list(ole.inside(storage))
    values = _Values(ole, entries)
    told = values.numbers(_NUMBER, _INNER_HEAD if storage else _TOP_HEAD)
    values.code_page = next((told[tag] & 0xFFFFFFFF for tag in _CODE_PAGES if told.get(tag)), 0)
    sender, address = values.text(_SENDER), values.text(_SMTP) or values.text(_ADDRESS)
    if "@" in address and address != sender:
        sender = f"{sender} <{address}>"
    found = Message([
        ("Subject", values.text(_SUBJECT)), ("From", sender), ("To", values.text(_TO)), ("Cc", values.text(_CC)),
        ("Date", values.sent(_INNER_HEAD if storage else _TOP_HEAD)),
    ])  # fmt: skip
    plain = values.text(_BODY)
    found.texts = [longer(plain, values.page() or ("" if plain.strip() else values.rich()))]
    for entry in sorted(entries, key=lambda one: one.name):
        if entry.is_storage and entry.name.startswith(_ATTACHED) and entry.child not in seen:
            seen.add(entry.child)
            _attached(ole, entry, found, depth, values.code_page, seen)
    return found


def _attached(ole: Ole, storage: Entry, found: Message, depth: int, code_page: int, seen: set[int]) -> None:
    entries = list(ole.inside(storage))
    values = _Values(ole, entries, code_page)
    inner = values.named(_DATA, _OBJECT)
    if inner is not None and inner.is_storage:
        is_mail = any(one.name.startswith("__properties") for one in ole.inside(inner))
        if is_mail and depth == DEEPEST:
            found.leaves_out(problem("parts_deep"))
        elif is_mail and inner.child not in seen:
            seen.add(inner.child)
            found.take(_message(ole, inner, depth + 1, seen))
        return
    name = values.text(_LONG_NAME) or values.text(_SHORT_NAME) or values.text(_SHOWN_NAME)
    if content := values.bytes(_DATA, _BINARY):
        found.files.append((name, content))


class _Values:
    """The properties of an email or an attachment."""

    def __init__(self, ole: Ole, entries: list[Entry], code_page: int = 0) -> None:
        self._ole = ole
        self.code_page = code_page
        """The code page of texts with one byte per letter; 0 if not stated."""
        self._entries = {entry.name.lower(): entry for entry in entries}

    def named(self, tag: str, kind: str) -> Entry | None:
        return self._entries.get(f"__substg1.0_{tag}{kind}".lower())

    def bytes(self, tag: str, kind: str) -> bytes:
        entry = self.named(tag, kind)
        return self._ole.read(entry) if entry else b""

    def text(self, tag: str) -> str:
        if wide := self.bytes(tag, _UNICODE):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        content = self.bytes(tag, _BYTES).rstrip(b"\0")
        # Windows-1252 is also stated for texts in TCVN3 and VNI.
        said = decode_as_said(content, self._charset) if self._charset != "cp1252" else None
        return decode(content).text if said is None else said

    @property
    def _charset(self) -> str:
        return f"cp{self.code_page}" if self.code_page else ""

    def page(self) -> str:
        """Return the text of the email's HTML, empty if it has none."""
        if wide := self.bytes(_HTML, _UNICODE):
            return shown(wide.decode("utf-16-le", "replace"))
        content = self.bytes(_HTML, _BINARY) or self.bytes(_HTML, _BYTES)
        return html_text(content, self._charset) if content else ""

    def rich(self) -> str:
        """Return the text of the email's RTF, empty if it has none."""
        content = self.bytes(_RTF, _BINARY)
        try:
            return rtf_text(decompressed(content)) if content else ""
        except ValueError:
            return ""

    def sent(self, head: int) -> str:
        """Return the time of the email, empty if not stated; ``head`` bytes precede its properties."""
        moments = self.numbers(_MOMENT, head)
        for tag in _SENT:
            try:
                if ticks := moments.get(tag, 0):
                    return f"{_SINCE + timedelta(microseconds=ticks // 10):%d/%m/%Y %H:%M} UTC"
            except OverflowError:
                continue
        return ""

    def numbers(self, kind: int, head: int) -> dict[int, int]:
        """Return the numeric properties of a ``kind`` by their tags; ``head`` bytes precede them."""
        entry = self._entries.get("__properties_version1.0")
        content = self._ole.read(entry) if entry else b""
        found = {}
        for at in range(head, len(content) - 15, 16):
            its, tag, _, value = struct.unpack_from("<HHIQ", content, at)
            if its == kind:
                found[tag] = value
        return found
