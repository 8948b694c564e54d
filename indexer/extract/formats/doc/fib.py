"""The head of a document of Word 97 to 2003 (FIB, [MS-DOC] 2.5) and the streams that it leads to."""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise

from indexer.extract.formats.content import PasswordNeededError
from indexer.extract.ole import Ole

_WORD_97 = 0x00C1
_SINCE_6 = range(100, _WORD_97)
"""Versions of Word 6 and 95, which keep text in code pages and say otherwise where it stands."""
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_VERSION, _FLAGS, _COUNTS, _PAIRS = 2, 10, 76, 154
_STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
"""The stories of a document in the order in which their characters follow each other."""

# Places of what the table stream holds, in pairs of its start and its size.
STYLES, NOTES_OF_HEADERS, CHARACTERS, PARAGRAPHS, FONTS = 1, 11, 12, 13, 15
PIECES, ANCHORS, DRAWINGS, BOXES, HEADER_BOXES, LISTS, USES_OF_LISTS = 33, 40, 50, 56, 58, 73, 74


class Fib:
    """Where things stand in a document. Raises ValueError where it is none that is read here, PasswordNeededError."""

    def __init__(self, ole: Ole) -> None:
        self.main = _stream(ole, "WordDocument")
        if len(self.main) < _PAIRS:
            raise ValueError("the head of the document is damaged")
        version, flags = (struct.unpack_from("<H", self.main, at)[0] for at in (_VERSION, _FLAGS))
        if version in _SINCE_6:
            raise ValueError("it was saved by Word 95 or older, and is not read here: save it as DOCX")
        if flags & _ENCRYPTED:
            raise PasswordNeededError("the document is encrypted")
        self.table = _stream(ole, f"{int(bool(flags & _SECOND_TABLE))}Table")
        self.data = _stream(ole, "Data")
        counts = struct.unpack_from("<8i", self.main, _COUNTS)
        if min(counts) < 0 or not self.table:
            raise ValueError("the head of the document is damaged")
        borders = pairwise(accumulate(counts, initial=0))
        self.stories = dict(zip(_STORIES, borders, strict=True))
        """First character of each story and the one behind its last."""

    def place(self, number: int) -> tuple[int, int]:
        """Return start and size of a structure in the table stream, both 0 where there is none."""
        at = _PAIRS + 8 * number
        if at + 8 > len(self.main) or number >= struct.unpack_from("<H", self.main, _PAIRS - 2)[0]:
            return 0, 0
        start, size = struct.unpack_from("<II", self.main, at)
        return start, size

    def structure(self, number: int) -> bytes:
        """Return the bytes of a structure in the table stream."""
        start, size = self.place(number)
        return self.table[start : start + size]

    def places_and_data(self, number: int, size: int) -> tuple[tuple[int, ...], list[bytes]]:
        """Return a structure that is a PLC: n + 1 places, and ``size`` bytes for each of the n between them."""
        return plc(self.structure(number), size)


def plc(content: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """Return the n + 1 places in ``content``, and the ``size`` bytes for each of the n between them."""
    count = max(0, (len(content) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count + 1}I", content) if count else ()
    first = 4 * (count + 1)
    return places, [content[at : at + size] for at in range(first, first + count * size, size or 1)]


def _stream(ole: Ole, name: str) -> bytes:
    entry = ole.find(name)
    return ole.read(entry) if entry is not None else b""
