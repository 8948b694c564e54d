"""The address at which a page was published, according to the page itself; a saved page knows it in no other way. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from indexer.sources.attachments import web_address
from indexer.sources.html_lines import Tree

_HEAD = 8192
"""Number of characters in which programs that save pages leave their note."""
_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d{4,6}\)(?P<browser>[^\s<>]{1,2000})|<!--\s*Mirrored from (?P<httrack>[^\s<>]{1,2000}) by HTTrack",
    re.IGNORECASE,
)


def own_address(tree: Tree, text: str) -> str | None:
    """Return the web address that the page ``text`` states as its own, None if none.

    The canonical address takes precedence over ``og:url``, and that over the note of the browser or of HTTrack. A mere path
    needs the host of another address or of ``<base>``. The address of a front page is ignored: portals state it on all of their
    pages.
    """
    said = list(_said(tree, text))
    bases = [tree.root.xpath("string(//base/@href)"), *said]
    base = next((one for one in bases if web_address(one)), "")
    for one in said:
        try:
            address = web_address(urljoin(base, one))
        except ValueError:
            continue
        if address and (urlsplit(address).path not in ("", "/") or urlsplit(address).query):
            return address
    return None


def _said(tree: Tree, text: str) -> Iterator[str]:
    for name in ("canonical", "og:url"):
        if value := tree.meta.get(name, "").strip():
            yield value
    if note := _SAVED.search(text, 0, _HEAD):
        yield note["browser"] or f"http://{note['httrack']}"
