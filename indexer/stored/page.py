"""The index's stored form of an attachment page: its text, and the positions of its words from OCR."""

from __future__ import annotations

import json
import zlib

from indexer.model import Page
from indexer.stored.extraction import flat_boxes, read_boxes


def pack_page(page: Page) -> bytes:
    """Return the bytes of ``page`` for storage; its number is a separate field of the index."""
    values = [page.text, page.ocr, page.confidence, flat_boxes(page.boxes)] if page.ocr else [page.text]
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode())


def unpack_page(stored: bytes, number: int | None) -> Page:
    """Return the page that :func:`pack_page` stored as ``stored``."""
    text, *seen = json.loads(zlib.decompress(stored))
    if not seen:
        return Page(number, text)
    ocr, confidence, boxes = seen
    return Page(number, text, ocr, confidence, read_boxes(boxes))
