"""An OLE file, as Office 97 wrote its documents into one ([MS-CFB])."""

import struct

_SECTOR = 512
_FREE, _END, _OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SHORTEST = 4096
"""Bytes of a stream that has sectors of its own: zeros fill a shorter one."""


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with ``streams`` in its root."""
    table: list[int] = []
    sectors = b""
    entries = [_entry("Root Entry", 5, _END, 0, 1)]
    for n, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(_SHORTEST, b"\0")
        after = n + 1 if n < len(streams) else _FREE
        entries.append(_entry(name, 2, len(table), len(content), _FREE, after))
        sectors += _chained(content, table)
    directory = len(table)
    sectors += _chained(b"".join(entries), table)
    first_of_table = len(table)
    count = -(-(len(table) + 1) // (_SECTOR // 4 - 1))
    table += [_OF_TABLE] * count
    table += [_FREE] * (count * _SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, _SHORTEST, _END, 0, _END, 0, 0
    )[:-4]
    places = [*range(first_of_table, first_of_table + count)]
    head += struct.pack("<109I", *places, *[_FREE] * (109 - count))
    return head + sectors + struct.pack(f"<{len(table)}I", *table)


def _chained(content: bytes, table: list[int]) -> bytes:
    count = -(-len(content) // _SECTOR)
    table += [*range(len(table) + 1, len(table) + count), _END]
    return content.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int, right: int = _FREE) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return letters.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIII", len(letters), kind, 1, _FREE, right, child, first, size, 0
    )
