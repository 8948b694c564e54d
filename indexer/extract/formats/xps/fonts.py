"""How wide letters are: the fonts of a fixed-page document, which are obfuscated with the names of their parts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from PIL import ImageFont

_MIXED = 32
"""Obfuscated bytes at the beginning of a font (ECMA-388, 9.1.7.3)."""
_NAME = re.compile(
    r"([0-9A-Fa-f]{8})-?([0-9A-Fa-f]{4})-?([0-9A-Fa-f]{4})-?([0-9A-Fa-f]{4})-?([0-9A-Fa-f]{12})\.odttf$"
)
_SIZE = 1000
_USUAL = 0.5
"""The width of a letter, in font heights, if its font cannot be opened."""
_MOST = 100
"""The most fonts of a document that are opened."""
_LONGEST = 2000


class Fonts:
    """The fonts of a document by the names of their parts; ``read`` returns the bytes of one."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._known: dict[str, ImageFont.FreeTypeFont | None] = {}

    def width(self, text: str, font: str) -> float:
        """Return the width of ``text`` in ``font``, in font heights."""
        if font not in self._known and len(self._known) < _MOST:
            self._known[font] = self._open(font)
        opened = self._known.get(font)
        if opened is None or len(text) > _LONGEST:
            return _USUAL * len(text)
        try:
            return opened.getlength(text) / _SIZE
        except (OSError, ValueError):
            return _USUAL * len(text)

    def _open(self, font: str) -> ImageFont.FreeTypeFont | None:
        content = bytearray(self._read(font))
        if name := _NAME.search(font):
            key = bytes.fromhex("".join(name.groups()))[::-1]
            for at in range(min(_MIXED, len(content))):
                content[at] ^= key[at % len(key)]
        try:
            return ImageFont.truetype(io.BytesIO(content), _SIZE, layout_engine=ImageFont.Layout.BASIC)
        except (OSError, ValueError):
            return None
