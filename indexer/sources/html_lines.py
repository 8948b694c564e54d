"""HTML -> its lines of text in reading order, with links and places; the only module importing lxml.

Navigation, forms, side columns and cookie notices are left out, by element, role and class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from indexer.errors import ItemError
from indexer.sources.html_meta import Element, read_meta
from indexer.sources.page import Link
from indexer.sources.text import display_line
from indexer.vietnamese.letters import fold

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
])  # fmt: skip
_CLOSE = frozenset(["br", "li", "td", "th", "dd", "dt", "tr"])
"""Elements whose neighbours stand on the next line, not in the next paragraph."""
_NEVER = frozenset([
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea",
    "button", "audio", "video", "canvas", "math",
])  # fmt: skip
_AROUND = frozenset(["nav", "aside", "footer", "header", "form", "dialog"])
_AROUND_ROLES = frozenset(
    ["navigation", "contentinfo", "banner", "search", "dialog", "complementary", "alertdialog"]
)
_AROUND_CLASS = re.compile(
    r"(?:.*[-_])?(?:cookies?|gdpr|consent)(?:[-_].*)?"
    r"|(?:(?:main|top|left|right|site|page|side|bottom|header)[-_]?)?"
    r"(?:menu|nav|navbar|navigation|sidebar|footer|breadcrumbs?|comments?|share|social|toolbar|popup|modal|rating)"
    r"(?:[-_].*)?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_ELEMENTS = 300_000
"""Elements of a page: ten times the largest law as HTML, and some 10 s of work."""
_NOWHERE = 1_000
"""The level of lines where the page shows no title; more than any page is deep."""
_NAMING = 15
"""Characters of a text that the page's name starts with, to be its title: less is a section's name."""
_TRAIL_CLASS = re.compile(r"breadcrumb|duong-?dan", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """One line of a page."""

    text: str
    element: Element
    close: bool
    """Whether the line before it belongs to the same paragraph, list or table."""
    links: list[Link] = field(default_factory=list)
    linked: int = 0
    """Characters inside links."""

    @property
    def prose(self) -> bool:
        """Whether this reads like running text: 60 characters, not mostly links."""
        return len(self.text) >= 60 and self.linked * 2 < len(self.text)


@dataclass(slots=True)
class Tree:
    """A parsed page."""

    root: Element
    lines: list[Line]
    meta: dict[str, str]
    """Names and properties of ``<meta>`` in lower case -> their first content; JSON-LD dates too."""
    trail: str
    """The text of the breadcrumb, empty where the page marks none."""
    title: Element | None
    """The element that shows the article's title."""
    size: int
    """Number of elements."""

    def title_index(self) -> int | None:
        """Return the index of the line that shows the title."""
        levels = self.levels()
        return levels.index(0) if 0 in levels else None

    def levels(self) -> list[int]:
        """Return for each line how many steps above the title the smallest element with both lies."""
        around = [self.title, *self.title.iterancestors()] if self.title is not None else []
        known = {element: step for step, element in enumerate(around)}
        return [_level(line.element, known) for line in self.lines]

    def beside_title(self, line: Line) -> Element:
        """Return the largest element that holds ``line`` and not the title or else its own."""
        above = {self.title, *self.title.iterancestors()} if self.title is not None else {self.root}
        element = line.element
        while element not in above and (parent := element.getparent()) is not None and parent not in above:
            element = parent
        return element


def read_tree(text: str) -> Tree:
    """Parse ``text``; raises ItemError where nothing of it can be parsed."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ItemError(f"the page holds no HTML that can be read: {error}") from None
    meta = read_meta(root)
    title = _title_element(root, meta)
    # What the title lies in is the page itself, whatever it is called: portals made with
    # ASP.NET put everything into one form.
    kept = {root, *root.iterchildren("body"), *([title, *title.iterancestors()] if title is not None else [])}
    lines, trail, size = _lines(root, kept)
    return Tree(root, lines, meta, trail, title, size)


def _level(element: Element, known: dict[Element, int]) -> int:
    passed = []
    while element is not None and element not in known:
        passed.append(element)
        element = element.getparent()
    level = known.get(element, _NOWHERE)
    known.update(dict.fromkeys(passed, level))
    return level


def _lines(root: Element, kept: set[Element]) -> tuple[list[Line], str, int]:
    lines: list[Line] = []
    trail = ""
    parts: list[str] = []
    links: list[Link] = []
    linked = size = 0
    block, close = root, False
    anchor: tuple[int, str] | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            size += 1
            if size > _MOST_ELEMENTS:
                raise ItemError(f"the page has more than {_MOST_ELEMENTS:,} elements; it is no article")
            if element not in kept and _is_around(element, tag):
                trail = trail or _trail_of(element)
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                _end_line(lines, parts, links, linked, block, close)
                parts, links, linked = [], [], 0
                block, close = element, tag in _CLOSE
            elif tag == "a" and element.get("href"):
                anchor = (len(parts), element.get("href").strip())
            if element.text:
                parts.append(element.text)
        else:
            if tag == "a" and anchor:
                words = display_line("".join(parts[anchor[0] :]))
                links.append(Link(words, anchor[1]))
                linked += len(words)
                anchor = None
            if tag in _BLOCKS:
                _end_line(lines, parts, links, linked, block, close)
                parts, links, linked = [], [], 0
                parent = element.getparent()
                if parent is not None:
                    block, close = parent, tag in _CLOSE
            if element.tail:
                parts.append(element.tail)
    _end_line(lines, parts, links, linked, block, close)
    return lines, trail, size


def _end_line(
    lines: list[Line], parts: list[str], links: list[Link], linked: int, block: Element, close: bool
) -> None:
    text = display_line("".join(parts))
    if text or links:
        lines.append(Line(text, block, close, links, linked))


def _is_around(element: Element, tag: object) -> bool:
    """Whether ``element`` holds what stands around an article, or is not shown."""
    if not isinstance(tag, str) or tag in _NEVER or tag in _AROUND:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if (
        attributes.get("role") in _AROUND_ROLES
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
    ):
        return True
    if _HIDDEN.search(attributes.get("style", "")):
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return any(_AROUND_CLASS.fullmatch(name) or _TRAIL_CLASS.search(name) for name in names)


def _trail_of(element: Element) -> str:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('aria-label', '')}"
    if not _TRAIL_CLASS.search(names):
        return ""
    texts = (display_line(text) for text in element.itertext())
    return " » ".join(text for text in texts if any(c.isalnum() for c in text))


def _title_element(root: Element, meta: dict[str, str]) -> Element | None:
    """Return the heading that the page's head names, else its first ``h1``, else any element naming it so."""
    named = fold(meta.get("og:title", "") or meta.get("title", ""))
    headings = [h for h in root.iter("h1") if h.text_content().strip()]
    for heading in headings:
        words = fold(display_line(heading.text_content()))
        if words and (words in named or (named and named in words)):
            return heading
    if named:
        for element in root.iter("h2", "h3", "p", "div", "span", "strong", "td"):
            words = fold(display_line(element.text or ""))
            if len(words) >= _NAMING and named.startswith(words):
                return element
    return headings[0] if headings else None
