"""Strings of BIFF, which may change between one and two bytes per letter where a record is continued. PURE."""

from __future__ import annotations

from indexer.extract.formats.sheets.biff.records import Segments

_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08


class Reader:
    """Reads through a record and its continuations."""

    def __init__(self, segments: Segments, segment: int = 0, at: int = 0) -> None:
        self._segments, self._segment, self._at = segments, segment, at

    @property
    def place(self) -> tuple[int, int]:
        """The number of the current segment, and the position in it."""
        return self._segment, self._at

    def at_end(self) -> bool:
        """Whether nothing is left."""
        while self._segment < len(self._segments) and self._at >= len(self._segments[self._segment]):
            self._segment, self._at = self._segment + 1, 0
        return self._segment >= len(self._segments)

    def bytes(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end."""
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
        """Return the next letters; each continuation begins with a flag for their width."""
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
        """Return the next string of BIFF8 ([MS-XLS] 2.5.293 and 2.5.294) without its formats and phonetic readings."""
        count = self.number(count_bytes)
        flags = self.number(1)
        runs = self.number(2) if flags & _RICH else 0
        spoken = self.number(4) if flags & _SPOKEN else 0
        text = self.letters(count, bool(flags & _WIDE))
        if runs or spoken:
            self.bytes(4 * runs + spoken)
        return text


def string_at(segments: Segments, at: int, count_bytes: int = 2) -> str:
    """Return the string of BIFF8 at ``at`` in a record; raises IndexError if there is none."""
    data = segments[0]
    count = data[at] if count_bytes == 1 else data[at] | data[at + 1] << 8
    flags = data[at + count_bytes]
    start = at + count_bytes + 1
    end = start + (count << (flags & _WIDE))
    if flags <= _WIDE and end <= len(data):  # as nearly all
        return data[start:end].decode("utf-16-le" if flags else "latin-1", "replace")
    return Reader(segments, at=at).string(count_bytes)


def shared_strings(segments: Segments) -> list[str]:
    """Return the strings of the table (SST) that all sheets share."""
    strings: list[str] = []
    data, at, segment = segments[0], 8, 0
    while segment < len(segments):
        # Nearly all are plain, and not continued.
        while at + 3 <= len(data):
            flags = data[at + 2]
            start = at + 3
            end = start + ((data[at] | data[at + 1] << 8) << (flags & _WIDE))
            if flags > _WIDE or end > len(data):
                break
            strings.append(data[start:end].decode("utf-16-le" if flags else "latin-1", "replace"))
            at = end
        if at >= len(data):
            segment, at = segment + 1, 0
        else:
            reader = Reader(segments, segment, at)
            strings.append(reader.string())
            segment, at = reader.place
        data = segments[segment] if segment < len(segments) else b""
    return strings


def coded(data: bytes, at: int, count_bytes: int, code_page: str) -> str:
    """Return the string of BIFF5 at ``at``, decoded with a code page."""
    count = int.from_bytes(data[at : at + count_bytes], "little")
    start = at + count_bytes
    return data[start : start + count].decode(code_page, "replace")
