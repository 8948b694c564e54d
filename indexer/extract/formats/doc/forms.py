"""What is chosen in the lists of a form (FORMDROPDOWN, FFData, [MS-DOC] 2.9.78). PURE."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from indexer.extract.formats.doc.fib import Fib
from indexer.extract.formats.doc.piece_table import PieceTable

_FIELD = re.compile("\x13[^\x13-\x15]{0,9}FORMDROPDOWN[^\x13-\x15\x01]{0,40}\x14?(\x01)")
"""A field with the character that leads to what the form holds."""
_PLACE = (0x6A03).to_bytes(2, "little")
_NAME, _DEFAULT, _TEXTS = 10, 2, 5
_NOT_SET = 25
"""What stands for the default."""


def chosen_in_forms(fib: Fib, pieces: PieceTable) -> Iterator[tuple[int, str]]:
    """Yield place and text of what is chosen in each list of a form."""
    found = [*_FIELD.finditer(pieces.text)]
    runs = fib.runs_of_characters(None) if found else None
    for field in found:
        said = runs.at(pieces.place_of(field.start(1))) if runs else None
        at = said.find(_PLACE) if said else -1
        if said and at >= 0:
            try:
                yield field.start(1), _chosen(fib.data, struct.unpack_from("<I", said, at + 2)[0])
            except (struct.error, IndexError):
                continue


def _chosen(data: bytes, place: int) -> str:
    """Return what is chosen in the list whose form stands at ``place``; raises struct.error and IndexError."""
    at = place + struct.unpack_from("<H", data, place + 4)[0]
    chosen = struct.unpack_from("<H", data, at + 4)[0] >> 2 & 0x1F
    at = _behind(data, at + _NAME)
    default = struct.unpack_from("<H", data, at)[0]
    at += _DEFAULT
    for _ in range(_TEXTS):
        at = _behind(data, at)
    number = default if chosen == _NOT_SET else chosen
    at += 6
    for _ in range(number):
        at += 2 + 2 * struct.unpack_from("<H", data, at)[0]
    length = struct.unpack_from("<H", data, at)[0]
    return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")


def _behind(data: bytes, at: int) -> int:
    """Return where a text with its length before and nothing behind it ends."""
    return at + 4 + 2 * int(struct.unpack_from("<H", data, at)[0])
