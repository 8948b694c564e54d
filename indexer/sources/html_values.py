"""Values of records that are HTML -> text as it is displayed, and the documents that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from html import unescape
from html.entities import html5
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from indexer.errors import ItemError
from indexer.model import Attachment
from indexer.sources.attachments import Locate, file_in, nowhere, web_address
from indexer.sources.page import Link
from indexer.sources.text import display_line, display_text
from indexer.sources.values import Said
from indexer.vietnamese.letters import nfc

HTML_KEYS = {"title_html": "title", "summary_html": "summary", "body_html": "body"}
"""Keys of records whose values are HTML -> the fields that they are text of."""
_LINES = ("category",)
"""Other fields that have characters by their names in some exports ("Tin &amp; ảnh")."""
_BLOCK = r"p|div|br|hr|ul|ol|li|table|tbody|thead|tr|td|th|h[1-6]|blockquote|section|article|figure|pre|dl|dt|dd|center"
_INLINE = r"a|b|i|u|s|em|strong|span|font|sup|sub|small|strike|del|ins|img"
_START = re.compile(
    rf"(?:\s{{1,200}}|<!--[^<>]{{0,2000}}-->){{0,20}}<(?:{_BLOCK}|{_INLINE}|html|body|main)(?:\s[^<>]{{0,2000}})?/?>",
    re.IGNORECASE,
)
_END = re.compile(
    rf"</(?:{_BLOCK}|{_INLINE}|html|body|main)\s{{0,9}}>|<(?:br|hr|img)(?:\s[^<>]{{0,2000}})?/?>",
    re.IGNORECASE,
)
_BLOCKS = re.compile(rf"<(?:{_BLOCK})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SEVERAL = 2
"""Ends of elements in a text that begins with none: one may be what the text is about, more are not by chance."""


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Text that was read from HTML."""

    text: str
    documents: Sequence[Link] = ()


def is_html(text: str) -> bool:
    """Whether a text is plainly HTML: it begins with an element and ends one, ends several, or has characters by their names."""
    if "<" in text:
        ends = _END.finditer(text)
        if next(ends, None) and (_START.match(text) or next(ends, None)):
            return True
    return "&" in text and any(_is_character(name[1]) for name in _REFERENCE.finditer(text))


def read_html(text: str) -> HtmlText:
    """Return the text of HTML, headings and paragraphs on lines of their own; of a whole page its main part.

    Raises ItemError where it can't be read.
    """
    if "<" not in text:
        return HtmlText(display_text(unescape(text)))
    if _PAGE.search(text):
        # Here, because it takes 0.3 s that few records need to spend.
        from indexer.sources.html_page import read_html_page

        page = read_html_page(text.encode("utf-8", "replace"), "", UTC)
        return HtmlText(page.article.body or page.article.title, page.links)
    from indexer.sources.html_files import document_links
    from indexer.sources.html_lines import read_tree

    if not _BLOCKS.search(text):
        # As a CMS keeps it that makes paragraphs of line ends when it shows them.
        text = re.sub(r"\r?\n", "<br>", re.sub(r"(?:\r?\n[ \t]*){2,}", "<p>", text.strip()))
    lines = read_tree(text).lines
    shown = "\n".join(line.text if line.close else f"\n{line.text}" for line in lines if line.text)
    return HtmlText(display_text(shown), document_links([link for line in lines for link in line.links]))


def put_html(
    values: dict[str, Any],
    given: Mapping[str, HtmlText],
    folder: Path | None,
    notes: Said,
    locate: Locate = nowhere,
) -> None:
    """Put what is HTML of a record into its ``values`` as text, and the documents that it links to among the attachments.

    ``given`` are the values that were said to be HTML; a plain one that plainly is gets a note.
    """
    for name in HTML_KEYS.values():
        plain = values.get(name)
        found = given.get(name) or (_plainly(plain, name == "title") if plain else None)
        if found is None or not found.text:
            continue
        if name not in given:
            notes[name] = f"it contains HTML, and only its text was used; name the key {name}_html"
        values[name] = display_line(found.text) if name == "title" else found.text
        there = values.get("attachments", ())
        linked: dict[str, Attachment] = {}
        for one in _attachments(found.documents, folder, values.get("url"), locate):
            linked.setdefault(one.name, one)
        known = {own.name for own in there} | {own.path or own.url for own in there if own.path or own.url}
        new = [
            one for name, one in linked.items() if name not in known and (one.path or one.url) not in known
        ]
        if new:
            values["attachments"] = (*there, *new)
    for name in _LINES:
        if found := _plainly(str(values.get(name) or ""), title=True):
            values[name] = display_line(found.text)
            notes[name] = "it contains HTML, and only its text was used"


def _plainly(text: str, title: bool = False) -> HtmlText | None:
    """Return what a plain value is as HTML; None where it is none, or nothing would be left of it."""
    if not is_html(text) or (title and _SCRIPT.search(text)):
        return None
    try:
        read = read_html(text)
    except ItemError:
        return None
    return read if read.text else None


def _attachments(
    links: Sequence[Link], folder: Path | None, base: str | None, locate: Locate
) -> Iterator[Attachment]:
    """Yield the documents that a record's HTML links to: a file below ``folder`` where there is one, else an address.

    Relative addresses are of ``base``, the record's own.
    """
    for link in links:
        name = display_line(link.name)
        if not name:
            continue
        address = _joined(base, link.href)
        path = _file(link.href, folder) or locate(address)
        url = None if path else web_address(address)
        yield Attachment(name, path=path, url=url)


def _joined(base: str | None, href: str) -> str:
    try:
        return urljoin(base, href) if base else href
    except ValueError:  # "http://[": no address, as whoever asks next will say
        return href


def _file(href: str, folder: Path | None) -> Path | None:
    try:
        parts = urlsplit(href)
        if folder is None or parts.scheme or parts.netloc or not parts.path.strip("/"):
            return None
        return file_in(folder, nfc(unquote(parts.path)).lstrip("/"))
    except (ItemError, ValueError):
        return None


def _is_character(name: str) -> bool:
    return name.startswith("#") or f"{name};" in html5
