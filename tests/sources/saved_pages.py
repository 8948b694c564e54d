"""Saved pages in the mark-up of common portal systems with text of our own, and the right values for each."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from indexer.sources.html_page import read_html_page

PAGES = Path(__file__).parent / "pages"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RIGHT: dict[str, dict[str, Any]] = json.loads((PAGES / "right.json").read_text("utf-8"))
"""Page -> field -> its right value. A field not listed has to be empty."""
FIELDS = (
    "title", "published", "body", "sources", "category", "attachments", "number", "type", "issuer", "subject", "signer",
    "position", "field", "issued", "effective", "expires", "status",
)  # fmt: skip


def fields(path: Path) -> dict[str, Any]:
    """Return all fields read from the page at ``path``; the body as its paragraphs."""
    article = read_html_page(path.read_bytes(), path.stem, ZONE).article
    return {
        "title": article.title,
        "published": article.published and article.published.astimezone(ZONE).isoformat(),
        "body": [part for part in article.body.split("\n") if part],
        "sources": list(article.sources),
        "category": article.category,
        "attachments": [one.name for one in article.attachments],
        "number": article.number,
        "type": article.type,
        "issuer": article.issuer,
        **dataclasses.asdict(article.particulars),
    }


def wrong(name: str) -> list[str]:
    """Return the fields of a page that are not right, with what was read."""
    read = fields(PAGES / f"{name}.html")
    right = RIGHT[name]
    return [f"{one}: {read[one]!r}" for one in FIELDS if (read[one] or None) != (right.get(one) or None)]
