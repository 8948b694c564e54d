"""The compressed RTF of an email in Outlook ([MS-OXRTFCP]). PURE."""

from __future__ import annotations

import struct

_HEAD = 16
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""The text that the dictionary starts with."""
_WINDOW = 4096
"""Bytes of the dictionary."""


def decompressed(content: bytes) -> bytes:
    """Return the RTF in ``content``, as much of it as can be read; raises ValueError if it is not compressed RTF."""
    if len(content) < _HEAD or content[8:12] not in (_COMPRESSED, _PLAIN):
        raise ValueError("the text of the email is damaged")
    size, length = struct.unpack_from("<II", content)
    if content[8:12] == _PLAIN:
        return content[_HEAD : _HEAD + length]
    end = min(len(content), size + 4)
    out = bytearray(_KNOWN)
    at = _HEAD
    while at < end:
        flags = content[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += content[at : at + 1]
                at += 1
                continue
            if at + 2 > end:
                return bytes(out[len(_KNOWN) :])
            place, repeated = divmod(content[at] << 8 | content[at + 1], 16)
            at += 2
            back = (len(out) - place) % _WINDOW
            if back == 0 or back > len(out):  # the first means the end
                return bytes(out[len(_KNOWN) : len(_KNOWN) + length])
            for _ in range(repeated + 2):
                out.append(out[-back])
    return bytes(out[len(_KNOWN) : len(_KNOWN) + length])
