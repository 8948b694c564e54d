"""The characters of a document, piece by piece (Clx, [MS-DOC] 2.9.38): fast saves leave them in any order. PURE."""

from __future__ import annotations

import codecs
import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from indexer.extract.formats.doc.plc import plc

_CHANGES, _TABLE = 1, 2
_COMPRESSED, _PLACE = 0x40000000, 0x3FFFFFFF
WINDOWS_1252 = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256))
"""Its five undefined codes are kept, since fonts older than Unicode have letters there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters stored together in the file."""

    first: int
    """The number of its first character in the document."""
    length: int
    place: int
    """Where it begins in the main stream."""
    width: int
    """Bytes of a character."""
    modifier: int
    """Its changes (Prm)."""


class PieceTable:
    """All characters of a document, each as one UTF-16 code unit of ``text``. Raises ValueError if it is damaged."""

    def __init__(self, pieces: list[Piece], texts: list[str], changes: list[bytes]) -> None:
        self.pieces = pieces
        self.text = "".join(texts)
        self.changes = changes
        """What the modifiers of pieces refer to."""
        if not self.text:
            raise ValueError("the table of its pieces is damaged")
        self._firsts = [piece.first for piece in pieces]

    @classmethod
    def of_clx(cls, structure: bytes, main: bytes) -> Self:
        """Return the pieces that ``structure`` (Clx) lists in ``main``."""
        changes, places, data = clx(structure)
        pieces: list[Piece] = []
        texts: list[str] = []
        first = 0
        for at, one in enumerate(data):
            length = places[at + 1] - places[at]
            place, modifier = struct.unpack_from("<IH", one, 2)
            width = 1 if place & _COMPRESSED else 2
            place = (place & _PLACE) // (3 - width)
            if length < 0 or first + length > len(main):  # no character stands in the file twice
                break
            text = _decoded(main[place : place + length * width], width)
            pieces.append(Piece(first, len(text), place, width, modifier))
            texts.append(text)
            first += len(text)
        return cls(pieces, texts, changes)

    def piece_of(self, number: int) -> Piece:
        """Return the piece that contains a character."""
        return self.pieces[bisect_right(self._firsts, number) - 1]

    def place_of(self, number: int) -> int:
        """Return where a character begins in the main stream."""
        piece = self.piece_of(number)
        return piece.place + (number - piece.first) * piece.width


def clx(structure: bytes) -> tuple[list[bytes], tuple[int, ...], list[bytes]]:
    """Return the changes that pieces refer to, the borders of the pieces and the data of each."""
    changes: list[bytes] = []
    at = 0
    while at + 5 <= len(structure):
        kind = structure[at]
        if kind == _TABLE:
            size = struct.unpack_from("<I", structure, at + 1)[0]
            return changes, *plc(structure[at + 5 : at + 5 + size], 8)
        if kind != _CHANGES:
            break
        size = struct.unpack_from("<H", structure, at + 1)[0]
        changes.append(structure[at + 3 : at + 3 + size])
        at += 3 + size
    raise ValueError("the table of its pieces is damaged")


def _decoded(content: bytes, width: int) -> str:
    if width == 1:
        return codecs.charmap_decode(content, "strict", WINDOWS_1252)[0]
    content = content[: len(content) // 2 * 2]
    text = content.decode("utf-16-le", "surrogatepass")
    # A character above U+FFFF counts as two, its surrogates.
    return text if 2 * len(text) == len(content) else "".join(map(chr, array("H", content)))
