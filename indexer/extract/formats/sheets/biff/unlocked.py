"""Workbooks that Excel encrypts with a built-in password if only their structure is protected. PURE.

They open for everybody. The encryption is that of Office 97 ([MS-OFFCRYPTO] 2.3.6): RC4, a key for each 1,024 bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from indexer.extract.formats.content import PasswordNeededError
from indexer.extract.formats.sheets.biff.records import Kind

_PASSWORD = "VelvetSweatshop"
"""[MS-OFFCRYPTO] 2.4.2.3."""
_BLOCK = 1024
_LARGEST = 1 << 22
"""The most bytes decrypted: a megabyte takes a second."""
_RC4 = b"\x01\x00\x01\x00\x01\x00"
_OPEN = frozenset({Kind.BOF, Kind.FILE_PASS, 0xE1, 0xE2, 0x195, 0x196})
"""Records that are never encrypted ([MS-XLS] 2.2.10)."""


def unlocked(stream: bytes) -> bytes:
    """Return the stream of a workbook, decrypted if necessary; raises PasswordNeededError if another password is needed."""
    places = list(_records(stream, to_file_pass=True))
    if not places or places[-1][0] != Kind.FILE_PASS:
        return stream
    _, at, size = places[-1]
    said = stream[at : at + size]
    salt, verifier, digest = said[6:22], said[22:38], said[38:54]
    if not said.startswith(_RC4) or len(said) < 54 or len(stream) > _LARGEST:
        raise PasswordNeededError("its records are encrypted")
    key = hashlib.md5(_PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    key = hashlib.md5((key + salt) * 16, usedforsecurity=False).digest()[:5]
    found = _mixed(verifier + digest, _stream_of(key, 0, 32))
    if hashlib.md5(found[:16], usedforsecurity=False).digest() != found[16:]:
        raise PasswordNeededError("its records are encrypted")
    plain = bytearray()
    for block in range(0, len(stream), _BLOCK):
        plain += _mixed(stream[block : block + _BLOCK], _stream_of(key, block // _BLOCK, _BLOCK))
    for kind, at, size in _records(stream):
        plain[at - 4 : at] = stream[at - 4 : at]
        kept = size if kind in _OPEN else 4 if kind == Kind.SHEET else 0
        plain[at : at + kept] = stream[at : at + kept]
        if kind == Kind.FILE_PASS:
            plain[at - 4 : at - 2] = b"\0\0"
    return bytes(plain)


def _records(stream: bytes, to_file_pass: bool = False) -> Iterator[tuple[int, int, int]]:
    """Yield kind, position and size of each record's data, or only up to the header record that describes the encryption."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        yield kind, at, min(size, len(stream) - at)
        if to_file_pass and kind in (Kind.FILE_PASS, Kind.END, Kind.SHEET):
            return
        at += size


def _mixed(data: bytes, stream: bytes) -> bytes:
    size = min(len(data), len(stream))
    mixed = int.from_bytes(data[:size], "little") ^ int.from_bytes(stream[:size], "little")
    return mixed.to_bytes(size, "little")


def _stream_of(key: bytes, block: int, size: int) -> bytes:
    """Return the RC4 bytes for a block."""
    key = hashlib.md5(key + struct.pack("<I", block), usedforsecurity=False).digest()
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i & 15]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for _ in range(size):
        i = (i + 1) & 255
        a = state[i]
        j = (j + a) & 255
        b = state[i] = state[j]
        state[j] = a
        out.append(state[(a + b) & 255])
    return bytes(out)
