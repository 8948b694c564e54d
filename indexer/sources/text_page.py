"""Converts pages in plain text and Markdown to an ``Article``; portal marks apply to both."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo

from indexer.directives.head import read_head
from indexer.directives.letterhead import is_letterhead
from indexer.errors import ItemError
from indexer.html.encoding import decode_page
from indexer.model import Attachment
from indexer.sources.front_matter import split_front_matter, with_values
from indexer.sources.marks import file_names
from indexer.sources.page import LINKED_NAME, Link, Page
from indexer.sources.portal_page import read_portal_page
from indexer.sources.text import display_line
from indexer.vietnamese.letters import fold

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.{1,1000})$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S.*)\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\(\s*<?([^()<>\n]{1,2000}?)>?(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{2,3}|~~|`+|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w))")
"""Emphasis marks that open or close at a word; those in ``5 * 3`` and ``snake_case`` stay. They are not matched in pairs, which
would take quadratic time on a page of asterisks."""
_LINE_START = re.compile(r"^[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]+)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$|^[ \t]*```.*$|^(?=.{0,200}?---)[ \t:|-]+$", re.MULTILINE)
_HEAD = 5000
"""Number of characters of Markdown in which to look for a document's head."""
_MAY_BE_FRONT = (b"---", b"+++", b";;;", b"{", b"audience", b"Audience")
"""Beginnings of pages that may state their audience at the top."""
_LONGEST_FRONT = 64 * 2**10
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def read_text_page(data: bytes, id: str, zone: tzinfo) -> Page:
    """Return the article of a page in plain text; raises ItemError for an empty text."""
    return heeding_staff(Page(read_portal_page(decode_page(data), id, zone)), data)


def heeding_staff(page: Page, data: bytes) -> Page:
    """Return a page whose front matter is not read; it is staff-only if the front matter says so, or is unreadable in that
    respect.
    """
    head = data[:_LONGEST_FRONT]
    if page.audience is None and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MAY_BE_FRONT):
        front, _ = split_front_matter(_text_of(head))
        if front.audience == "staff":
            return replace(page, audience="staff", problem=front.problem)
    return page


def _text_of(data: bytes) -> str:
    return re.sub(r"\r\n?", "\n", decode_page(data)).lstrip("\ufeff")


def read_markdown_page(data: bytes, id: str, zone: tzinfo) -> Page:
    """Return the article of a Markdown page: its first heading is the title, the rest plain text.

    If front matter gives a title, headings are text; its other values take precedence over those found in the text.

    Raises ItemError for a page without text.
    """
    front, text = split_front_matter(_text_of(data))
    text = _UNDERLINED.sub(r"# \1", text)
    heading = _HEADING.search(text)
    if title := front.title:
        if heading is None or fold(display_line(plain_markdown(heading[2].rstrip(" \t#")))) != fold(title):
            text = f"# {title}\n\n{text}"
        else:
            text = text[heading.start() :]
        heading = _HEADING.search(text)
    elif (
        heading and (heading.start() or is_letterhead(heading[2])) and read_head(plain_markdown(text[:_HEAD]))
    ):
        heading = None  # a document whose headings stand in the midst of its head, or below
    links = [Link(display_line(plain_markdown(m[2])), m[3]) for m in _LINK.finditer(text) if not m[1]]
    if heading is None:
        article = read_portal_page(plain_markdown(text), id, zone)
    else:
        # The title is known, so the lines below it are read like those of a page with that title.
        title = display_line(plain_markdown(heading[2].rstrip(" \t#")))
        article = read_portal_page(
            f"{title}\n\n{plain_markdown(text[heading.end() :])}", id, zone, titled=True
        )
        above = [
            line for line in map(display_line, plain_markdown(text[: heading.start()]).split("\n")) if line
        ]
        if len(above) == 1 and len(above[0]) <= 60:
            article = replace(article, category=above[0])
    article = with_values(article, front, zone)
    if not (article.title or article.body):
        raise ItemError("the page has no text")
    documents = [link for link in links if LINKED_NAME.fullmatch(link.name)]
    named = [a.name for a in article.attachments if file_names(a.name) or not documents]
    names = dict.fromkeys([*named, *(link.name for link in documents)])
    article = replace(article, attachments=tuple(map(Attachment, names)))
    return Page(article, documents, front.audience, front.problem)


def plain_markdown(text: str) -> str:
    """Return Markdown as plain text, without emphasis, heading and list marks; links are reduced to their words."""
    text = _LINK.sub(r"\2", _RULE.sub("", text))
    text = _LINE_START.sub("", _HEADING.sub(lambda heading: heading[2].rstrip(" \t#"), text))
    text = _EMPHASIS.sub("", text)
    return _ESCAPE.sub(r"\1", text)
