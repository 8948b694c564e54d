"""Documents of Word 6 and 95, which store their text in code pages and their changes under shorter names."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache, cached_property

from indexer.extract.formats.content import UnreadableError
from indexer.extract.formats.doc.fib import CHARACTERS, FONTS, PARAGRAPHS, Fib, flags_of
from indexer.extract.formats.doc.piece_table import WINDOWS_1252, Piece, PieceTable, clx
from indexer.extract.formats.doc.plc import plc
from indexer.extract.formats.doc.runs import Runs, runs_of_characters, runs_of_old_paragraphs
from indexer.extract.formats.doc.sprms import FONT
from indexer.extract.formats.rtf.words import CODE_PAGES

_VERSIONS = range(100, 106)
OLD_BEGINNINGS = (b"\xdb\xa5", b"\x9b\xa5", b"\x9c\xa5", b"1\xbe\0\0")
"""The first bytes of documents of Word 1 and 2, and of Word for DOS."""
_IN_PIECES, _WIDE = 0x0004, 0x1000
_TEXT, _COUNTS, _PAIRS, _MOST_PAIRS = 24, 52, 88, 38
_PIECES = 33
_NEW_CODES = {24: 0x2416, 25: 0x2417, 65: 0x0800, 80: 0x4A30, 92: 0x083C, 93: FONT}
"""The relevant changes by their old numbers, with their numbers since Word 97."""
_SIZES = {
    **dict.fromkeys((2, 16, 17, 18, 19, 21, 22, 26, 27, 28, *range(30, 37), *range(38, 44), *range(45, 50), 69, 72), 2),
    **dict.fromkeys((80, 93, 96, 97, 99, 101, 107, 109, 110), 2),
    **dict.fromkeys((4, *range(5, 12), 13, 14, 24, 25, 29, 37, 44, 50, 51, 65, 66, 67, 71, 75, *range(85, 93)), 1),
    **dict.fromkeys((94, 98, 100, 102, 104, 117, 118), 1),
    **dict.fromkeys((20, 70), 4), **dict.fromkeys((73, 95), 3), 83: 0,
}  # fmt: skip
"""Bytes that follow the number of a change; for others the first byte says how many."""
_LAST = 118
"""The last relevant change: what follows concerns tables and pictures."""


class Word95(Fib):
    """Where the structures of a document of Word 6 or 95 are stored. Raises ValueError if it is damaged, and
    PasswordNeededError.
    """

    def __init__(self, main: bytes) -> None:
        version = int.from_bytes(main[2:4], "little")
        if main.startswith(OLD_BEGINNINGS) and version not in _VERSIONS:
            raise UnreadableError("old_word")
        super().__init__(main, main, _COUNTS)
        if version not in _VERSIONS:
            raise ValueError("the head of the document is damaged")

    changes_of_styles = False

    def place(self, number: int) -> tuple[int, int]:
        at = _PAIRS + 8 * number
        if number >= _MOST_PAIRS or at + 8 > len(self.main):
            return 0, 0
        start, size = struct.unpack_from("<II", self.main, at)
        return start, size

    def pieces(self) -> PieceTable:
        width = 2 if flags_of(self.main) & _WIDE else 1
        changes: list[bytes] = []
        pieces: list[Piece] = []
        first = 0
        for place, length, modifier in self._places(changes, width):
            length = max(0, min(length, (len(self.main) - place) // width))
            if first + length > len(self.main):
                raise ValueError("the table of its pieces is damaged")
            pieces.append(Piece(first, length, place, width, modifier))
            first += length
        return PieceTable(pieces, [self._text(piece) for piece in pieces], changes)

    def runs_of_characters(self, wanted: re.Pattern[bytes] | None) -> Runs:
        return self._characters

    def runs_of_paragraphs(self) -> Runs:
        old = runs_of_old_paragraphs(self.main, plc(self.structure(PARAGRAPHS), 2)[1])
        return Runs((start, end, said[:2] + _renamed(said[2:])) for start, end, said in old)

    def fonts(self) -> list[str]:
        return [name for name, _ in self._fonts]

    def _places(self, changes: list[bytes], width: int) -> Iterator[tuple[int, int, int]]:
        """Yield position, length and modifier of each piece; put what modifiers refer to into ``changes``."""
        if not flags_of(self.main) & _IN_PIECES:
            start, end = struct.unpack_from("<II", self.main, _TEXT)
            yield start, (end - start) // width, 0
            return
        old, borders, data = clx(self.structure(_PIECES))
        changes += map(_renamed, old)
        for at, one in enumerate(data):
            place, modifier = struct.unpack_from("<IH", one, 2)
            yield place, borders[at + 1] - borders[at], modifier

    @cached_property
    def _characters(self) -> Runs:
        old = runs_of_characters(self.main, plc(self.structure(CHARACTERS), 2)[1], None)
        return Runs((start, end, _renamed(said)) for start, end, said in old)

    @cached_property
    def _fonts(self) -> list[tuple[str, str]]:
        """Name and code page of each font; the code page is empty if the document's applies."""
        content = self.structure(FONTS)
        found: list[tuple[str, str]] = []
        at = 2
        while at + 6 < len(content):
            size = content[at]
            name = content[at + 6 : at + 1 + size].partition(b"\0")[0].decode("cp1252", "replace")
            page = CODE_PAGES.get(content[at + 4], "")
            found.append((name, "" if page in ("cp1252", "symbol") else page))
            at += 1 + size
        return found

    def _text(self, piece: Piece) -> str:
        """Return the characters of a piece, each decoded with the code page of its font."""
        usual = (self._fonts[0][1] if self._fonts else "") or "cp1252"
        end = piece.place + piece.length * piece.width
        texts: list[str] = []
        at = piece.place
        for start, stop, said in self._characters.between(piece.place, end):
            number = said.find(FONT.to_bytes(2, "little"))
            font = int.from_bytes(said[number + 2 : number + 4], "little") if number >= 0 else -1
            page = self._fonts[font][1] if 0 <= font < len(self._fonts) else ""
            if page and page != usual:
                texts += (_decoded(self.main[at:start], piece.width, usual),
                          _decoded(self.main[start:stop], piece.width, page))  # fmt: skip
                at = stop
        return "".join([*texts, _decoded(self.main[at:end], piece.width, usual)])


def _decoded(content: bytes, width: int, page: str) -> str:
    """Return one character for each byte of ``content``."""
    if width == 1:
        return "".join(map(_letters(page).__getitem__, content))
    # The two bytes of a letter are swapped; for ASCII the second is zero.
    letters = _letters(page)
    return "".join(
        map(letters.__getitem__, struct.unpack(f"<{len(content) // 2}H", content[: len(content) // 2 * 2]))
    )


@cache
def _letters(page: str) -> _Letters:
    return _Letters(page)


class _Letters(dict[int, str]):
    """The letters of a code page by their numbers."""

    def __init__(self, page: str) -> None:
        self._page = page

    def __missing__(self, number: int) -> str:
        content = number.to_bytes(2, "big").lstrip(b"\0") or b"\0"
        try:
            letter = content.decode(self._page)
        except (UnicodeDecodeError, LookupError):
            letter = WINDOWS_1252[number] if number < 0x100 else "\ufffd"
        self[number] = letter if len(letter) == 1 else "\ufffd"
        return self[number]


def _renamed(changes: bytes) -> bytes:
    """Return the relevant ``changes`` as Word 97 encodes them."""
    found = b""
    at = 0
    while at < len(changes) and changes[at] <= _LAST:
        code = changes[at]
        at += 1
        size = _SIZES.get(code)
        if size is None:
            size = 1 + changes[at] if at < len(changes) else 0
        if code in _NEW_CODES and at + size <= len(changes):
            found += _NEW_CODES[code].to_bytes(2, "little") + changes[at : at + size]
        at += size
    return found
