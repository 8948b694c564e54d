"""Reads the signer's lines of a page again if a grey stamp over them hid them the first time."""

from __future__ import annotations

from PIL import Image

from indexer.directives.closing import read_signer
from indexer.extract.cleaning import only_darkest
from indexer.extract.ocr_words import Word, closing_corner, text_of, with_closing
from indexer.extract.second_look import Look
from indexer.vietnamese.spelling import is_syllable

_BLOCK = 6
_SHARES = (0.35, 0.5)
"""Share of the way from ink to paper beyond which grey belongs to a stamp: print is darker, though less so in coarse scans."""


def signed(found: list[Word], page: Image.Image, look: Look) -> list[Word]:
    """Return the words ``found`` on ``page`` with the signer's lines added; unchanged if these contain no name."""
    corner = closing_corner(found, page.width)
    if corner is None or read_signer(text_of(found)):
        return found
    lines = page.crop((*corner, page.width, page.height))
    for share in _SHARES:
        read = [word.moved(1, *corner) for word in look(only_darkest(lines, share), _BLOCK)]
        closed = with_closing(found, read)
        signer = read_signer(text_of(closed))
        # Remains of the stamp look like accents.
        if signer and all(map(is_syllable, signer.name.split())):
            return closed
    return found
