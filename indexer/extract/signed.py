"""A second look at who signed a page, where a grey stamp over the lines has hidden them from the first."""

from __future__ import annotations

from PIL import Image

from indexer.directives.closing import read_signer
from indexer.extract.cleaning import only_darkest
from indexer.extract.ocr_words import Word, closing_corner, text_of, with_closing
from indexer.extract.second_look import Look
from indexer.vietnamese.spelling import is_syllable

_BLOCK = 6
_SHARES = (0.35, 0.5)
"""Of the way from ink to paper, beyond which grey is a stamp's: print is darker, though less so in coarse scans."""


def signed(found: list[Word], page: Image.Image, look: Look) -> list[Word]:
    """Return the words ``found`` on ``page`` with the lines of who signs; as they are where these tell no name."""
    corner = closing_corner(found, page.width)
    if corner is None or read_signer(text_of(found)):
        return found
    lines = page.crop((*corner, page.width, page.height))
    for share in _SHARES:
        read = [word.moved(1, *corner) for word in look(only_darkest(lines, share), _BLOCK)]
        closed = with_closing(found, read)
        signer = read_signer(text_of(closed))
        # Remains of the stamp make accents of their own.
        if signer and all(map(is_syllable, signer.name.split())):
            return closed
    return found
