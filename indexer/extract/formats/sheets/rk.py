"""Numbers in thirty bits, as XLS and XLSB pack them ([MS-XLS] 2.5.217), and errors in cells by their codes. PURE."""

from __future__ import annotations

import struct

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_IS_HUNDREDTH, _IS_INTEGER, _SIGN = 0x1, 0x2, 1 << 31
_DOUBLE = struct.Struct("<d")
_BITS = struct.Struct("<Q")


def unpacked(rk: int) -> float:
    """Return the number in ``rk``, an unsigned number of 32 bits."""
    if rk & _IS_INTEGER:
        value = float((rk >> 2) - (1 << 30 if rk & _SIGN else 0))
    else:
        (value,) = _DOUBLE.unpack(_BITS.pack((rk & ~3) << 32))
    return value / 100 if rk & _IS_HUNDREDTH else value


def flag(value: int) -> str:
    """Return what a cell shows for true or false."""
    return "TRUE" if value else "FALSE"
