"""Sitemaps (sitemaps.org, version 0.9), written while the pages are read. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

MOST = 50_000
"""Maximum number of addresses per sitemap, and of sitemaps per index."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CHUNK = 65_536

Place = tuple[str, str | None]
"""An absolute address and its last change: an ISO date or time, None if unknown."""


def sitemap_index(sitemaps: Iterable[Place]) -> Iterator[str]:
    """Yield an index of sitemaps piece by piece."""
    return _document("sitemapindex", "sitemap", sitemaps)


def sitemap(pages: Iterable[Place]) -> Iterator[str]:
    """Yield a sitemap piece by piece."""
    return _document("urlset", "url", pages)


def gzipped(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield ``pieces`` as one gzip file, compressed as they come."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    waiting = b""
    for piece in pieces:
        waiting += packer.compress(piece.encode())
        if len(waiting) >= _CHUNK:
            yield waiting
            waiting = b""
    yield waiting + packer.flush()


def _document(root: str, element: str, places: Iterable[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    for address, changed in places:
        lastmod = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
        yield f"<{element}><loc>{escape(address)}</loc>{lastmod}</{element}>\n"
    yield f"</{root}>\n"
