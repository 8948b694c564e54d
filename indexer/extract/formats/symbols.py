"""Pure: characters of symbol fonts, identified by font and code."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
"""Where Word puts the codes of symbol fonts."""
_SYMBOL = dict(
    zip(
        range(0x61, 0x7B),
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xBC: "…", 0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xD7: "⋅", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x46: "Φ",
}  # fmt: skip
"""The characters of the font Symbol (Adobe's encoding); digits and punctuation are as in ASCII."""


def symbol(code: int, font: str) -> str:
    """Return the character that a reader sees in ``font``, a blank if it is a picture, since another word follows."""
    if code in _PRIVATE or code < 0x100:
        code &= 0xFF
        if font.lower() != "symbol":
            return " "
        return _SYMBOL.get(code) or (chr(code) if 0x20 <= code < 0x40 else " ")
    return chr(code) if code < 0xD800 or 0xF8FF < code <= 0x10FFFF else " "
