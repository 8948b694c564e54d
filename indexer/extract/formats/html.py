"""HTML pages that are documents of their own: everything they show, whatever element it is in."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.errors import ItemError
from indexer.extract.formats.content import Content, beginning, clean, in_pieces, in_unicode
from indexer.html.encoding import declared_charset, decode_as_said
from indexer.html.lines import shown_text, text_without_tags
from indexer.html.tree import parse_html
from indexer.vietnamese.legacy import decode

_SHEET = re.compile(r"<x:ExcelWorksheet>", re.IGNORECASE)
_HIDDEN_SHEET = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden\s*</x:Visible>", re.IGNORECASE)


def html(path: Path, _media_type: str) -> Content:
    """Return what the page at ``path`` shows, starting with its title if the text does not contain it."""
    content, problems = beginning(path)
    return in_unicode(in_pieces(html_text(content)), problems)


def html_text(data: bytes, charset: str = "") -> str:
    """Return what a page shows, decoded with ``charset`` unless it states its own."""
    text = decode_as_said(data, declared_charset(data) or charset)
    return shown(decode(data).text if text is None else text)


def shown(page: str) -> str:
    """Return what the page ``page`` shows, empty if it shows nothing."""
    if not page.strip() or _is_hidden_sheet(page):
        return ""
    try:
        root, _ = parse_html(page)
    except ItemError:  # more elements than a tree may have, or none at all
        return text_without_tags(page)
    text = shown_text(root)
    title = " ".join(str(root.xpath("string(//title)")).split())
    return text if clean(title) in clean(text) else f"{title}\n{text}"


def _is_hidden_sheet(page: str) -> bool:
    """Whether Excel saved a hidden sheet as this page. With several sheets the page does not say which table belongs to which."""
    return _HIDDEN_SHEET.search(page) is not None and len(_SHEET.findall(page)) <= 1
