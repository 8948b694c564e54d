"""Recognises elements around an article or not shown: menus, forms, sidebars and cookie notices."""

from __future__ import annotations

import re
from itertools import islice

from indexer.html.tree import Element
from indexer.sources.text import display_line

_NEVER = frozenset([
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "select", "textarea",
    "button", "audio", "video", "canvas", "math",
])  # fmt: skip
_AROUND = frozenset(["nav", "aside", "footer", "header", "form", "dialog"])
_AROUND_ROLES = frozenset(
    [
        "navigation",
        "contentinfo",
        "banner",
        "search",
        "dialog",
        "complementary",
        "alertdialog",
        "menu",
        "menubar",
    ]
)
_AROUND_CLASS = re.compile(
    r"(?:.*[-_])?(?:cookies?|gdpr|consent)(?:[-_].*)?"
    r"|[\w-]{1,30}__(?:tags?|share|social|comments?|tools?|breadcrumbs?|rating|print)"
    r"|(?:(?:main|top|left|right|site|page|side|bottom|header)[-_]?)?"
    r"(?:menu|nav|navbar|navigation|sidebar|footer|breadcrumbs?|comments?|share|social|toolbar|popup|modal|rating)"
    r"(?:[-_].*)?"
    # SharePoint, Joomla, Liferay and similar systems.
    r"|ms-(?:nav|quicklaunch|core-(?:listmenu|sidenav)|cui|siteactions|breadcrumb)\w*|ms-navSubMenu\w*|s4-ribbon\w*"
    r"|main-?menu\w*|sf-menu|mod-?menu\w*|menu(?:chinh|trai|phai|top|left|right)|topbar|banner|quang-?cao"
    r"|addthis\w*|fb-\w+|zalo-\w+|a2a_kit\w*|(?:chan|dau|cuoi)-?trang|pagination|pagenav|pager|hits?-counter",
    re.IGNORECASE,
)
_LEAST_ROWS, _LARGEST_FORM = 12, 2_000
"""Limits for forms that display values: smaller ones are buttons; larger ones are whole pages, which are recognised otherwise."""
_UNSHOWN = frozenset(["hidden", "submit", "button", "image", "reset"])
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:text-indent|left|top)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"sr-only|visually-?hidden|screen-reader(?:-text)?|element-invisible|ms-hide|ms-accessible|hide(?:-accessible)?|hidden"
    r"|d-none|invisible|offscreen",
    re.IGNORECASE,
)
_SHOWN_CLASS = re.compile(
    r"(?:d-)?(?:sm|md|lg|xl|xxl)[-:](?:block|inline|flex|inline-block|table|grid)", re.IGNORECASE
)
"""Classes of elements hidden only on small screens."""
_TRAIL_CLASS = re.compile(r"breadcrumb|duong-?dan|pathway", re.IGNORECASE)


def is_never_text(element: Element) -> bool:
    """Return whether ``element`` is never text, by its kind, or is not shown."""
    tag, attributes = element.tag, element.attrib
    if not isinstance(tag, str) or tag in _NEVER:
        return True
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(attributes.get("style", "")):
        return True
    names = attributes.get("class", "").split()
    return any(map(_HIDDEN_CLASS.fullmatch, names)) and not any(map(_SHOWN_CLASS.fullmatch, names))


def is_around(element: Element) -> bool:
    """Return whether ``element`` contains what is around an article, or is not shown."""
    if is_never_text(element):
        return True
    if element.tag in _AROUND and not _shows_rows(element):
        # The header of an article belongs to it: title and date.
        return element.tag != "header" or not any(one.tag == "article" for one in element.iterancestors())
    attributes = element.attrib
    if not attributes:
        return False
    if attributes.get("role") in _AROUND_ROLES:
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return any(_AROUND_CLASS.fullmatch(name) or _TRAIL_CLASS.search(name) for name in names)


def _shows_rows(element: Element) -> bool:
    """Return whether a form has nothing to fill in: portals use such forms to display the values of a document."""
    if element.tag != "form":
        return False
    inside = list(islice(element.iter(), _LARGEST_FORM + 1))
    fields = (one for one in inside if one.tag in ("input", "select", "textarea"))
    shown = any((one.get("type") or "").lower() not in _UNSHOWN for one in fields)
    return _LEAST_ROWS <= len(inside) <= _LARGEST_FORM and not shown


def trail_of(element: Element) -> str:
    """Return the text of the breadcrumb in ``element``, with its steps separated by ``»``; ``""`` if there is none."""
    if not _is_trail(element):
        inner = next((one for one in element.iter("ul", "ol", "div", "p") if _is_trail(one)), None)
        if inner is None:
            return ""
        element = inner
    texts = (display_line(text) for text in element.itertext())
    return " » ".join(text for text in texts if any(c.isalnum() for c in text))


def _is_trail(element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('aria-label', '')}"
    return _TRAIL_CLASS.search(names) is not None
