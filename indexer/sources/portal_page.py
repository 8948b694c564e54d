"""Converts a portal page in plain text to an ``Article``; PURE. The HTML source applies the same marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from indexer.directives.letterhead import is_letterhead
from indexer.errors import ItemError
from indexer.model import Article, Attachment, RelatedItem
from indexer.sources.marks import Mark, file_names, find_mark, is_cookie_button, split_marks
from indexer.sources.page_dates import is_only_day, page_moment
from indexer.sources.related import related_items
from indexer.sources.text import display_line, display_text, title_from

_CATEGORY_WORDS = 8
_CATEGORY_LENGTH = 60
"""Maximum length of a section name: the longest in the menus of ministries has eight words."""
_TITLE_LENGTH = 300
_ENDS_SENTENCE = re.compile(r"[.;:…][\"”’)]*$")


_ENDS = (Mark.ATTACHMENT, Mark.ORIGIN, Mark.PUBLISHER)


@dataclass(slots=True)
class Parts:
    """What the marks of a page say, collected line by line."""

    lines: list[str] = field(default_factory=list)
    """The page's own text; empty strings are blank lines."""
    origins: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    published: datetime | None = None
    updated: datetime | None = None
    related: tuple[RelatedItem, ...] = ()
    lines_before_source: int = 0
    """Number of ``lines`` before the last mark that ends an article's text."""
    lines_before_publisher: int | None = None
    """Number of ``lines`` before the publisher, with which a page closes its article."""
    marked: bool = False
    """Whether the page has any mark besides a date."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The original source before the publisher, without duplicates."""
        return tuple(dict.fromkeys([*self.origins, *self.publishers]))


def read_portal_page(text: str, id: str, zone: tzinfo, titled: bool = False) -> Article:
    """Return the article of a page with the given ``text``.

    A text without any marks is a plain page: its first line is the title, the rest is the body. Dates of related items are
    never that of the page. ``titled`` tells that the first line is known to be the title. Raises ItemError for an empty text.
    """
    parts = split_page(text, zone)
    lines = [line for line in parts.lines if line]
    if not lines:
        raise ItemError("the page has no text")
    category = lines[0] if parts.marked and not titled and starts_with_category(lines) else None
    title = lines[1] if category else lines[0]
    # Remove the head; there may be blank lines before and between its lines.
    rest = parts.lines[parts.lines.index(lines[0]) + 1 :]
    if category:
        rest = rest[rest.index(title) + 1 :]
    elif len(title) > _TITLE_LENGTH:
        # A first line as long as a paragraph is text; its beginning has to serve as title.
        rest = parts.lines
    parts.lines = without_own_date(rest, parts, zone)
    return Article(
        id=id,
        title=title if len(title) <= _TITLE_LENGTH else title_from(title),
        body=joined(parts.lines),
        published=parts.published,
        updated=parts.updated,
        sources=parts.sources,
        category=category,
        attachments=tuple(Attachment(name) for name in parts.attachments),
        related=parts.related,
    )


def joined(lines: Iterable[str]) -> str:
    """Return ``lines`` as text; a run of empty ones separates paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def split_page(text: str, zone: tzinfo) -> Parts:
    """Remove the marked lines from a page's text; its category, title and body remain."""
    lines = [display_line(line) for line in display_text(text).split("\n")]
    lines = [part for line in lines for part in split_marks(line)]
    parts = Parts()
    lines = _without_cookie_notice(lines, parts)
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        found = find_mark(line) if line else None
        if found is None:
            parts.lines.append(line)
        elif found.mark is Mark.RELATED and any(parts.lines):
            parts.marked = True
            parts.related = related_items(lines[at:])
            break
        elif found.mark is Mark.ATTACHMENT:
            parts.marked = True
            at = _take_attachments(found.value, lines, at, parts)
        elif found.mark in (Mark.ORIGIN, Mark.PUBLISHER):
            parts.marked = True
            (parts.origins if found.mark is Mark.ORIGIN else parts.publishers).append(found.value)
            if found.before:
                parts.lines.append(found.before)
            if found.mark is Mark.PUBLISHER:
                parts.lines_before_publisher = len(parts.lines)
        elif found.mark is Mark.PUBLISHED and (moment := page_moment(found.value, zone)):
            parts.published = parts.published or moment
        elif found.mark is Mark.UPDATED and (moment := page_moment(found.value, zone)):
            parts.updated = parts.updated or moment
        else:
            parts.lines.append(line)
        if found and found.mark in _ENDS:
            parts.lines_before_source = len(parts.lines)
    return parts


def _take_attachments(value: str, lines: Sequence[str], at: int, parts: Parts) -> int:
    """Read the names after an attachment mark, on its line or those below; return the next line."""
    names = file_names(value) or ([value] if value else [])
    while not value and at < len(lines):
        below = lines[at]
        found = file_names(below)
        if below and not found:
            break
        names += found
        at += 1
    parts.attachments += [name for name in dict.fromkeys(names) if name not in parts.attachments]
    return at


def _without_cookie_notice(lines: list[str], parts: Parts) -> list[str]:
    """Remove a cookie notice at the end or beginning of the page; elsewhere, it is text."""
    filled = [n for n, line in enumerate(lines) if line]
    end = len(filled)
    while end and is_cookie_button(lines[filled[end - 1]]):
        end -= 1
    found = find_mark(lines[filled[end - 1]]) if end else None
    if found and found.mark is Mark.COOKIE and end > 1:
        parts.marked = True
        lines = lines[: filled[end - 1]]
    first = find_mark(lines[filled[0]]) if filled and lines else None
    if first and first.mark is Mark.COOKIE:
        start = 1
        while start < len(filled) and is_cookie_button(lines[filled[start]]):
            start += 1
        parts.marked = True
        lines = lines[filled[start] :] if start < len(filled) else []
    return lines


def without_own_date(lines: list[str], parts: Parts, zone: tzinfo) -> list[str]:
    """Use a line right under the title that is only a date as the date of the page."""
    for n, line in enumerate(lines):
        if line:
            if is_only_day(line) and len(line) < 40:
                parts.published = parts.published or page_moment(line, zone)
                return lines[n + 1 :]
            break
    return lines


def starts_with_category(lines: Sequence[str]) -> bool:
    """Return whether the first of ``lines`` is a section name above the title rather than the title itself."""
    if len(lines) < 2 or len(lines[0]) > _CATEGORY_LENGTH or len(lines[0].split()) > _CATEGORY_WORDS:
        return False
    if _ENDS_SENTENCE.search(lines[0]) or is_only_day(lines[1]) or is_letterhead(lines[0]):
        return False
    return len(lines[1]) <= _TITLE_LENGTH and not _ENDS_SENTENCE.search(lines[1])
