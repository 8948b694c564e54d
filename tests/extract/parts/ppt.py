"""A presentation of PowerPoint 97 with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

from __future__ import annotations

import struct

from tests.extract.documents import cfb

PARTS = {
    "title in the list": "TIEUDETRANG",
    "box": "HOPCHU",
    "box in a group": "HOPNHOM",
    "box of one byte a letter": "MOTBAI",
    "word art": "CHUNGHETHUAT",
    "text for a picture": "THAYANH",
    "table": "OBANG",
    "notes": "GHICHU",
    "comment": "BINHLUAN",
    "footer": "CHANTRANG",
    "text of the master": "TRANGCHU",
    "second slide": "TRANGHAI",
    "slide that was saved again": "SUALAI",
}
LEFT_OUT = {
    "place of the master": "BAMSUA",
    "author of a comment": "TACGIA",
    "hidden shape": "HOPAN",
    "hidden group": "NHOMAN",
    "slide before it was saved again": "BANCU",
    "footer that is not shown": "KHONGHIEN",
}


def record(kind: int, *inside: bytes, instance: int = 0, container: bool = True) -> bytes:
    body = b"".join(inside)
    return struct.pack("<HHI", instance << 4 | (0xF if container else 0), kind, len(body)) + body


def atom(kind: int, body: bytes, instance: int = 0) -> bytes:
    return record(kind, body, instance=instance, container=False)


def text(words: str) -> bytes:
    return atom(0x0F9F, struct.pack("<I", 4)) + atom(0x0FA0, words.encode("utf-16-le"))


def shape(*inside: bytes, options: bytes = b"", count: int = 0, placeholder: int | None = None) -> bytes:
    data = (
        b""
        if placeholder is None
        else record(0xF011, atom(0x0BC3, struct.pack("<IBBH", 0, placeholder, 0, 0)))
    )
    said = atom(0xF00B, options, count) if options else b""
    within = (one if one[2:4] == b"\x0f\xf0" else record(0xF00D, one) for one in inside)
    return record(0xF004, atom(0xF00A, bytes(8)), said, data, *within)


def drawing(*shapes: bytes) -> bytes:
    return record(0x040C, record(0xF002, record(0xF003, shape(), *shapes)))


def words(kind: int, said: str) -> bytes:
    content = f"{said}\0".encode("utf-16-le")
    return struct.pack("<HI", 0x8000 | kind, len(content)) + content


def slide(*inside: bytes, master: int = 0, notes: int = 0) -> bytes:
    return record(0x03EE, atom(0x03EF, struct.pack("<I8sIIHH", 0, b"", master, notes, 0, 0)), *inside)


def margins(flags: int, footer: str) -> bytes:
    return record(
        0x0FD9, atom(0x0FDA, struct.pack("<HH", 0, flags)), atom(0x0FBA, footer.encode("utf-16-le"), 2)
    )


def strings(*said: str) -> bytes:
    return b"".join(atom(0x0FBA, one.encode("utf-16-le"), at) for at, one in enumerate(said))


COMMENT = record(0x1388, record(0x138A, atom(0x0FBA, "___PPT10".encode("utf-16-le")),
                                record(0x138B, record(0x2EE0, strings("TACGIA", "BINHLUAN", "T")), container=False)))  # fmt: skip
FIRST = slide(
    drawing(
        shape(atom(0x0F9E, bytes(4)), placeholder=13),
        shape(text("HOPCHU \uf0e8 tên\rdòng hai\vdòng ba")),
        record(0xF003, shape(), shape(text("HOPNHOM*") + atom(0x0FD8, struct.pack("<I", 7)))),
        shape(atom(0x0F9F, bytes(4)) + atom(0x0FA8, "MOTBAI é".encode("latin-1"))),
        shape(options=words(0x00C0, "CHUNGHETHUAT"), count=1), shape(options=words(0x0381, "THAYANH"), count=1),
        record(0xF003, shape(options=struct.pack("<HI", 0x039F, 3), count=1), *(
            shape(text(said), atom(0xF00F, struct.pack("<iiii", left, top, 0, 0)))
            for said, left, top in (("OBON", 9, 9), ("OBANG", 0, 0), ("OBA", 0, 9), ("OHAI", 9, 0))
        )),
        record(0xF003, shape(options=struct.pack("<HI", 0x03BF, 0x00020002), count=1), shape(text("NHOMAN"))),
        shape(text("HOPAN"), options=struct.pack("<HI", 0x03BF, 0x00020002), count=1),
    ),
    margins(0x20, "CHANTRANG"), COMMENT, master=100, notes=300,
)  # fmt: skip
KEPT = {
    2: record(0x03F8, drawing(shape(text("BAMSUA"), placeholder=1), shape(text("TRANGCHU")))),
    3: FIRST,
    4: slide(drawing(shape(text("BANCU"))), master=100),
    5: record(0x03F0, drawing(shape(text("GHICHU")))),
    6: slide(drawing(shape(text("TRANGHAI"))), margins(0, "KHONGHIEN"), master=100),
}
SAVED_AGAIN = {4: slide(drawing(shape(text("SUALAI"))), margins(0x20, "CHANTRANG"), master=100)}


def _listed(instance: int, *of: tuple[int, int, bytes]) -> bytes:
    return record(0x0FF0, *(
        atom(0x03F3, struct.pack("<IIIII", place, 0, 0, number, 0)) + texts for place, number, texts in of
    ), instance=instance)  # fmt: skip


DOCUMENT = record(
    0x03E8,
    _listed(1, (2, 100, b"")),
    _listed(0, (3, 256, text("TIEUDETRANG")), (4, 257, b""), (6, 258, b"")),
    _listed(2, (5, 300, b"")),
)


def presentation(token: int = 0xE391C05F, edits: bool = True) -> bytes:
    """Return a presentation that was saved twice."""
    stream = b""
    last = 0
    for kept in ({1: DOCUMENT, **KEPT}, SAVED_AGAIN):
        places = {}
        for number, one in kept.items():
            places[number] = len(stream)
            stream += one
        directory = len(stream)
        stream += atom(0x1772, b"".join(struct.pack("<II", 1 << 20 | n, at) for n, at in places.items()))
        edit = len(stream)
        stream += atom(0x0FF5, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, last, directory, 1, 9, 0, 0))
        last = edit
    user = atom(0x0FF6, struct.pack("<III", 20, token, last if edits else 5) + bytes(8))
    return cfb({"PowerPoint Document": stream, "Current User": user})
