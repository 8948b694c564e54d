"""What the index keeps of a page of an attachment: its text, and where OCR saw its words."""

from __future__ import annotations

import json
import zlib

from indexer.model import Page
from indexer.stored.extraction import flat_boxes, read_boxes


def pack_page(page: Page) -> bytes:
    """Return the stored bytes of ``page``; its number stands beside them in the index."""
    values = [page.text, page.ocr, page.confidence, flat_boxes(page.boxes)] if page.ocr else [page.text]
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode())


def unpack_page(stored: bytes, number: int | None) -> Page:
    """Return the page that :func:`pack_page` made ``stored`` of."""
    text, *seen = json.loads(zlib.decompress(stored))
    if not seen:
        return Page(number, text)
    ocr, confidence, boxes = seen
    return Page(number, text, ocr, confidence, read_boxes(boxes))
