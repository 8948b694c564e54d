"""The header of a document of Word 97 to 2003 (FIB, [MS-DOC] 2.5) and the streams that it refers to."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Self

from indexer.extract.formats.content import PasswordNeededError
from indexer.extract.formats.doc.piece_table import PieceTable
from indexer.extract.formats.doc.plc import plc
from indexer.extract.formats.doc.runs import Runs, runs_of_characters, runs_of_paragraphs
from indexer.extract.ole import Ole

_WORD_97 = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_VERSION, _FLAGS, _COUNTS, _PAIRS = 2, 10, 76, 154
_STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
"""The stories of a document in the order in which they are stored."""

# Numbers of the structures that the header refers to: pairs of start and size.
STYLES, NOTES_OF_HEADERS, CHARACTERS, PARAGRAPHS, FONTS = 1, 11, 12, 13, 15
_PIECES, ANCHORS, DRAWINGS, BOXES, HEADER_BOXES, LISTS, USES_OF_LISTS = 33, 40, 50, 56, 58, 73, 74


class Fib:
    """Where the structures of a document are stored. Raises ValueError if it is damaged, and PasswordNeededError."""

    changes_of_styles = True
    """Whether its styles encode their changes as Word 97 does."""

    def __init__(self, main: bytes, table: bytes, counts: int, data: Callable[[], bytes] = bytes) -> None:
        """Read the header in ``main``, which has the lengths of the stories at ``counts``."""
        self.main = main
        self.table = table
        self._read_data = data
        if len(main) < _PAIRS or not table:
            raise ValueError("the head of the document is damaged")
        if flags_of(main) & _ENCRYPTED:
            raise PasswordNeededError("the document is encrypted")
        lengths = struct.unpack_from("<8i", main, counts)
        if min(lengths) < 0:
            raise ValueError("the head of the document is damaged")
        borders = pairwise(accumulate(lengths, initial=0))
        self.stories = dict(zip(_STORIES, borders, strict=True))
        """The first character of each story and the one after its last."""

    @classmethod
    def of_ole(cls, ole: Ole, main: bytes) -> Self:
        """Return the header of a document whose main stream is ``main``."""
        second = flags_of(main) & _SECOND_TABLE
        return cls(main, stream(ole, f"{int(bool(second))}Table"), _COUNTS, lambda: stream(ole, "Data"))

    @cached_property
    def data(self) -> bytes:
        """The stream with what is too long for the others, such as pictures."""
        return self._read_data()

    def place(self, number: int) -> tuple[int, int]:
        """Return start and size of a structure in the table stream, both 0 if it does not exist."""
        at = _PAIRS + 8 * number
        if at + 8 > len(self.main) or number >= struct.unpack_from("<H", self.main, _PAIRS - 2)[0]:
            return 0, 0
        start, size = struct.unpack_from("<II", self.main, at)
        return start, size

    def structure(self, number: int) -> bytes:
        """Return the bytes of a structure in the table stream."""
        start, size = self.place(number)
        return self.table[start : start + size]

    def long_changes(self, place: int) -> bytes:
        """Return the changes that are too long for the page of a paragraph (PrcData)."""
        return self.data[place + 2 : place + 2 + int.from_bytes(self.data[place : place + 2], "little")]

    def pieces(self) -> PieceTable:
        """Return the characters of the document."""
        return PieceTable.of_clx(self.structure(_PIECES), self.main)

    def runs_of_characters(self, wanted: re.Pattern[bytes] | None) -> Runs:
        """Return the changes of characters, from the pages that contain ``wanted``, or from all."""
        return runs_of_characters(self.main, plc(self.structure(CHARACTERS), 4)[1], wanted)

    def runs_of_paragraphs(self) -> Runs:
        """Return the properties of paragraphs: number of their style (2 bytes) and changes."""
        return runs_of_paragraphs(self.main, plc(self.structure(PARAGRAPHS), 4)[1])

    def fonts(self) -> list[str]:
        """Return the names of the fonts (SttbfFfn)."""
        content = self.structure(FONTS)
        found: list[str] = []
        at = 4
        while at < len(content) and len(found) < int.from_bytes(content[:2], "little"):
            size = content[at]
            name = content[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
            found.append(name.partition("\0")[0])
            at += 1 + size
        return found


def is_word_97(main: bytes) -> bool:
    """Whether a main stream was written by Word 97 or later."""
    return int.from_bytes(main[_VERSION : _VERSION + 2], "little") >= _WORD_97


def flags_of(main: bytes) -> int:
    """Return the flags of a document."""
    return int.from_bytes(main[_FLAGS : _FLAGS + 2], "little")


def stream(ole: Ole, name: str) -> bytes:
    """Return a stream, empty if it does not exist."""
    entry = ole.find(name)
    return ole.read(entry) if entry is not None else b""
