"""Parses HTML to an element tree; the only module for HTML that imports lxml.

The parser gives up at 2,048 nested elements. Real pages reach that depth where an editor left style elements open, so these are
removed first, followed by all elements that only affect layout.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from indexer.errors import ItemError

Element = Any
"""An element of the parsed page; the parser has no types of its own."""

MOST_ELEMENTS = 300_000
"""Maximum number of elements: ten times those of the largest law in HTML, and some 10 s of work."""
_TAGS_OF_ELEMENT = 2
"""Number of ``<`` per element beyond which a page is refused before it takes memory."""
_PLAIN_DEPTH = 256
"""Maximum nesting that other HTML parsers follow."""
_STYLE = re.compile(
    r"</?(?:font|b|i|u|s|big|small|em|strong|strike|tt|center|span|o:p|st1:\w{1,20})(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_LAYOUT = re.compile(
    r"</?(?:div|p|table|tbody|tr|td|th|blockquote|ul|ol|li|dl|dd|dt|section|article|form|fieldset)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)

_SMALL = frozenset(["span", "time", "a", "button", "b", "strong", "i", "em", "small", "label"])
"""Elements that may form a row."""


def parse_html(text: str) -> tuple[Element, bool]:
    """Return the root of a page of any depth, and whether it is deeper than other parsers follow.

    Raises ItemError if nothing of it can be parsed.
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
    """Return an iterator over ``start`` and ``end`` of every element; its ``skip_subtree`` skips the content of one."""
    return etree.iterwalk(root, events=("start", "end"))


def is_row(element: Element) -> bool:
    """Return whether ``element`` is a row of small items separated only by style: a date, a counter, buttons.

    Programs that generate pages put no blanks between them. Text pasted from Word is split like that, too, but has styles of
    its own.
    """
    if element.tag not in ("div", "li") or len(element) < 2 or (element.text or "").strip():
        return False
    return all(
        one.tag in _SMALL and "style" not in one.attrib and not (one.tail or "").strip() for one in element
    )


def too_many_elements() -> ItemError:
    """Return the error for a page that is a dump rather than an article."""
    return ItemError(f"the page has more than {MOST_ELEMENTS:,} elements, too many for an article")


def _parsed(text: str) -> tuple[Element, bool]:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ItemError(f"the page has no readable HTML: {error}") from None
    return root, not any("Excessive depth" in entry.message for entry in parser.error_log)
