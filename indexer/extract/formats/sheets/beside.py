"""What stands beside the cells of a sheet: comments, boxes, titles of charts, its head and foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from indexer.extract.formats.about import without_page_numbers
from indexer.extract.formats.sheets.parts import Parts, words_of
from indexer.extract.formats.xml import Element, local

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])')
"""Fonts, colours, sizes, places and counters in the head of a sheet; ``&&`` is a letter."""
_THREADED = "[Threaded comment]"
"""How the comment begins that old programs show in place of a threaded one."""


def beside(parts: Parts, sheet: str, is_hidden_cell: Callable[[str], bool]) -> Iterator[str]:
    """Yield the texts that ``sheet`` leads to, comments first; those of cells that are not shown are left out."""
    leads = sorted(parts.leads(sheet).values())
    for kind, part in leads:
        if kind == "comments":
            for comment in parts.each(part, "comment"):
                words = words_of(comment)
                if not words.startswith(_THREADED) and not is_hidden_cell(comment.get("ref", "")):
                    yield words
        elif kind == "threadedComment":
            for comment in parts.each(part, "threadedComment"):
                text = comment.find("{*}text")
                if text is not None and not is_hidden_cell(comment.get("ref", "")):
                    yield text.text or ""
    for kind, part in leads:
        if kind == "drawing":
            yield from _drawing(parts, part)


def _drawing(parts: Parts, part: str) -> Iterator[str]:
    for anchor in parts.each(part, "twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
        shown = anchor.find(".//{*}cNvPr")
        if shown is None or shown.get("hidden") not in ("1", "true"):
            yield from paragraphs(anchor)
    for kind, other in parts.leads(part).values():
        if kind in ("chart", "chartEx", "diagramData"):
            for element in parts.each(other, "rich", "txData", "t" if kind == "diagramData" else "tx"):
                if local(element) == "txData":
                    yield "".join(element.itertext("{*}v"))
                elif local(element) == "rich" or kind == "diagramData":
                    yield from paragraphs(element)


def paragraphs(element: Element) -> Iterator[str]:
    """Yield the paragraphs of what is drawn."""
    for paragraph in element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
        "{http://purl.oclc.org/ooxml/drawingml/main}p",
    ):
        words = "".join(
            one.text or "" if local(one) == "t" else "\n" for one in paragraph.iter("{*}t", "{*}br")
        )
        if words.strip():
            yield words


def head_or_foot(text: str) -> str:
    """Return the words of a sheet's head or foot, its left, middle and right on lines of their own; no numbers of pages."""
    text = _CODE.sub(" ", re.sub(r"&[LCR]", "\n", text.replace("&&", "\0"))).replace("\0", "&")
    return without_page_numbers("\n".join(filter(None, map(str.strip, text.split("\n")))))
