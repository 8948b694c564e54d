"""Positions and the data between them (PLC, [MS-DOC] 2.2.2), the form of most tables of a document. PURE."""

from __future__ import annotations

import struct


def plc(content: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """Return the n + 1 positions in ``content``, and the ``size`` bytes for each of the n between them."""
    count = max(0, (len(content) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count + 1}I", content) if count else ()
    first = 4 * (count + 1)
    return places, [content[at : at + size] for at in range(first, first + count * size, size or 1)]
