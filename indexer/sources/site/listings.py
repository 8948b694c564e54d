"""Sitemaps, RSS and Atom: the addresses of pages that they list. PURE."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from indexer.errors import ItemError
from indexer.html.encoding import decode_page
from indexer.sources.xml_kinds import root_of

_GZIP = b"\x1f\x8b"
_LOC = re.compile(r"<(?!(?:image|video):)(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})")
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_LINK = re.compile(r"<link\b[^<>]{0,1000}>(?:\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000}))?")
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"'<>]{1,2000})["']""")
_REL = re.compile(r"""\brel\s*=\s*["']([^"'<>]{1,50})["']""")


@dataclass(frozen=True, slots=True)
class Listing:
    """What lists pages: their addresses as written; of an index of sitemaps those of the sitemaps."""

    kind: str
    addresses: tuple[str, ...]


def read_listing(data: bytes, largest: int) -> Listing | None:
    """Return the sitemap or feed that ``data`` is, packed by gzip or not; None for anything else.

    Raises ItemError where it unpacks to more than ``largest`` bytes, or can't be unpacked.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data, largest)
    root = root_of(data)
    if root is None:
        return None
    text = decode_page(data)
    found = _located(text) if root in ("urlset", "sitemapindex") else _linked(text)
    return Listing(root, tuple(dict.fromkeys(found)))


def _located(text: str) -> Iterator[str]:
    return (unescape(found[1]) for found in _LOC.finditer(text))


def _linked(text: str) -> Iterator[str]:
    """Yield the address of each entry: the text of ``<link>`` in RSS, ``href`` in Atom."""
    starts = [entry.start() for entry in _ENTRY.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        for link in _LINK.finditer(text, start, end):
            rel = _REL.search(link[0])
            href = _HREF.search(link[0])
            address = link[1] if href is None else href[1]
            if address and (rel is None or rel[1] == "alternate"):
                yield unescape(address)
                break


def _unpacked(data: bytes, largest: int) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(data, largest)
    except zlib.error as error:
        raise ItemError(f"it can't be unpacked: {error}") from None
    if unpacking.unconsumed_tail:
        raise ItemError(f"it has more than {largest:,} bytes when unpacked")
    return text
