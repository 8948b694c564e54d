"""An XLSB with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

import io
import struct
import zipfile
from collections.abc import Sequence

from tests.extract.parts.xlsx import DRAWN, SHOWN_NOWHERE, drawing_files, relations

PARTS = {
    "name of a sheet": "TENTRANG",
    "shared string": "CHUOICHUNG",
    "rich shared string": "CHUDAM",
    "string of its own": "CHUOIRIENG",
    "rich string of its own": "CHUNGHIENG",
    "cell right of the one before": "OBENPHAI",
    "result of a formula": "KETQUA",
    "merged cells": "OGOP",
    "comment": "GHICHU",
    "head of a sheet": "DAUTRANG",
    "foot of a sheet": "CHANTRANG",
    "cell in the last row": "DONGCUOI",
    "subject of the workbook": "CHUDE",
    **DRAWN,
}
LEFT_OUT = SHOWN_NOWHERE


def xlsb(
    rows: bytes = b"", formats: Sequence[str] = (), since_1904: bool = False, before: bytes = b""
) -> bytes:
    """Return a workbook whose first sheet has ``rows`` after those of the parts; style n + 2 has the format n."""
    sheets = ("TENTRANG", "An", "RatAn", "Lenh")
    codes = [";;;", *formats]
    files: dict[str, bytes | str] = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.bin"), ("core-properties", "ve-no.xml")),
        "ve-no.xml": "<coreProperties><subject>CHUDE 2024</subject></coreProperties>",
        "xl/workbook.bin": record(153, struct.pack("<II", since_1904, 0))
        + b"".join(
            record(156, struct.pack("<II", (0, 1, 2, 0)[n], n) + string(f"r{n + 1}") + string(name))
            for n, name in enumerate(sheets)
        ),
        "xl/_rels/workbook.bin.rels": relations(
            ("worksheet", "t1.bin"), ("worksheet", "t2.bin"), ("worksheet", "t3.bin"), ("xlMacrosheet", "t4.bin"),
            ("sharedStrings", "chuoi.bin"), ("styles", "kieu.bin"),
        ),
        "xl/chuoi.bin": record(19, b"\0" + string("CHUOICHUNG")) + record(19, b"\1" + string("CHUDAM") + bytes(8)),
        "xl/kieu.bin": b"".join(record(44, struct.pack("<H", 200 + n) + string(code)) for n, code in enumerate(codes))
        + record(626, b"") + record(47, bytes(16)) + record(627, b"") + record(617, b"") + record(47, bytes(16))
        + b"".join(record(47, struct.pack("<HH12x", 0, 200 + n)) for n in range(len(codes))) + record(618, b""),
        "xl/t1.bin": before + _sheet(rows),
        "xl/_rels/t1.bin.rels": relations(("comments", "gc.bin"), ("drawing", "ve.xml")),
        "xl/gc.bin": _comment(0, "GHICHU") + _comment(2, "GHICHUAN"),
        **{f"xl/t{n}.bin": row(0) + text(0, word) for n, word in ((2, "TRANGAN"), (3, "TRANGRATAN"), (4, "TRANGLENH"))},
        **drawing_files("xl/"),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def record(kind: int, data: bytes) -> bytes:
    """Return a record, whose kind and length are written with seven bits per byte."""
    head, size = b"", len(data)
    head += bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    while size >> 7:
        head += bytes((size & 0x7F | 0x80,))
        size >>= 7
    return head + bytes((size,)) + data


def string(letters: str) -> bytes:
    """Return a string preceded by its length."""
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")


def row(number: int, hidden: bool = False, height: int = 300) -> bytes:
    """Return the beginning of a row, counted from 0."""
    return record(0, struct.pack("<IIHBBB4x", number, 0, height, 0, 0x10 * hidden, 0))


def cell(kind: int, column: int, data: bytes, style: int = 0) -> bytes:
    """Return a cell of a kind."""
    return record(kind, struct.pack("<II", column, style) + data)


def text(column: int, letters: str, style: int = 0) -> bytes:
    """Return a cell with a string of its own."""
    return cell(6, column, string(letters), style)


def _sheet(rows: bytes) -> bytes:
    return b"".join((
        record(60, struct.pack("<IIIIH", 4, 5, 0, 0, 1)),
        row(0), cell(7, 0, struct.pack("<I", 0)), cell(7, 1, struct.pack("<I", 1)), text(4, "COTAN"), text(6, "KHONGHIEN", 1),
        row(1), text(0, "CHUOIRIENG"), cell(8, 1, string("KETQUA") + bytes(10)), cell(62, 2, b"\1" + string("CHUNGHIENG")),
        record(17, struct.pack("<I", 0) + string("OBENPHAI")), row(2, hidden=True), text(0, "HANGAN"),
        row(3), text(0, "OGOP"), row(4), text(1, "DUOIOGOP"), rows, row(1048575), text(16383, "DONGCUOI"),
        record(176, struct.pack("<IIII", 3, 4, 0, 1)),
        record(479, b"\0\0" + string('&L&"Arial,Bold"&12DAUTRANG&RTrang &P') + string("CHANTRANG") + b"\xff" * 16),
    ))  # fmt: skip


def _comment(at: int, letters: str) -> bytes:
    return record(635, struct.pack("<IIIII16x", 0, at, at, 0, 0)) + record(637, b"\0" + string(letters))
