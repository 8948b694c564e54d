"""HTML -> its tree of elements; the only module of HTML importing lxml.

The parser gives up a page at 2,048 elements within each other. Real pages get that deep where an editor left marks
of style open, so these are taken out first, and then all that only lays out.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from indexer.errors import ItemError

Element = Any
"""An element of the parsed page; the parser has no types of its own."""

MOST_ELEMENTS = 300_000
"""Elements of a page: ten times the largest law as HTML, and some 10 s of work."""
_TAGS_OF_ELEMENT = 2
"""Beyond so many ``<`` for each element a page is refused before it takes memory."""
_PLAIN_DEPTH = 256
"""Elements within each other up to which other parsers of HTML follow."""
_STYLE = re.compile(
    r"</?(?:font|b|i|u|s|big|small|em|strong|strike|tt|center|span|o:p|st1:\w{1,20})(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_LAYOUT = re.compile(
    r"</?(?:div|p|table|tbody|tr|td|th|blockquote|ul|ol|li|dl|dd|dt|section|article|form|fieldset)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)

_SMALL = frozenset(["span", "time", "a", "button", "b", "strong", "i", "em", "small", "label"])
"""Elements of which a row may be made."""


def parse_html(text: str) -> tuple[Element, bool]:
    """Return the root of a page, whole however deep, and whether it is deeper than other parsers follow.

    Raises ItemError where nothing of it can be parsed.
    """
    if text.count("<") > _TAGS_OF_ELEMENT * MOST_ELEMENTS:
        raise too_many_elements()
    root, whole = _parsed(text)
    if whole:
        return root, _is_deep(root)
    text = _STYLE.sub("", text)
    root, whole = _parsed(text)
    if not whole:
        root, _ = _parsed(_LAYOUT.sub("<br>", text))
    return root, True


def _is_deep(root: Element) -> bool:
    depth = 0
    for event, _ in walk(root):
        depth += 1 if event == "start" else -1
        if depth > _PLAIN_DEPTH:
            return True
    return False


def walk(root: Element) -> Any:
    """Return an iterator over ``start`` and ``end`` of every element; its ``skip_subtree`` leaves one's inside out."""
    return etree.iterwalk(root, events=("start", "end"))


def is_row(element: Element) -> bool:
    """Whether ``element`` is a row of small things that only their style divides: a date, a counter, buttons.

    Programs that write pages put no blank between them. Text that was pasted from Word is cut like that, too, and has
    styles of its own.
    """
    if element.tag not in ("div", "li") or len(element) < 2 or (element.text or "").strip():
        return False
    return all(
        one.tag in _SMALL and "style" not in one.attrib and not (one.tail or "").strip() for one in element
    )


def too_many_elements() -> ItemError:
    """Return what is raised for a page that is no article but a dump."""
    return ItemError(f"the page has more than {MOST_ELEMENTS:,} elements, too many for an article")


def _parsed(text: str) -> tuple[Element, bool]:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ItemError(f"the page has no readable HTML: {error}") from None
    return root, not any("Excessive depth" in entry.message for entry in parser.error_log)
