"""Workbooks in binary records (XLSB), which LibreOffice reads but does not write."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from demo.source import Block, Source

_OPEN = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_BEGIN_SHEET, _END_SHEET, _BEGIN_ROWS, _END_ROWS, _ROW, _NUMBER, _TEXT = 129, 130, 145, 146, 0, 5, 6
"""Kinds of records ([MS-XLSB] 2.3.1)."""


def build_xlsb(source: Source, _fonts: Path) -> bytes:
    """Write each heading of ``source`` as a sheet that holds the table below it."""
    sheets: list[tuple[str, list[Block]]] = []
    for block in source.blocks:
        if block.kind == "heading":
            sheets.append((block.text, []))
        else:
            sheets[-1][1].append(block)
    numbers = range(1, len(sheets) + 1)
    names = (
        _record(_SHEET, struct.pack("<II", 0, n) + _string(f"rId{n}") + _string(name))
        for n, (name, _) in zip(numbers, sheets, strict=True)
    )
    book = (_record(_BEGIN_BOOK), _record(_BEGIN_SHEETS), *names, _record(_END_SHEETS), _record(_END_BOOK))
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": b"".join(book),
        "xl/_rels/workbook.bin.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.bin") for n in numbers]
        ),
        **{f"xl/worksheets/sheet{n}.bin": _sheet(sheets[n - 1][1]) for n in numbers},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, source.date.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _types(numbers: range) -> bytes:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        for n in numbers
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_OPEN}/content-types"><Default Extension="bin" '
        f'ContentType="{_MAIN}"/><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{sheets}</Types>'
    ).encode()


def _relations(targets: list[tuple[str, str]]) -> bytes:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_OPEN}/relationships">{each}</Relationships>'.encode()


def _sheet(tables: list[Block]) -> bytes:
    rows = [row for table in tables for row in table.rows]
    written = b"".join(
        _record(_ROW, struct.pack("<IIHBBBI", n, 0, 300, 0, 0, 0, 0))
        + b"".join(map(_cell, range(len(row)), row))
        for n, row in enumerate(rows)
    )
    ends = _record(_END_ROWS) + _record(_END_SHEET)
    return _record(_BEGIN_SHEET) + _record(_BEGIN_ROWS) + written + ends


def _cell(column: int, text: str) -> bytes:
    place = struct.pack("<II", column, 0)
    if re.fullmatch(r"0|[1-9]\d*", text):
        return _record(_NUMBER, place + struct.pack("<d", int(text)))
    return _record(_TEXT, place + _string(text))


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record, whose kind and length are written with seven bits per byte, lowest first."""
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    low, high = number & 0x7F, number >> 7
    return bytes((low | 0x80,)) + _sevens(high) if high else bytes((low,))


def _string(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
