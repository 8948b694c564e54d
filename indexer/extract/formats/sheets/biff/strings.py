"""Strings of BIFF, which may change between one and two bytes a letter where a record is continued. PURE."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from indexer.extract.formats.sheets.biff.records import Segments

_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08


class Reader:
    """Reads on through a record and what continues it; at its end there is nothing more."""

    def __init__(self, segments: Segments, segment: int = 0, at: int = 0) -> None:
        self._segments, self._segment, self._at = segments, segment, at

    def at_end(self) -> bool:
        """Whether nothing is left."""
        while self._segment < len(self._segments) and self._at >= len(self._segments[self._segment]):
            self._segment, self._at = self._segment + 1, 0
        return self._segment >= len(self._segments)

    def bytes(self, size: int) -> bytes:
        """Return the next bytes, fewer where there are no more."""
        parts = []
        while size > 0 and not self.at_end():
            part = self._segments[self._segment][self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def number(self, size: int) -> int:
        """Return the next unsigned number of so many bytes."""
        return int.from_bytes(self.bytes(size), "little")

    def letters(self, count: int, wide: bool) -> str:
        """Return the next letters; where they are continued, a flag says how anew."""
        parts = []
        while count > 0:
            segment = self._segments[self._segment] if self._segment < len(self._segments) else b""
            part = segment[self._at : self._at + (count << wide)]
            self._at += len(part)
            parts.append(part.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= len(part) >> wide
            if count > 0:
                if self._segment + 1 >= len(self._segments):
                    break
                self._segment, self._at = self._segment + 1, 1
                wide = bool(self._segments[self._segment][:1] == b"\x01")
        return "".join(parts)

    def string(self, count_bytes: int = 2) -> str:
        """Return the next string of BIFF8 ([MS-XLS] 2.5.293 and 2.5.294) without its formats and how it is spoken."""
        count = self.number(count_bytes)
        flags = self.number(1)
        runs = self.number(2) if flags & _RICH else 0
        spoken = self.number(4) if flags & _SPOKEN else 0
        text = self.letters(count, bool(flags & _WIDE))
        if runs or spoken:
            self.bytes(4 * runs + spoken)
        return text


def shared_strings(segments: Segments) -> Iterator[str]:
    """Yield the strings of the table (SST) that all sheets share."""
    reader = Reader(segments, at=8)
    while not reader.at_end():
        yield reader.string()


def coded(data: bytes, at: int, count_bytes: int, code_page: str) -> str:
    """Return the string of BIFF5 at ``at``, in a code page."""
    count = int.from_bytes(data[at : at + count_bytes], "little")
    start = at + count_bytes
    return data[start : start + count].decode(code_page, "replace")


def number_at(data: bytes, at: int) -> float:
    """Return the floating-point number at ``at``; raises struct.error where it is cut short."""
    return float(struct.unpack_from("<d", data, at)[0])
