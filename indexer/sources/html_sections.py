"""The portal section of an article, from the head, the breadcrumb and the lines around its title. PURE."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.sources.html_lines import Line
from indexer.sources.html_names import looks_like_site
from indexer.sources.page_dates import is_only_day
from indexer.sources.portal_page import starts_with_category
from indexer.vietnamese.letters import fold

_SECTIONS = ("article:section", "articlesection", "dc.subject.section", "section", "rel:category")
_DIVIDER = re.compile(r"\s*[»›>/|→]+\s*|\s+[-–]\s+")
_ARROWS = re.compile(r"\s*[»›→>]+\s*")
_STEPS = re.compile(r"\s*»\s*")
"""If this separates them, names of sections may contain a dash: "Kinh tế - Xã hội"."""
_AFTER_HOME = re.compile(r"\s*(?:trang chủ|trang nhất|home)\s*([»›>/|→])", re.IGNORECASE)
"""The separator after the first step also separates the others."""
_HOME = frozenset(["trang chu", "home", "trang nhat"])
_CLASS = re.compile(r"folder|cate|chuyen-?muc|section|zone", re.IGNORECASE)
_LABELLED = re.compile(r"(?:chuyên mục|danh mục|posted in|category)\s*:\s*(\S.{0,80})", re.IGNORECASE)
_NO_SECTIONS = re.compile(
    r"chao mung\b.*|(?:ban dang (?:o(?: day)?|xem)|vi tri|you are here) ?:?"
    r"|(?:thuoc tinh|toan van|noi dung|chi tiet|chi tiet tin)"
)


def section_of(meta: Mapping[str, str]) -> str | None:
    """Return the section named in the head of a page."""
    return next(filter(None, map(meta.get, _SECTIONS)), None)


def trail_end(trail: str, title: str) -> str | None:
    """Return the last section of a breadcrumb: ``Chính sách`` for ``Trang chủ » Tin tức » Chính sách``."""
    first = _AFTER_HOME.match(trail)
    divider = re.compile(rf"\s*{re.escape(first[1])}+\s*") if first else None
    divider = divider or (_STEPS if "»" in trail else _ARROWS if _ARROWS.search(trail) else _DIVIDER)
    steps = [step for part in divider.split(trail) if (step := part.strip(" »›>/|→"))]
    steps = [
        step for step in steps if fold(step) not in _HOME and fold(step) != fold(title) and _may_be(step)
    ]
    return steps[-1] if steps and len(steps[-1]) <= 80 else None


def section_beside(near: Sequence[Line], head: Sequence[Line], title: str) -> str | None:
    """Return the section named by a line around the title, or above it as a breadcrumb or by name."""
    if labelled := next((match[1] for line in near if (match := _LABELLED.fullmatch(line.text))), None):
        return labelled
    texts = [line.text for line in head if line.text and not is_only_day(line.text)]
    for text in reversed(texts):
        if fold(text).startswith(tuple(_HOME)):
            return trail_end(text, title)
    texts = [text for text in texts if _may_be(text)]
    return texts[-1] if texts and starts_with_category([texts[-1], title]) else None


def names_section(text: str) -> bool:
    """Return whether a line around the title only names the section, after a word for it."""
    return _LABELLED.fullmatch(text) is not None


def is_head(line: Line, above: Sequence[Line]) -> bool:
    """Return whether a line above the title's part belongs to the article: a date, or a section by its class or beside a date."""
    dated = any(is_only_day(one.text) for one in above)
    return dated or _CLASS.search(line.element.get("class", "")) is not None


def _may_be(text: str) -> bool:
    return not looks_like_site(text) and _NO_SECTIONS.fullmatch(fold(text)) is None
