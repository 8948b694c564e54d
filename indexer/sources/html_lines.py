"""HTML as lines of text in reading order, with links and positions.

Navigation, forms, sidebars and cookie notices are left out, by element, role and class.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from indexer.html.tree import MOST_ELEMENTS, Element, is_row, parse_html, too_many_elements, walk
from indexer.sources.html_around import is_around, is_never_text, trail_of
from indexer.sources.html_links import link_of, shown_document
from indexer.sources.html_meta import read_meta
from indexer.sources.html_title import title_element
from indexer.sources.page import Link
from indexer.sources.text import display_line

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
])  # fmt: skip
_CLOSE = frozenset(["br", "li", "td", "th", "dd", "dt", "tr"])
"""Elements whose neighbours are on the next line but in the same paragraph."""
_NOWHERE = 10_000
"""Level of lines if the page shows no title; deeper than any page."""


@dataclass(slots=True)
class Line:
    """A line of a page."""

    text: str
    element: Element
    close: bool
    """Whether the preceding line belongs to the same paragraph, list or table."""
    links: list[Link] = field(default_factory=list)
    linked: int = 0
    """Number of characters inside links."""
    moment: str = ""
    """The ``datetime`` of a ``<time>`` in it."""

    @property
    def prose(self) -> bool:
        """Whether it looks like running text: 60 characters, not mostly links."""
        return len(self.text) >= 60 and self.linked * 2 < len(self.text)


@dataclass(slots=True)
class Tree:
    """A parsed page."""

    root: Element
    lines: list[Line]
    meta: dict[str, str]
    """Names and properties of ``<meta>`` in lower case -> their first content; also dates from JSON-LD."""
    trail: str
    """The text of the breadcrumb; empty if the page marks none."""
    title: Element | None
    """The element that shows the article's title."""
    size: int
    """Number of elements."""
    deep: bool
    """Whether it is nested more deeply than other parsers follow."""

    def title_lines(self) -> list[int]:
        """Return the indexes of the lines that show the title, in order; none if the page shows no title."""
        if self.title is None:
            return []
        inside = set(self.title.iter())
        found = [n for n, line in enumerate(self.lines) if line.text and line.element in inside]
        if not found:
            # It is only part of its line, so look for its words.
            title = text_of(self.title)
            levels = enumerate(self.levels())
            found = [n for n, level in levels if level == 0 and title in self.lines[n].text][:1]
        return found

    def levels(self) -> list[int]:
        """Return, for each line, how many levels above the title's block the smallest element containing both is."""
        title = self.title
        while title is not None and title.tag not in _BLOCKS and title.getparent() is not None:
            title = title.getparent()
        around = [title, *title.iterancestors()] if title is not None else []
        known = {element: step for step, element in enumerate(around)}
        return [_level(line.element, known) for line in self.lines]

    def beside_title(self, line: Line) -> Element:
        """Return the largest element that contains ``line`` but not the title, otherwise the element of the line."""
        above = {self.title, *self.title.iterancestors()} if self.title is not None else {self.root}
        element = line.element
        while element not in above and (parent := element.getparent()) is not None and parent not in above:
            element = parent
        return element


def read_tree(text: str) -> Tree:
    """Parse ``text``; raises ItemError if nothing of it can be parsed."""
    root, deep = parse_html(text)
    meta = read_meta(root)
    title = title_element(root, meta)
    # The element around the title is the page itself, whatever its class: portals built with ASP.NET
    # put everything into one form.
    inner = title if title is not None else _whole_form(root)
    kept = {root, *root.iterchildren("body"), *([inner, *inner.iterancestors()] if inner is not None else [])}
    lines, trail, size = _Reading(root).lines(kept)
    return Tree(root, lines, meta, trail or meta.get("trail", ""), title, size, deep)


def text_of(element: Element) -> str:
    """Return the visible text of ``element`` as one line, with breaks as blanks."""
    parts: list[str] = []
    events = walk(element)
    for event, one in events:
        if one.tag in _BLOCKS:
            parts.append(" ")
        if event == "start":
            if one is not element and is_never_text(one):
                events.skip_subtree()
            else:
                parts.append(one.text or "")
        elif one is not element:
            parts.append(one.tail or "")
    return display_line("".join(parts))


def _whole_form(root: Element) -> Element | None:
    """Return the form that contains most of the page's text, None if there is none."""
    size = len(root.text_content())
    return next((form for form in root.iter("form") if len(form.text_content()) * 2 > size), None)


def _level(element: Element, known: dict[Element, int]) -> int:
    passed = []
    while element is not None and element not in known:
        passed.append(element)
        element = element.getparent()
    level = known.get(element, _NOWHERE)
    known.update(dict.fromkeys(passed, level))
    return level


class _Reading:
    """A walk through a page: the current line, and the lines before it."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._lines: list[Line] = []
        self._parts: list[str] = []
        self._links: list[Link] = []
        self._linked = 0
        self._moment = ""
        self._block, self._close = root, False
        self._rows: set[Element] = set()
        self._anchor: tuple[int, Link] | None = None
        self._told = False
        """Whether a line has the link of the current anchor, which may span several, as in cards of lists."""

    def lines(self, kept: set[Element]) -> tuple[list[Line], str, int]:
        """Return the lines, the breadcrumb, and the number of elements."""
        trail, size = "", 0
        events = walk(self._root)
        for event, element in events:
            if event == "start":
                size += 1
                if size > MOST_ELEMENTS:
                    raise too_many_elements()
                if element not in kept and is_around(element):
                    trail = trail or trail_of(element)
                    if shown := shown_document(element):
                        self._links.append(shown)
                    events.skip_subtree()
                    continue
                self._open(element)
            else:
                self._shut(element)
        self._end()
        return self._lines, trail, size

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end()
            self._block, self._close = element, tag in _CLOSE
        elif tag == "a" and (link := link_of(element)):
            self._anchor, self._told = (len(self._parts), link), False
        elif tag == "time":
            self._moment = self._moment or (element.get("datetime") or "").strip()
        if element.text:
            self._parts.append(element.text)
        if is_row(element):
            self._rows.add(element)

    def _shut(self, element: Element) -> None:
        tag = element.tag
        if tag == "a" and self._anchor:
            self._link()
            self._anchor = None
        if tag in _BLOCKS:
            self._end()
            parent = element.getparent()
            if parent is not None:
                self._block, self._close = parent, tag in _CLOSE
        if element.tail:
            self._parts.append(element.tail)
        if element.getparent() in self._rows:
            self._parts.append(" ")

    def _link(self) -> None:
        """Add the words of the anchor to the current line, and its link unless an earlier line has it."""
        assert self._anchor is not None
        words = display_line("".join(self._parts[self._anchor[0] :]))
        if words or not self._told:
            self._links += [] if self._told else [replace(self._anchor[1], text=words)]
            self._linked += len(words)
            self._told = True

    def _end(self) -> None:
        """Finish the current line if it has any text."""
        if self._anchor and any(part.strip() for part in self._parts[self._anchor[0] :]):
            self._link()
        text = display_line("".join(self._parts))
        if text or self._links or self._moment:
            self._lines.append(Line(text, self._block, self._close, self._links, self._linked, self._moment))
        self._parts, self._links, self._linked, self._moment = [], [], 0, ""
        self._anchor = (0, self._anchor[1]) if self._anchor else None
