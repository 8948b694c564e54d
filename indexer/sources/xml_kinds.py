"""Recognises the kind of an XML file by its beginning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from indexer.errors import ItemError
from indexer.html.encoding import decode_page
from indexer.sources.lines import read_chunks

XML_SUFFIXES = (".xml", ".xml.gz", ".rss", ".atom", ".wxr")
"""Extensions of files that may be exports or feeds."""
_HEAD = 8192
_ROOT = re.compile(r"<(?:\w+:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]")
_WORDPRESS = re.compile(r"xmlns:wp\s*=\s*[\"']https?://wordpress\.org/export/")


def root_of(data: bytes) -> str | None:
    """Return the name of the root element if ``data`` begins a sitemap or feed; None for anything else."""
    if b"<" not in data[:_HEAD]:
        return None
    root = _ROOT.search(decode_page(data[:_HEAD]))
    return None if root is None or b"<html" in data[: _HEAD // 2].lower() else root[1]


def kind_of_file(path: Path) -> Literal["wordpress", "feed"] | None:
    """Return the kind of source in the file at ``path``, optionally compressed with gzip; None for anything else."""
    try:
        with path.open("rb", buffering=0) as raw:
            start = next(read_chunks(raw), b"")
    except (OSError, ItemError):
        return None
    root = root_of(start)
    if root == "rss" and _WORDPRESS.search(decode_page(start[:_HEAD])):
        return "wordpress"
    return "feed" if root in ("rss", "feed", "RDF") else None
