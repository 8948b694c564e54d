"""What documents in OLE files state about themselves (property sets, [MS-OLEPS]). PURE."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from indexer.extract.ole import Ole
from indexer.vietnamese.legacy import decode

_STREAM = "\x05SummaryInformation"
_CODE_PAGE, _TITLE, _SUBJECT, _KEYWORDS, _REMARKS, _CREATED = 1, 2, 3, 5, 6, 12
_WORDS = (_TITLE, _SUBJECT, _KEYWORDS, _REMARKS)
_NARROW, _WIDE, _MOMENT = 0x1E, 0x1F, 0x40
_UTF_16, _UTF_8 = 1200, 65001
_MOST = 100
"""The most properties read from a set; Office writes about twenty."""
_LONGEST = 10_000
"""The most bytes read of a property."""
_SINCE = datetime(1601, 1, 1, tzinfo=UTC)


def said_in_ole(ole: Ole) -> list[str]:
    """Return title, subject, keywords and remarks of a document."""
    values = _values(ole)
    return [text for name in _WORDS if (text := _text(values, name))]


def title_in_ole(ole: Ole) -> tuple[str, str]:
    """Return the title of a document and its ISO creation date, empty if not stated."""
    values = _values(ole)
    kind, content = values.get(_CREATED, (0, b""))
    day = ""
    if kind == _MOMENT and len(content) >= 8:
        try:
            moment = _SINCE + timedelta(microseconds=int.from_bytes(content[:8], "little") // 10)
            day = moment.date().isoformat()
        except OverflowError:
            pass
    return _text(values, _TITLE), day


def _values(ole: Ole) -> dict[int, tuple[int, bytes]]:
    """Return type and bytes of each property by its number; none if they are damaged."""
    entry = ole.find(_STREAM)
    content = ole.read(entry) if entry is not None else b""
    found: dict[int, tuple[int, bytes]] = {}
    try:
        start = struct.unpack_from("<I", content, 44)[0]
        count = struct.unpack_from("<I", content, start + 4)[0]
        for at in range(start + 8, start + 8 + 8 * min(count, _MOST), 8):
            number, offset = struct.unpack_from("<II", content, at)
            kind = struct.unpack_from("<I", content, start + offset)[0]
            found[number] = kind, content[start + offset + 4 : start + offset + 4 + _LONGEST]
    except struct.error:
        pass
    return found


def _text(values: dict[int, tuple[int, bytes]], name: int) -> str:
    kind, content = values.get(name, (0, b""))
    size, content = int.from_bytes(content[:4], "little"), content[4:]
    if kind == _WIDE:
        return content[: 2 * size].decode("utf-16-le", "replace").partition("\0")[0]
    if kind != _NARROW:
        return ""
    content = content[:size]
    page = int.from_bytes(values.get(_CODE_PAGE, (0, b""))[1][:2], "little")
    if page == _UTF_16:
        return content.decode("utf-16-le", "replace").partition("\0")[0]
    content = content.partition(b"\0")[0]
    try:
        return content.decode("utf-8" if page == _UTF_8 else f"cp{page}")
    except (LookupError, UnicodeDecodeError):
        return decode(content).text
