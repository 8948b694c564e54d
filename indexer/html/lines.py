"""All visible text of an element tree, for documents of their own, in which nothing is a menu. PURE."""

from __future__ import annotations

import re
from html import unescape

from indexer.html.tree import Element, walk

_NEVER = frozenset([
    "head", "script", "style", "template", "iframe", "audio", "video", "canvas", "map", "datalist", "meta", "link",
    "title", "rp",
])  # fmt: skip
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "select", "summary", "table", "textarea", "ul", "xmp", "text", "marquee",
])  # fmt: skip
_CELLS = frozenset(["td", "th"])
_ROWS = frozenset(["tr", "tbody", "thead", "tfoot"])
_LINES_KEPT = frozenset(["pre", "textarea", "listing", "xmp", "plaintext"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_SHOWN_VALUES = frozenset(["", "text", "number", "date", "email", "tel", "url", "submit", "button"])
"""Types of ``<input>`` whose value is visible."""
_BLANKS = re.compile(r"\s+")
_BLANKS_ON_LINE = re.compile(r"[^\S\n\t]+")
_NOTHING, _BLANK, _LINE, _CELL, _ROW = range(5)
_BETWEEN = {_NOTHING: "", _BLANK: " ", _LINE: "\n", _CELL: "\t", _ROW: "\n"}
"""A cell that contains paragraphs is separated from the next one by a tab all the same."""
_LEFT_OUT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:]{0,30})[^<>]*>")


def shown_text(root: Element) -> str:
    """Return the visible text of ``root``: blocks and table rows on separate lines, cells separated by tabs."""
    shown = _Shown()
    events = walk(root)
    kept = 0
    for event, element in events:
        tag = element.tag
        if event == "start":
            if not isinstance(tag, str) or tag in _NEVER or _is_hidden(element):
                events.skip_subtree()
                continue
            shown.edge(tag)
            kept += tag in _LINES_KEPT
            if tag == "input" and (element.get("type") or "").lower() in _SHOWN_VALUES:
                shown.add(element.get("value") or "", False)
            shown.add(element.text or "", kept > 0)
            continue
        if isinstance(tag, str) and not (tag in _NEVER or _is_hidden(element)):
            shown.edge(tag)
            kept -= tag in _LINES_KEPT
        if element is not root:
            shown.add(element.tail or "", kept > 0)
    return shown.text()


def text_without_tags(text: str) -> str:
    """Return ``text`` without tags, for a page with more elements than a tree may have."""
    text = _TAG.sub(_edge, _LEFT_OUT.sub(" ", text))
    return _BLANKS_ON_LINE.sub(" ", unescape(text))


def _edge(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _CELLS:
        return "\t" if tag[1] else ""
    return "\n" if name in _BLOCKS or name in _ROWS else ""


def _is_hidden(element: Element) -> bool:
    attributes = element.attrib
    if element.tag == "dialog" and "open" not in attributes:
        return True
    return bool(attributes) and (
        "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
    )


class _Shown:
    """The words so far, and the separator before the next ones."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._between = _NOTHING

    def edge(self, tag: str) -> None:
        """Handle the start or end of an element."""
        edge = _ROW if tag in _ROWS else _CELL if tag in _CELLS else _LINE if tag in _BLOCKS else _NOTHING
        self._between = max(self._between, edge)

    def add(self, text: str, lines_kept: bool) -> None:
        """Add the words of a text; line ends become blanks unless they are kept."""
        for n, line in enumerate(text.split("\n") if lines_kept else (text,)):
            if n:
                self._between = max(self._between, _LINE)
            words = _BLANKS.sub(" ", line)
            if words[:1] == " ":
                self._between = max(self._between, _BLANK)
            if stripped := words.strip(" "):
                self._parts += [_BETWEEN[self._between], stripped]
                self._between = _BLANK if words[-1] == " " else _NOTHING

    def text(self) -> str:
        """Return all of it."""
        return "".join(self._parts).strip()
