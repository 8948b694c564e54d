"""A document of Word 97 with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime

from tests.extract.documents import cfb

PARTS = {
    "paragraph": "DOANVAN",
    "table": "OBANG",
    "table in a table": "BANGTRONG",
    "text box": "HOPCHU",
    "text box in a group": "HOPNHOM",
    "text box of the headers": "HOPDAU",
    "word art": "CHUNGHETHUAT",
    "text for a picture": "THAYANH",
    "footnote": "CHUTHICH",
    "endnote": "CUOISACH",
    "comment": "BINHLUAN",
    "header": "DAUTRANG",
    "footer": "CHANTRANG",
    "header of the first page": "TRANGNHAT",
    "title": "TIEUDE",
    "subject": "CHUDE",
    "keywords": "TUKHOA",
    "result of a field": "KETQUA",
    "text of a button": "BAMVAO",
    "number of a list": "MUCSO",
    "number by a style": "CHUONG",
    "inserted": "CHENVAO",
    "chosen in a list of a form": "DACHON",
    "text for a picture in a line": "ANHTRONGDONG",
}
LEFT_OUT = {
    "deleted": "XOADI",
    "deleted piece": "XOAMANH",
    "hidden": "ANDI",
    "hidden by a style": "ANKIEU",
    "field code": "MALENH",
    "author": "TACGIA",
    "hidden box": "HOPAN",
    "separator of notes": "GACHNGANG",
    "not chosen in a list of a form": "KHONGCHON",
}
LINES = (
    "Ủy ban DOANVAN sau chú\tthích", "74/KH-UBND mềm", "xuống", "dòng CHENVAO", "α α", "KETQUA hiện", "HOPCHU",
    "Điều 1. MUCSO", "a) khoản", "b) khoản", "Điều 2. MUC2", "I. CHUONG", "OBANG\thai", "ba", "BANGTRONG\tbốn", "cuối",
    "giữ lại",
)  # fmt: skip

TITLE, CREATED = "Kế hoạch TIEUDE năm nay", "2004-11-22"


def sprm(code: int, value: int) -> bytes:
    """Return a change of one property."""
    return struct.pack("<H", code) + value.to_bytes({0: 1, 1: 1, 2: 2, 3: 4, 4: 2}[code >> 13], "little")


DELETED, HIDDEN, BOLD, SPECIAL = sprm(0x0800, 1), sprm(0x083C, 1), sprm(0x0835, 1), sprm(0x0855, 1)


@dataclass(frozen=True)
class Paragraph:
    """Runs of text with their changes, the mark at the end, the style and the paragraph's own changes."""

    runs: tuple[tuple[str, bytes], ...]
    mark: str = "\r"
    changes: bytes = b""
    style: int = 0


def plain(text: str, mark: str = "\r", changes: bytes = b"", style: int = 0) -> Paragraph:
    return Paragraph(((text, b""),), mark, changes, style)


def _plc(places: list[int], data: list[bytes]) -> bytes:
    return struct.pack(f"<{len(places)}I", *places) + b"".join(data)


def _pages(runs: list[tuple[int, int, bytes]], beside: int, most: int) -> tuple[list[bytes], list[int]]:
    """Return pages of 512 bytes (FKP) of ``runs`` (start, end, properties), and the positions of their borders."""
    pages, borders = [], [runs[0][0]]
    for at in range(0, len(runs), most):
        some = runs[at : at + most]
        page = bytearray(512)
        struct.pack_into(f"<{len(some) + 1}I", page, 0, *(run[0] for run in some), some[-1][1])
        end = 511
        for number, (_, _, properties) in enumerate(some):
            end = (end - len(properties)) // 2 * 2
            page[end : end + len(properties)] = properties
            page[4 * (len(some) + 1) + beside * number] = end // 2
        page[511] = len(some)
        pages.append(bytes(page))
        borders.append(some[-1][1])
    return pages, borders


def _level(text: str, form: int, start: int = 1) -> bytes:
    head = struct.pack("<IBB", start, form, 0) + bytes(9 + 1 + 8) + bytes([0, 0, 0, 0])
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def _lists() -> tuple[bytes, bytes, bytes]:
    """Return the lists, followed by their levels, and the uses of lists."""
    of_articles = [_level("Điều \0.", 0), _level("\1)", 4), *(_level("", 255) for _ in range(7))]
    lists = struct.pack("<H", 2)
    lists += struct.pack("<Ii9HBB", 11, 0, *[0xFFF] * 9, 0, 0) + struct.pack(
        "<Ii9HBB", 22, 0, *[0xFFF] * 9, 1, 0
    )
    uses = struct.pack("<I", 2) + b"".join(
        struct.pack("<IIIBBBB", name, 0, 0, 0, 0, 0, 0) for name in (11, 22)
    )
    return lists, b"".join(of_articles) + _level("\0.", 1), uses + b"\xff\xff\xff\xff" * 2


def _style(kind: int, name: str, built_in: int, *changes: bytes, base: int = 0xFFF) -> bytes:
    body = struct.pack("<HHHHH", built_in, kind | base << 4, len(changes), 0, 0)
    body += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    for one in changes:
        body += bytes(len(body) % 2) + struct.pack("<H", len(one)) + one
    body += bytes(len(body) % 2)
    return struct.pack("<H", len(body)) + body


STYLES = (
    struct.pack("<HHHHHHHHHH", 18, 4, 10, 0, 0, 0, 0, 0, 0, 0)
    + _style(1, "Normal", 0, b"\0\0", b"")
    + _style(1, "heading 1", 1, b"\1\0" + sprm(0x460B, 2), b"", base=0)
    + _style(2, "An", 0xFFE, HIDDEN)
    + _style(1, "like heading", 0xFFE, b"\3\0", b"", base=1)
)


def _art(kind: int, body: bytes, head: int = 0xF) -> bytes:
    return struct.pack("<HHI", head, kind, len(body)) + body


def _shape(number: int, *words: tuple[int, str], hidden: bool = False) -> bytes:
    names = b"".join(struct.pack("<HI", 0x8000 | kind, 2 * len(text) + 2) for kind, text in words)
    names += struct.pack("<HI", 0x03BF, 0x00020002 if hidden else 0)
    texts = b"".join(f"{text}\0".encode("utf-16-le") for _, text in words)
    options = _art(0xF00B, names + texts, 3 | len(words) + 1 << 4)
    return _art(0xF004, _art(0xF00A, struct.pack("<II", number, 0), 2) + options)


DRAWINGS = (
    _art(0xF000, _art(0xF006, bytes(16), 0))
    + b"\0"
    + _art(
        0xF002,
        _art(
            0xF003,
            _shape(1024)
            + _shape(1025)
            + _shape(1026, (0x00C0, "CHUNGHETHUAT"), (0x0381, "THAYANH"))
            + _shape(1027, hidden=True)
            + _art(0xF003, _shape(1028) + _shape(1029) + _shape(1030, (0x0381, "anh.png"))),
        ),
    )
)


def _form() -> bytes:
    """Return the data of a drop-down list in a form, with its second entry chosen."""
    entries = b"".join(
        struct.pack("<H", len(text)) + text.encode("utf-16-le") for text in ("KHONGCHON", "DACHON")
    )
    body = struct.pack("<IHHH", 0xFFFFFFFF, 2 | 1 << 2, 0, 0) + b"\0\0\0\0" + struct.pack("<H", 0)
    body += b"\0\0\0\0" * 5 + struct.pack("<HHH", 0xFFFF, 2, 0) + entries
    return struct.pack("<IH", 68 + len(body), 68) + bytes(62) + body


def _picture() -> bytes:
    """Return an inline picture with its words."""
    name = b"anh"
    body = bytes([len(name)]) + name + _shape(0, (0x0381, "ANHTRONGDONG"))
    return struct.pack("<IHH", 68 + len(body), 68, 0x66).ljust(68, b"\0") + body


def _properties() -> bytes:
    texts = {2: TITLE, 3: "CHUDE", 4: "TACGIA", 5: "TUKHOA"}
    values = struct.pack("<IHH", 2, 65001, 0)
    count = len(texts) + 2
    table = struct.pack("<II", 1, 8 + 8 * count)
    for number, text in texts.items():
        table += struct.pack("<II", number, 8 + 8 * count + len(values))
        content = text.encode() + b"\0"
        values += struct.pack("<II", 0x1E, len(content)) + content + bytes(-len(content) % 4)
    table += struct.pack("<II", 12, 8 + 8 * count + len(values))
    values += struct.pack(
        "<IQ", 0x40, (datetime.fromisoformat(CREATED) - datetime(1601, 1, 1)).days * 864_000_000_000
    )
    body = struct.pack("<II", 8 + len(table) + len(values), count) + table + values
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + body


LIST, LEVEL, IN_TABLE = 0x460B, 0x260A, 0x2416
ROW_END = sprm(IN_TABLE, 1) + sprm(0x2417, 1)
CELL = sprm(IN_TABLE, 1)
BODY = (
    Paragraph((("Ủy ban ", b""), ("DOAN", BOLD), ("VAN", b""), ("\x02", SPECIAL), (" sau chú\tthích", b""))),
    Paragraph((("74/KH\x1eUBND m\x1fềm\x0bxuống\x0bdòng ", b""), ("CHENVAO", sprm(0x0801, 1)), (" XOADI", DELETED))),
    Paragraph((("(", SPECIAL + struct.pack("<HHH", 0x6A09, 1, 0xF061)), (" ", b""), ("\uf061", sprm(0x4A4F, 1)), ("ANDI", HIDDEN))),
    plain('\x13 HYPERLINK "MALENH \x13 PAGE \x1417\x15" \x14KETQUA\x15 hiện \x08'),
    plain("\x13 MACROBUTTON MALENH BAMVAO\x15"),
    Paragraph((("\x13 FORMDROPDOWN ", b""), ("\x01", SPECIAL + sprm(0x6A03, 4) + sprm(0x0806, 1)), ("\x15", b""))),
    Paragraph((("ảnh ", b""), ("\x01", SPECIAL + sprm(0x6A03, 4 + len(_form()))))),
    plain("MUCSO", changes=sprm(LIST, 1)), plain("khoản", changes=sprm(LIST, 1) + sprm(LEVEL, 1)),
    plain("khoản", changes=sprm(LIST, 1) + sprm(LEVEL, 1)), plain("MUC2", changes=sprm(LIST, 1) + sprm(LEVEL, 0)),
    plain("CHUONG", style=3),
    Paragraph((("ANKIEU", sprm(0x4A30, 2)), ("giữ ", b""), ("lại", sprm(0x083C, 0))), changes=sprm(LIST, 0)),
    plain("OBANG", "\x07", CELL), plain("hai", changes=CELL), plain("ba", "\x07", CELL), plain("", "\x07", CELL),
    plain("", "\x07", ROW_END),
    plain("BANGTRONG", changes=CELL + sprm(0x244B, 1)), plain("bốn", changes=CELL + sprm(0x244B, 1)),
    plain("", changes=CELL + sprm(0x244C, 1)), plain("cuối", "\x07", CELL), plain("", "\x07", ROW_END),
    plain("hết", "\x0c"),
)  # fmt: skip
ANCHORS = {"\x08": (1025, 1026, 1027, 1028)}
STORIES = {
    "text": BODY,
    "footnotes": (plain("\x02 CHUTHICH"),),
    "headers": (
        plain("GACHNGANG"), *[plain("")] * 5, plain(""), Paragraph((("DAUTRANG", b""),)), plain(""), plain("CHANTRANG"),
        plain("TRANGNHAT"), plain(""), plain(""), plain("DAUTRANG"), plain(""), plain("\x13 PAGE \x147\x15"), plain(""), plain(""),
    ),
    "macros": (),
    "comments": (plain("\x05BINHLUAN"),),
    "endnotes": (plain("\x02 CUOISACH"),),
    "boxes": (plain("HOPCHU"), plain("HOPAN"), plain("HOPNHOM")),
    "header_boxes": (plain("HOPDAU"),),
}  # fmt: skip
BOXES, HEADER_BOXES = (1025, 1027, 1029), (2050,)
DROPPED = "XOAMANH"
"""Text of a piece that is deleted as a whole."""


def document(stories: dict[str, tuple[Paragraph, ...]] | None = None, flags: int = 0) -> bytes:
    """Return a document with these stories; its pieces are stored in reverse order."""
    stories = STORIES if stories is None else stories
    paragraphs = [one for story in stories.values() for one in story]
    text = "".join("".join(run for run, _ in one.runs) + one.mark for one in paragraphs)
    first = len("".join(run for run, _ in paragraphs[0].runs)) + 1
    ansi, size = 1024 + 2 * (len(text) - first), len(DROPPED)
    # The last piece is the deleted one; the first comes after the second in the file.
    main_text = (text[first:] + text[:first]).encode("utf-16-le", "surrogatepass")
    main_text += DROPPED.encode("cp1252")

    def place(number: int) -> int:
        return ansi + 2 * number if number < first else 1024 + 2 * (number - first)

    runs, ends, at = [], [], 0
    for one in paragraphs:
        begin = at
        for run, changes in (*one.runs, (one.mark, b"")):
            if run:
                runs.append((place(at), place(at) + 2 * len(run), bytes([len(changes)]) + changes))
            at += len(run)
        said = struct.pack("<H", one.style) + one.changes
        said = (
            bytes([(len(said) + 1) // 2]) + said if len(said) % 2 else b"\0" + bytes([len(said) // 2]) + said
        )
        ends.append((place(begin), place(begin) + 2 * (at - begin), said))
    characters, of_characters = _pages(sorted(runs), 1, 30)
    styled, of_paragraphs = _pages(sorted(ends), 13, 12)
    where = -(-(1024 + len(main_text)) // 512)
    pages = b"".join(characters + styled)
    numbers = [struct.pack("<I", where + n) for n in range(len(characters) + len(styled))]

    pieces = _plc(
        [0, first, len(text), len(text) + size],
        [
            struct.pack("<HIH", 0, ansi, 0),
            struct.pack("<HIH", 0, 1024, 0),
            struct.pack("<HIH", 0, 0x40000000 | 2 * (1024 + 2 * len(text)), 0x41 << 1 | 1 << 8),
        ],
    )
    lengths = [sum(sum(len(run) for run, _ in one.runs) + 1 for one in story) for story in stories.values()]
    lists, levels, uses = _lists()

    def borders(story: str) -> list[int]:
        found = [0]
        for one in stories[story]:
            found.append(found[-1] + sum(len(run) for run, _ in one.runs) + 1)
        return found

    def boxes(story: str, numbers: tuple[int, ...]) -> bytes:
        return (
            _plc(borders(story), [bytes(14) + struct.pack("<II", one, 0) for one in numbers])
            if stories[story]
            else b""
        )

    anchors = [(text.index(mark), one) for mark, all_ in ANCHORS.items() if mark in text for one in all_]
    structures = {
        1: STYLES, 11: struct.pack(f"<{len(stories['headers']) + 1}I", *borders("headers")),
        12: _plc(of_characters, numbers[: len(characters)]), 13: _plc(of_paragraphs, numbers[len(characters) :]),
        15: struct.pack("<HH", 2, 0) + b"".join(
            bytes([39 + 2 * len(name) + 2]) + bytes(39) + f"{name}\0".encode("utf-16-le") for name in ("Times", "Symbol")
        ),
        33: b"\2" + struct.pack("<I", len(pieces)) + pieces,
        40: _plc([*(at for at, _ in anchors), len(text)], [struct.pack("<I", one) + bytes(22) for _, one in anchors]),
        50: DRAWINGS, 56: boxes("boxes", BOXES), 58: boxes("header_boxes", HEADER_BOXES), 73: lists, 74: uses,
    }  # fmt: skip
    pairs, table = [(0, 0)] * 93, b""
    for number, content in structures.items():
        pairs[number] = len(table), len(content)
        table += content + (levels if number == 73 else b"")
    fib = struct.pack("<HHHHHHHI", 0xA5EC, 193, 0, 0, 0, 0x0200 | flags, 193, 0).ljust(32, b"\0")
    fib += struct.pack("<H28xH", 14, 22) + bytes(12) + struct.pack("<8i", *lengths) + bytes(44)
    fib += struct.pack("<H", 93) + b"".join(struct.pack("<II", *one) for one in pairs)
    return cfb({
        "WordDocument": (fib.ljust(1024, b"\0") + main_text).ljust(512 * where, b"\0") + pages,
        "1Table": table, "Data": bytes(4) + _form() + _picture(), "\x05SummaryInformation": _properties(),
    })  # fmt: skip


def old_document(*runs: tuple[bytes, bytes], version: int = 101, flags: int = 0) -> bytes:
    """Return a document of Word 6 with these runs in code pages; their changes have one-byte numbers.

    Font 0 uses Windows-1252, font 1 Windows-1251.
    """
    text = b"".join(run for run, _ in runs) + b"\r"
    places, at = [], 768
    for run, changes in (*runs, (b"\r", b"")):
        places.append((at, at + len(run), bytes([len(changes)]) + changes))
        at += len(run)
    (page,), borders = _pages(places, 1, 30)
    where = -(-(768 + len(text)) // 512)
    fonts = b"".join(
        bytes([6 + len(name), 0, 0, 0, of, 0]) + name + b"\0" for of, name in ((0, b"Times"), (204, b"Cyr"))
    )
    behind = struct.pack("<IIH", *borders, where) + struct.pack("<H", 2 + len(fonts)) + fonts
    main = bytearray(768)
    struct.pack_into("<HH6xH", main, 0, 0xA5DC, version, flags)
    struct.pack_into("<II", main, 24, 768, 768 + len(text))
    struct.pack_into("<i", main, 52, len(text))
    start = 512 * (where + 1)
    struct.pack_into("<II", main, 88 + 8 * 12, start, 10)
    struct.pack_into("<II", main, 88 + 8 * 15, start + 10, 2 + len(fonts))
    return cfb({"WordDocument": (bytes(main) + text).ljust(512 * where, b"\0") + page + behind})
