"""What surrounds the cells of an Open XML sheet: comments, boxes, charts, diagrams; and headers and footers of any sheet."""

from __future__ import annotations

import re

from indexer.extract.formats.about import without_page_numbers
from indexer.extract.formats.ooxml.drawn import drawn
from indexer.extract.formats.ooxml.pruning import alternatives
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.package import Relation
from indexer.extract.formats.sheets.cells import place
from indexer.extract.formats.sheets.parts import Parts, is_on, words_of
from indexer.extract.formats.sheets.sheet import Area, Sheet
from indexer.extract.formats.xml import Element, child, drop, each, local

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z]|\[[A-Za-z]+\])')
"""Fonts, colours, sizes, positions and counters in the header of a sheet; ``&&`` is a literal ampersand."""
_THREADED = "[Threaded comment]"
"""The beginning of the comment that old programs show instead of a threaded one."""
_SHAPES = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor", "sp", "pic", "graphicFrame", "grpSp", "cxnSp")


def add_beside(parts: Parts, leads: dict[str, Relation], sheet: Sheet) -> None:
    """Add to ``sheet`` the texts of the XML parts that it ``leads`` to."""
    for kind, part in sorted(leads.values()):
        if kind == "comments" and not part.endswith(".bin"):
            for comment in parts.each(part, "comment"):
                add_note(sheet, *place(comment.get("ref", "")), words_of(comment))
        elif kind == "threadedComment":
            for comment in parts.each(part, "threadedComment"):
                text = next(each(comment, "text"), None)
                sheet.note(*place(comment.get("ref", "")), "" if text is None else text.text or "")
        elif kind == "drawing":
            sheet.beside += _drawing(parts, part, sheet).split("\n")


def add_note(sheet: Sheet, row: int, column: int, text: str) -> None:
    """Add a comment on a cell, unless it replaces a threaded one."""
    if not text.startswith(_THREADED):
        sheet.note(row, column, text)


def _drawing(parts: Parts, part: str, sheet: Sheet) -> str:
    root = parts.xml(part)
    if root is None:
        return ""
    alternatives(root)
    for anchor in [*each(root, "twoCellAnchor")]:
        if sheet.hides(_area(anchor)):
            drop(anchor)
    for shown in [*each(root, "cNvPr")]:
        if is_on(shown.get("hidden")):
            drop(_shape_of(shown))
    leads = parts.relations(part)

    def elsewhere(name: str) -> str:
        relation = leads.pop(name, None)  # once, however often it is shown
        return "" if relation is None else drawn(parts, relation)

    return story(root, elsewhere=elsewhere, pictures="cNvPr")


def _area(anchor: Element) -> Area:
    """Return the cells that a shape covers."""
    corners = (child(anchor, "from"), child(anchor, "to"))
    (top, left), (bottom, right) = ([_number(child(one, name)) for name in ("row", "col")] for one in corners)
    return Area(top, bottom, left, right)


def _number(element: Element | None) -> int:
    """Return the number, from 1, of a row or column; 0 if not stated."""
    text = "" if element is None else (element.text or "").strip()
    return int(text) + 1 if text.isdecimal() and len(text) < 9 else 0


def _shape_of(shown: Element) -> Element:
    while local(shown) not in _SHAPES and shown.getparent() is not None:
        shown = shown.getparent()
    return shown


def head_or_foot(text: str) -> str:
    """Return the words of a sheet's header or footer without page numbers; left, middle and right on separate lines."""
    text = _CODE.sub(" ", re.sub(r"&[LCR]", "\n", text.replace("&&", "\0"))).replace("\0", "&")
    return without_page_numbers("\n".join(filter(None, map(str.strip, text.split("\n")))))
