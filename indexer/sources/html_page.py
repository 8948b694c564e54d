"""An HTML page -> ``Article``: the portal's own marks first, trafilatura's judgement for the rest.

The only module importing trafilatura. Its date guess is not used: it takes dates of related
items and of the text for the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

import trafilatura

from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.sources.attachments import web_address
from indexer.sources.dates import is_only_day, moment_of, page_moment
from indexer.sources.html_lines import Line, Tree, read_tree
from indexer.sources.html_meta import Element
from indexer.sources.marks import Mark, file_names, find_mark
from indexer.sources.page import LINKED_NAME, Link, Page, decode_page
from indexer.sources.portal_page import Parts, joined, read_portal_page, split_page, starts_with_category
from indexer.sources.text import display_line, title_from
from indexer.vietnamese.letters import fold, nfc

_JUDGED_SIZE = 20_000
"""Elements up to which trafilatura is asked (some 2 s there); larger pages are lists and dumps."""
_GROWS = 1.5
"""The part of the page that holds the title is widened while that brings half as much prose again:
less is a side column's or footer's share, more an article whose title stands in a box of its own."""
_NEAR_TITLE = 4
"""Lines before and after the title among which a bare date is the page's own."""
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dc.date.created", "dcterms.issued", "dcterms.created", "dc.date", "publishdate", "publish_date", "pubdate", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
)
_TRAIL_DIVIDER = re.compile(r"\s*[»›>/|→]+\s*|\s+[-–]\s+")
_HOME = frozenset(["trang chu", "home", "trang nhat"])
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{3,80}$")


def read_html_page(data: bytes, id: str, zone: tzinfo) -> Page:
    """Return the article of an HTML page with the links to documents in its own part.

    Searchable is what stands between the title and the page's end marks, without what stands
    around it. Raises ItemError for a page without text.
    """
    text = decode_page(data, declares=True)
    tree = read_tree(text)
    if not any(line.text for line in tree.lines):
        raise ItemError("the page has no text")
    at = tree.title_index()
    related = _related_lines(tree, at)
    own = [n for n in _own_lines(tree, related) if n not in related]
    head = [tree.lines[n] for n in own if at is not None and n < at]
    below = [tree.lines[n] for n in own if at is None or n > at]
    parts = split_page(_as_text([*below, *(tree.lines[n] for n in sorted(related))]), zone)
    links = [link for line in below for link in line.links]
    article = _article(id, tree, head, below, parts, zone)
    article = replace(article, body=_body(parts, below, _judged(text, tree)))
    if not (article.title or article.body):
        raise ItemError("the page has no text")
    names = _attachment_names(parts.attachments, links)
    wanted = [link for link in links if link.name in names or link.text in names]
    return Page(replace(article, attachments=tuple(Attachment(name) for name in names)), wanted)


def _related_lines(tree: Tree, at: int | None) -> set[int]:
    """Return the indexes of the lines of the list of other news, its heading among them."""
    for n, line in enumerate(tree.lines):
        found = find_mark(line.text) if len(line.text) < 60 and n > (0 if at is None else at) else None
        if found is None or found.mark is not Mark.RELATED:
            continue
        block = tree.beside_title(line)
        inside = _within(tree, block, n)
        if len(inside) < 2 and (parent := block.getparent()) is not None:
            # A heading by itself: the items are its neighbours.
            inside = _within(tree, parent, n)
        return inside
    return set()


def _within(tree: Tree, element: Element, start: int) -> set[int]:
    inside = set(element.iter())
    return {n for n in range(start, len(tree.lines)) if tree.lines[n].element in inside}


def _own_lines(tree: Tree, related: set[int]) -> list[int]:
    """Return the indexes of the lines of the smallest element with the title and the article's prose."""
    levels = tree.levels()
    prose: dict[int, int] = {}
    for n, line in enumerate(tree.lines):
        if line.prose and n not in related:
            prose[levels[n]] = prose.get(levels[n], 0) + len(line.text)
    chosen, chosen_prose, total = max(levels, default=0), 0, 0
    for level in sorted(prose):
        total += prose[level]
        if chosen_prose == 0 or total >= _GROWS * chosen_prose:
            chosen, chosen_prose = level, total
    return [n for n, level in enumerate(levels) if level <= chosen]


def _article(
    id: str, tree: Tree, head: Sequence[Line], below: Sequence[Line], parts: Parts, zone: tzinfo
) -> Article:
    meta = tree.meta
    title = display_line(tree.title.text_content()) if tree.title is not None else _meta_title(tree)
    category = meta.get("article:section") or meta.get("articlesection") or _trail_end(tree.trail, title)
    if tree.title is None:
        # Nothing is marked up as a title: read the lines as those of a page in plain text.
        plain = read_portal_page(_as_text(below), id, zone)
        title = title or plain.title
        category = category or plain.category
        shown = [line for line in parts.lines if line]
        if shown[:1] == [plain.category]:
            parts.lines.remove(shown.pop(0))
        if shown[:1] == [title]:
            parts.lines.remove(title)
    sources = list(parts.sources)
    if not parts.publishers and meta.get("og:site_name"):
        sources.append(meta["og:site_name"])
    near = [*(line.text for line in head[-_NEAR_TITLE:]), *(line.text for line in below[:_NEAR_TITLE])]
    return Article(
        id=id,
        title=title or title_from(joined(parts.lines)),
        published=_meta_moment(meta, _PUBLISHED, zone) or parts.published or _near_moment(near, zone),
        updated=_meta_moment(meta, _UPDATED, zone) or parts.updated,
        sources=tuple(dict.fromkeys(sources)),
        category=category or _head_category(head, title),
        url=web_address(meta.get("og:url", "")),
        related=parts.related,
    )


def _body(parts: Parts, below: Sequence[Line], judged: str | None) -> str:
    """Return the lines of the article's text, paragraphs divided by an empty line."""
    lines = parts.lines[: parts.lines_before_publisher]
    prose = {line.text for line in below if line.prose}
    kept: list[str] = []
    for n, line in enumerate(lines):
        sure = line in prose and n < parts.lines_before_source
        if not line or sure or judged is None or _squeezed(line) in judged:
            kept.append(line)
    first = next((n for n, line in enumerate(kept) if line), 0)
    if kept and (is_only_day(kept[first]) or _dated(kept[first])):
        kept = kept[first + 1 :]
    return joined(kept)


def _dated(line: str) -> bool:
    found = find_mark(line)
    return found is not None and found.mark in (Mark.PUBLISHED, Mark.UPDATED)


def _judged(text: str, tree: Tree) -> str | None:
    """Return what trafilatura takes for the main text, without spaces; None where it finds none."""
    if tree.size > _JUDGED_SIZE:
        return None
    try:
        found = trafilatura.extract(text, include_comments=False, favor_recall=True, with_metadata=False)
    except Exception:  # whatever a hostile page provokes in it costs its judgement only
        return None
    return _squeezed(found) if found else None


def _squeezed(text: str) -> str:
    """Return the letters and digits of ``text``: trafilatura sets spaces and table marks its own way."""
    return "".join(filter(str.isalnum, nfc(text)))


def _attachment_names(marked: Sequence[str], links: Sequence[Link]) -> list[str]:
    """Return the names that the marks give and those of linked documents, each file once."""
    documents = [link.name for link in links if LINKED_NAME.fullmatch(link.name)]
    names = [name for name in marked if file_names(name) or not documents]
    stems = {name.casefold() for name in names}
    for name in documents:
        if name.casefold() not in stems and name.rpartition(".")[0].casefold() not in stems:
            names.append(name)
            stems.add(name.casefold())
    return names


def _as_text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text if line.close else "\n" + line.text for line in lines)


def _meta_title(tree: Tree) -> str:
    return tree.meta.get("og:title") or _SITE_SUFFIX.sub("", tree.meta.get("title", ""))


def _meta_moment(meta: dict[str, str], names: Sequence[str], zone: tzinfo) -> datetime | None:
    for name in names:
        try:
            return moment_of(meta.get(name, ""), zone)
        except ValueError:
            if moment := page_moment(meta.get(name, ""), zone):
                return moment
    return None


def _near_moment(lines: Sequence[str], zone: tzinfo) -> datetime | None:
    """Return the page's own date from the lines around the title, where one is only that."""
    for line in lines:
        found = find_mark(line)
        if found and found.mark is Mark.PUBLISHED and (moment := page_moment(found.value, zone)):
            return moment
        if is_only_day(line):
            return page_moment(line, zone)
    return None


def _trail_end(trail: str, title: str) -> str | None:
    """Return the last section of a breadcrumb: ``Trang chủ » Tin tức » Chính sách`` -> ``Chính sách``."""
    steps = [step for part in _TRAIL_DIVIDER.split(trail) if (step := part.strip())]
    steps = [step for step in steps if fold(step) not in _HOME and fold(step) != fold(title)]
    return steps[-1] if steps and len(steps[-1]) <= 80 else None


def _head_category(head: Sequence[Line], title: str) -> str | None:
    """Return the section that stands above the title, as a breadcrumb or by its name."""
    texts = [line.text for line in head if line.text]
    for text in reversed(texts):
        if fold(text).startswith(tuple(_HOME)):
            return _trail_end(text, title)
    return texts[-1] if texts and starts_with_category([texts[-1], title]) else None
