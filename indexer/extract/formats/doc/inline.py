"""What special characters of a document stand for: pictures with their words, and choices in drop-down lists (stream Data).
PURE.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from indexer.extract.formats.doc.fib import Fib
from indexer.extract.formats.doc.piece_table import PieceTable
from indexer.extract.formats.office_art import OPTIONS, SHAPE, options, records

_PLACE = (0x6A03).to_bytes(2, "little")
_CHARACTER = re.compile("\x01")
_LIST_OF_FORM = re.compile("\x13[^\x13-\x15]{0,9}FORMDROPDOWN[^\x13-\x15\x01]{0,40}\x14?\\Z")
"""What precedes the character of a drop-down list."""
_LOOK = 80
_SHAPE_WITH_NAME = 0x66
"""The format of a picture preceded by the name of its file (PICF, [MS-DOC] 2.9.190)."""
_MOST, _LARGEST = 2000, 1 << 14
"""The most pictures of a document examined, and bytes read of each: the picture itself follows its words."""
_NAME, _DEFAULT, _TEXTS = 10, 2, 5
_NOT_SET = 25
"""The value that stands for the default."""


def inline_words(fib: Fib, pieces: PieceTable) -> Iterator[tuple[int, str]]:
    """Yield position and text of everything with words."""
    if "\x01" not in pieces.text:
        return
    known: set[int] = set()
    runs = fib.runs_of_characters(re.compile(re.escape(_PLACE)))
    for found in _CHARACTER.finditer(pieces.text):
        said = runs.at(pieces.place_of(found.start())) or b""
        at = said.find(_PLACE)
        if at < 0:
            continue
        before = pieces.text[max(0, found.start() - _LOOK) : found.start()]
        try:
            place = struct.unpack_from("<I", said, at + 2)[0]
            if place in known or len(known) == _MOST:
                continue
            known.add(place)
            text = _chosen(fib.data, place) if _LIST_OF_FORM.search(before) else _of_picture(fib.data, place)
        except (struct.error, IndexError):
            continue
        if text:
            yield found.start(), text


def _of_picture(data: bytes, place: int) -> str:
    """Return the words of the picture at ``place``; raises struct.error and IndexError if it is damaged."""
    size, head, kind = struct.unpack_from("<IHH", data, place)
    at = place + head
    if kind == _SHAPE_WITH_NAME:
        at += 1 + data[at]
    shape = next(records(data, at, place + min(size, _LARGEST)), None)
    if shape is None or shape.kind != SHAPE:
        return ""
    said = (options(data, one) for one in records(data, shape.start, shape.end) if one.kind in OPTIONS)
    return "\n".join(word for one in said if not one.hidden for word in one.words)


def _chosen(data: bytes, place: int) -> str:
    """Return the choice in a drop-down list of a form (FFData, [MS-DOC] 2.9.78); raises struct.error if it is damaged."""
    at = place + struct.unpack_from("<H", data, place + 4)[0]
    chosen = struct.unpack_from("<H", data, at + 4)[0] >> 2 & 0x1F
    at = _behind(data, at + _NAME)
    default = struct.unpack_from("<H", data, at)[0]
    at += _DEFAULT
    for _ in range(_TEXTS - 1):
        at = _behind(data, at)
    number = default if chosen == _NOT_SET else chosen
    at = _behind(data, at) + 6
    for _ in range(number):
        at += 2 + 2 * struct.unpack_from("<H", data, at)[0]
    length = struct.unpack_from("<H", data, at)[0]
    return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")


def _behind(data: bytes, at: int) -> int:
    """Return the end of a text preceded by its length, without a terminator."""
    return at + 4 + 2 * int(struct.unpack_from("<H", data, at)[0])
