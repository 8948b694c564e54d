"""An XLS with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

import struct
from collections.abc import Sequence

from tests.extract.documents import cfb
from tests.extract.parts.xlsx import SHOWN_NOWHERE

PARTS = {
    "name of a sheet": "TENTRANG",
    "shared string": "CHUOICHUNG",
    "shared string that is continued": "TIẾPTỤC",
    "rich text of one word": "CHUDAM",
    "string of its own": "CHUOIRIENG",
    "result of a formula": "KETQUA",
    "merged cells": "OGOP",
    "comment": "GHICHU",
    "text box": "HOPCHU",
    "word art": "CHUNGHETHUAT",
    "title of a chart": "TENBIEUDO",
    "sheet that is a chart": "TRANGBIEUDO",
    "head of a sheet": "DAUTRANG",
    "foot of a sheet": "CHANTRANG",
    "cell in the last row": "DONGCUOI",
}
LEFT_OUT = {**SHOWN_NOWHERE, "how it is spoken": "PHIENAM"}
_HIDDEN_FORMAT = ";;;"


def xls(
    rows: bytes = b"", formats: Sequence[str] = (), *, first: bytes = b"", since_1904: bool = False
) -> bytes:
    """Return a workbook whose first sheet has ``rows`` after those of the parts; style n + 2 has the format n.

    ``first`` are records at its very beginning.
    """
    return cfb({"Workbook": stream(rows, formats, first=first, since_1904=since_1904)})


def stream(
    rows: bytes = b"", formats: Sequence[str] = (), *, first: bytes = b"", since_1904: bool = False
) -> bytes:
    """Return the stream of that workbook."""
    sheets = [
        ("TENTRANG", 0, 0, _sheet(rows)),
        ("An", 0, 1, _cells("TRANGAN")),
        ("RatAn", 0, 2, _cells("TRANGRATAN")),
        ("Lenh", 1, 0, _cells("TRANGLENH")),
        ("BieuDo", 2, 0, _chart("TRANGBIEUDO")),
    ]
    codes = [_HIDDEN_FORMAT, *formats]
    before = [
        bof(5), first, record(0x22, struct.pack("<H", since_1904)),
        *(record(0x41E, struct.pack("<H", 200 + n) + string(code)) for n, code in enumerate(codes)),
        *(record(0xE0, struct.pack("<HH16x", 0, ifmt)) for ifmt in (0, *range(200, 200 + len(codes)))),
    ]  # fmt: skip
    behind = _shared(["CHUOICHUNG", ("CHUDAM", b"\x02\0\x01\0", b"PHIENAM"), "x" * 40 + "TIẾPTỤC"]) + end()
    at = len(b"".join(before)) + sum(12 + len(name) for name, *_ in sheets) + len(behind)
    listed = b""
    for name, kind, hidden, content in sheets:
        listed += record(0x85, struct.pack("<IBBBB", at, hidden, kind, len(name), 0) + name.encode())
        at += len(content)
    return b"".join(before) + listed + behind + b"".join(content for *_, content in sheets)


def record(kind: int, data: bytes) -> bytes:
    """Return a record of BIFF."""
    return struct.pack("<HH", kind, len(data)) + data


def bof(kind: int) -> bytes:
    """Return the beginning of a substream of BIFF8: 5 is the workbook's, 16 a sheet's, 32 a chart's."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def end() -> bytes:
    """Return the end of a substream."""
    return record(0x0A, b"")


def string(text: str, count: str = "<H") -> bytes:
    """Return a string of BIFF8 with two bytes per letter."""
    return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")


def label(row: int, column: int, text: str, style: int = 0) -> bytes:
    """Return a cell with a string of its own; row and column count from 0."""
    return record(0x204, struct.pack("<HHH", row, column, style) + string(text))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """Return a cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def anchor(top: int, bottom: int) -> bytes:
    """Return the cells of a shape, with rows counted from 0."""
    return struct.pack("<HHI", 0, 0xF010, 18) + struct.pack("<HHHHHHHHH", 0, 0, 0, top, 0, 1, 0, bottom, 9)


def _cells(word: str) -> bytes:
    return bof(16) + label(0, 0, word) + end()


def _chart(title: str) -> bytes:
    return bof(32) + number(0, 0, 987654) + record(0x100D, b"\0\0" + string(title, "<B")) + end()


def _sheet(rows: bytes) -> bytes:
    shared = (record(0xFD, struct.pack("<HHHI", 0, column, 0, column)) for column in range(3))
    return b"".join((
        bof(16), record(0x14, string('&L&"Arial,Bold"&12DAUTRANG&RTrang &P')), record(0x15, string("CHANTRANG")),
        record(0x7D, struct.pack("<HHHHH2x", 4, 5, 0, 0, 1)),
        record(0x208, struct.pack("<HHHHHHI", 2, 0, 9, 255, 0, 0, 0x20)),
        *shared, label(0, 4, "COTAN"), label(0, 6, "KHONGHIEN", 1), label(1, 0, "CHUOIRIENG"),
        record(0x06, struct.pack("<HHHB5xHHIH", 1, 1, 0, 0, 0xFFFF, 0, 0, 0)), record(0x207, string("KETQUA")),
        label(2, 0, "HANGAN"), label(3, 0, "OGOP"), label(4, 1, "DUOIOGOP"), rows, label(65535, 255, "DONGCUOI"),
        drawn(1, 6, "HOPCHU"), drawn(2, 6, "HOPAN", struct.pack("<HI", 0x3BF, 0x20002)),
        drawn(3, 0x1E, "", struct.pack("<HI", 0x80C0, 26) + "CHUNGHETHUAT\0".encode("utf-16-le")),
        drawn(4, 0x19, "GHICHU"), drawn(5, 0x19, "GHICHUAN"), _chart("TENBIEUDO"),
        record(0x1C, struct.pack("<HHHH", 0, 0, 0, 4) + string("Ai")),
        record(0x1C, struct.pack("<HHHH", 2, 0, 0, 5) + string("Ai")),
        record(0xE5, struct.pack("<HHHHH", 1, 3, 4, 0, 1)), end(),
    ))  # fmt: skip


def drawn(number: int, kind: int, text: str, properties: bytes = b"", anchor: bytes = b"") -> bytes:
    """Return a shape with the records that draw it."""
    drawn = struct.pack("<HHI", 0x13, 0xF00B, len(properties)) + properties + anchor
    held = struct.pack("<HHI", 0xF, 0xF004, len(drawn)) + drawn
    described = record(0xEC, held) + record(0x5D, struct.pack("<HHHH14x", 0x15, 18, kind, number))
    if not text:
        return described
    half = len(text) // 2
    return b"".join((
        described, record(0xEC, struct.pack("<HHI", 0, 0xF00D, 0)), record(0x1B6, struct.pack("<10xHHI", len(text), 0, 0)),
        record(0x3C, b"\0" + text[:half].encode()), record(0x3C, b"\x01" + text[half:].encode("utf-16-le")),
    ))  # fmt: skip


def _shared(strings: Sequence[str | tuple[str, bytes, bytes]]) -> bytes:
    """Return the table of strings; the last one continues in a second record, with two bytes per letter."""
    data = struct.pack("<II", len(strings), len(strings))
    for one in strings[:-1]:
        text, run, spoken = (one, b"", b"") if isinstance(one, str) else one
        flags = 0x0C if run else 0
        data += struct.pack("<HB", len(text), flags) + (struct.pack("<HI", 1, len(spoken)) if run else b"")
        data += text.encode() + run + spoken
    last = str(strings[-1])
    data += struct.pack("<HB", len(last), 0) + last[:40].encode()
    return record(0xFC, data) + record(0x3C, b"\x01" + last[40:].encode("utf-16-le"))


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(xls())
