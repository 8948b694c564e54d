"""Finds the element that shows the article's title, weighted by kind, class and the head of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from indexer.html.tree import Element, walk
from indexer.sources.html_around import is_around, is_never_text
from indexer.sources.html_names import is_kind_of_page, looks_like_site, names_of_article, site_names
from indexer.sources.text import display_line
from indexer.vietnamese.letters import fold

_HEADINGS = {"h1": 30, "h2": 12, "h3": 8}
_TITLE_CLASS = re.compile(
    r"(?:(?:post|entry|article|news|detail|details|content|page|item|main|chi-?tiet|tin|bai|vb|document|doc|view|single|the)[-_]*)*"
    r"(?:title|headline|tieu-?de|ten-?bai|ten-?tin)(?:[-_]*(?:post|entry|article|news|details?|content|chi-?tiet|tin|bai|h1|main|vb|doc))*",
    re.IGNORECASE,
)
"""Excludes boxes, sections, modules and sites, above which their own name is shown."""
_OTHERS = frozenset(["p", "div", "span", "strong", "b", "td", "a", "h4", "h5"])
_NAMING = 15
"""Minimum number of characters for a text with which the page's name begins to be its title; less is the name of a section."""
_LONGEST = 400
_PROSE = 120
"""Length of a paragraph, in characters, with which the text has begun; later headings belong to its parts."""
_LEAST = 10
"""Weight required of a title: a second heading has it, a third or a short one does not."""
_ARTICLES = frozenset(["article", "main"])
_WHOLE = frozenset(["html", "body", "form"])
"""Elements that may contain the whole page: portals built with ASP.NET put everything into one form."""
_MOST_CANDIDATES = 400
_NAMED, _CLASSED, _MARKED = 100, 25, 40
_IN_HEADER, _SITE, _LIKE_SITE, _KIND, _LINKED, _SHORT = -50, -300, -25, -300, -15, -10


def title_element(root: Element, meta: Mapping[str, str]) -> Element | None:
    """Return the element that shows the article's title, None if none clearly does.

    It is never hidden, in a menu, or the name of the site or of a kind of page.
    """
    names = [fold(name) for name in names_of_article(meta)]
    whole = fold(meta.get("og:title", "") or meta.get("title", ""))
    sites = {fold(name) for name in site_names(meta)}
    best, best_weight = None, _LEAST - 1
    for element, around in islice(_candidates(root, [whole, *names]), _MOST_CANDIDATES):
        text = display_line(element.text_content())
        if not any(map(str.isalpha, text)) or len(text) > _LONGEST:
            continue
        words = fold(text)
        weight = _HEADINGS.get(element.tag, 0)
        weight += _CLASSED if _is_classed(element) else 0
        weight += _MARKED if element.get("itemprop") in ("headline", "name") else 0
        weight += _NAMED if _is_named(words, names, whole) else 0
        weight += _IN_HEADER if around else 0
        weight += _SITE if words in sites else _LIKE_SITE if looks_like_site(text) else 0
        weight += _KIND if is_kind_of_page(text) else 0
        weight += _SHORT if len(text) < _NAMING else 0
        weight += _LINKED if element.tag == "a" or element.find(".//a") is not None else 0
        if weight > best_weight:
            best, best_weight = element, weight
    return best


def _candidates(root: Element, names: list[str]) -> Iterator[tuple[Element, bool]]:
    """Yield headings, elements with a title's class and those that begin like ``names``, and whether they are outside the
    article.
    """
    around = articles = prose = 0
    events = walk(root)
    for event, element in events:
        tag = element.tag
        if event == "end":
            around -= 1 if around else 0
            articles -= 1 if tag in _ARTICLES else 0
            continue
        articles += 1 if tag in _ARTICLES else 0
        whole = tag in _WHOLE or (tag == "header" and articles)
        if around or (not whole and is_around(element)):
            around += 1
            if is_never_text(element):
                events.skip_subtree()
                continue
        words = fold(display_line(element.text or "")) if tag in _OTHERS else ""
        prose += 1 if len(words) >= _PROSE else 0
        classed = _is_classed(element) or element.get("itemprop") == "headline"
        if tag == "h1" or classed or (tag in _HEADINGS and not prose):
            yield element, bool(around)
        elif tag in _HEADINGS:
            words = fold(display_line(element.text_content()))
        if (
            tag != "h1"
            and not classed
            and len(words) >= _NAMING
            and any(name.startswith(words) for name in names)
        ):
            yield element, bool(around)


def _is_classed(element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(map(_TITLE_CLASS.fullmatch, names))


def _is_named(words: str, names: list[str], whole: str) -> bool:
    if len(words) < _NAMING:
        return words in names
    return any(words in name or name in words for name in [*names, whole] if len(name) >= _NAMING)
