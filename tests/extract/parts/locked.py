"""Encrypts the stream of a workbook with a password as Excel 97 did ([MS-OFFCRYPTO] 2.3.6)."""

import hashlib
import struct

from tests.extract.parts.xls import record

SALT = bytes(range(16))
_OPEN = (0x809, 0x2F)


def file_pass(password: str) -> bytes:
    """Return the record that describes the password."""
    verifier = b"tra cuu van ban."
    said = _rc4(_key(password, 0), 32, verifier + hashlib.md5(verifier).digest())
    return record(0x2F, b"\x01\0\x01\0\x01\0" + SALT + said)


def locked(stream: bytes, password: str) -> bytes:
    """Return an encrypted stream that begins with a BOF and the record that describes the password."""
    out = b"".join(
        _rc4(_key(password, at // 1024), 1024, stream[at : at + 1024]) for at in range(0, len(stream), 1024)
    )
    mixed, at = bytearray(out), 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        left = size if kind in _OPEN else 4 if kind == 0x85 else 0
        mixed[at : at + 4 + left] = stream[at : at + 4 + left]
        at += 4 + size
    return bytes(mixed)


def _key(password: str, block: int) -> bytes:
    half = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    half = hashlib.md5((half + SALT) * 16).digest()[:5]
    return hashlib.md5(half + block.to_bytes(4, "little")).digest()


def _rc4(key: bytes, size: int, data: bytes) -> bytes:
    box, at = [*range(256)], 0
    for n in range(256):
        at = (at + box[n] + key[n % 16]) % 256
        box[n], box[at] = box[at], box[n]
    out, first, second = [], 0, 0
    for byte in data[:size]:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        out.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(out)
