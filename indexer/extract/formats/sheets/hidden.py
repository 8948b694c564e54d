"""Which sheets of an old or a binary workbook are not shown: the library does not say. PURE but for the ZIP."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from indexer.extract.ole import OLE_MAGIC, Ole

_BOUND_SHEET, _END_OF_PART = 0x85, 0x0A
_BUNDLE_SHEET = 156
"""[MS-XLS] 2.4.28 and [MS-XLSB] 2.4.311: a sheet's state and name."""
_LARGEST = 1 << 24


def hidden_sheets(path: Path) -> frozenset[int]:
    """Return the numbers, from 1, of the sheets of an XLS or XLSB that are hidden; none where that can't be read."""
    try:
        content = path.read_bytes()
        if content.startswith(OLE_MAGIC):
            ole = Ole(content)
            book = ole.find("Workbook") or ole.find("Book")
            states = _of_xls(ole.read(book)) if book else []
        else:
            with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.bin") as part:
                states = _of_xlsb(part.read(_LARGEST))
    except (
        ValueError,
        KeyError,
        IndexError,
        struct.error,
        OSError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return frozenset()
    return frozenset(number for number, hidden in enumerate(states, 1) if hidden)


def _of_xls(book: bytes) -> list[bool]:
    states, at = [], 0
    while at + 4 <= len(book):
        record, size = struct.unpack_from("<HH", book, at)
        if record == _END_OF_PART:
            break
        if record == _BOUND_SHEET and size > 5:
            states.append(bool(book[at + 8] & 3))
        at += 4 + size
    return states


def _of_xlsb(book: bytes) -> list[bool]:
    states, at = [], 0
    while at < len(book):
        record, at = _varied(book, at, 2)
        size, at = _varied(book, at, 4)
        if record == _BUNDLE_SHEET:
            states.append(struct.unpack_from("<I", book, at)[0] != 0)
        at += size
    return states


def _varied(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of up to ``most`` bytes, seven bits in each, and what stands behind it."""
    value = 0
    for n in range(most):
        byte = content[at]
        value |= (byte & 0x7F) << 7 * n
        at += 1
        if byte < 0x80:
            break
    return value, at
