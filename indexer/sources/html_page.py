"""Converts an HTML page to an ``Article``, by the marks of portals first and by trafilatura for the rest.

This is the only module that imports trafilatura. Its date detection is not used: it takes dates of related items and in the
text for that of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, tzinfo

import trafilatura

from indexer.directives.codes import WORDS, type_of
from indexer.errors import ItemError
from indexer.html.encoding import decode_page
from indexer.model import Article, Attachment
from indexer.sources.document_values import DocumentValues, read_values
from indexer.sources.html_address import own_address
from indexer.sources.html_body import body_of, squeezed
from indexer.sources.html_dates import NEAR_TITLE, head_moments, moments_beside
from indexer.sources.html_files import attachment_names, document_links
from indexer.sources.html_lines import Line, Tree, read_tree, text_of
from indexer.sources.html_links import is_tags, is_tool, is_tool_bar
from indexer.sources.html_meta import document_values, linked_files
from indexer.sources.html_names import looks_like_site, names_of_article, subject_below
from indexer.sources.html_own import above_title, other_documents, own_lines, related_lines
from indexer.sources.html_rows import Rows, read_rows
from indexer.sources.html_sections import is_head, section_beside, section_of, trail_end
from indexer.sources.html_shown import is_furniture, is_number_alone, line_of_title, own_start, shown_number
from indexer.sources.html_sources import page_sources
from indexer.sources.page import Link, Page
from indexer.sources.page_dates import page_moment
from indexer.sources.portal_page import Parts, joined, read_portal_page, split_page
from indexer.sources.text import title_from
from indexer.vietnamese.letters import fold

_JUDGED_SIZE = 20_000
"""Maximum number of elements for trafilatura (some 2 s); larger pages are lists and dumps."""


def read_html_page(data: bytes, id: str, zone: tzinfo) -> Page:
    """Return the article of an HTML page, with the links to documents in its own part.

    The searchable text is between the title and the end marks of the page, without what surrounds it; rows that describe a
    document become its values. Raises ItemError for a page without text.
    """
    text = decode_page(data, declares=True)
    return read_html_tree(text, read_tree(text), id, zone)


def read_html_tree(text: str, tree: Tree, id: str, zone: tzinfo) -> Page:
    """Return the same as :func:`read_html_page` for the page ``text`` whose tree was parsed before."""
    if not any(line.text for line in tree.lines):
        raise ItemError("the page has no text")
    titled = tree.title_lines()
    at = titled[0] if titled else None
    related = related_lines(tree, at)
    own = [n for n in own_lines(tree, related) if n not in related and n not in titled]
    rows = read_rows(tree.lines, own) or Rows()
    values = read_values({**document_values(tree.meta), **rows.values})
    if rows.values and not values.number:
        values = replace(values, number=shown_number(tree.lines, rows))
    if at is None and (at := line_of_title(tree.lines, own, rows, values)) is not None:
        tree.title = tree.lines[at].element
        own = [n for n in own if n > at or n in rows.lines]
    elif at is None and rows.values:
        own = own[own_start(tree.lines, own, rows) :]
    own = [n for n in own if n not in rows.lines and not _does_something(tree.lines[n])]
    above = above_title(tree, at, own) if at is not None else []
    above = [n for n in above if is_head(tree.lines[n], [tree.lines[i] for i in above])]
    head = [tree.lines[n] for n in sorted({*own, *above} - related) if at is not None and n < at]
    below = [tree.lines[n] for n in own if at is None or n > at]
    if rows.values:
        others = other_documents(tree, at)
        below = [
            line
            for n, line in enumerate(tree.lines)
            if n in own and n not in others and (at is None or n > at)
        ]
        below = [line for line in below if not is_furniture(line.text, values)]
    parts = split_page(_as_text([*below, *(tree.lines[n] for n in sorted(related))]), zone)
    article = _article(id, tree, head, below, parts, values, zone)
    if rows.values and not article.type and article.category and type_of(article.category) in WORDS:
        article = replace(article, type=type_of(article.category), category=None)  # the word above a number
    given = [Link("", href, name) for name, href in linked_files(tree.meta)]
    links = [*given, *rows.links, *(link for line in below for link in line.links)]
    links = [link for n, link in enumerate(links) if not _is_known(link, given[:n])]
    documents = document_links(links, rows.links)
    body = body_of(parts, below, documents, _judged(text, tree))
    if rows.values and body == article.title:
        body = ""
    article = replace(article, body=body, url=own_address(tree, text))
    if not (article.title or article.body):
        raise ItemError("the page has no text")
    names = attachment_names(parts.attachments, documents)
    wanted = [link for link in documents if link.name in names or link.text in names]
    return Page(replace(article, attachments=tuple(Attachment(name) for name in names)), wanted)


def _article(
    id: str,
    tree: Tree,
    head: Sequence[Line],
    below: Sequence[Line],
    parts: Parts,
    values: DocumentValues,
    zone: tzinfo,
) -> Article:
    meta = tree.meta
    title = _title(tree, values)
    if values.number and not values.particulars.subject and is_number_alone(title):
        title = subject_below([line.text for line in below if line.text], values.number) or title
    category = section_of(meta) or trail_end(tree.trail, title)
    if tree.title is None and not title:
        # Nothing marks the title: read the lines like those of a plain-text page.
        plain = read_portal_page(_as_text(_without_menus(below)), id, zone)
        title, category = plain.title, category or plain.category
    if tree.title is None:
        _drop_first(parts.lines, category)
        _drop_first(parts.lines, title)
    near = [*head[-NEAR_TITLE:], *[line for line in below if line.text or line.moment][:NEAR_TITLE]]
    # There may also be a clock above a title.
    beside = moments_beside([*near[len(head[-NEAR_TITLE:]) :], *head[-NEAR_TITLE:]], zone)
    said = head_moments(meta, zone)
    issued = datetime.combine(values.issued, time(), zone) if values.issued else None
    appeared = page_moment(values.published, zone) if values.published else None
    updated = said.updated or parts.updated or beside.updated
    subject = values.particulars.subject
    return Article(
        id=id,
        title=title or title_from(joined(parts.lines)),
        published=_published(
            said.published, beside.published, parts.published, appeared, issued, beside.updated
        ),
        updated=updated,
        sources=page_sources(parts, meta, [line.text for line in near]),
        category=category or section_beside(near, head, title),
        number=values.number or None,
        type=values.type or None,
        issuer=values.issuer or None,
        particulars=replace(values.particulars, subject="" if fold(subject) in fold(title) else subject),
        related=parts.related,
    )


def _title(tree: Tree, values: DocumentValues) -> str:
    """Return the title shown by the page, or the subject of a document shown only by its number; otherwise the title in the
    head.
    """
    shown = text_of(tree.title) if tree.title is not None else ""
    subject = values.particulars.subject
    if subject and (not shown or (values.number and is_number_alone(shown)) or looks_like_site(shown)):
        return subject
    named = next(iter(names_of_article(tree.meta)), "")
    return shown or named or (" ".join(filter(None, [values.type, values.number])) if values.number else "")


def _does_something(line: Line) -> bool:
    if is_tool_bar(line.text) or (line.linked and is_tags(line.text)):
        return True
    if line.linked * 2 <= len(line.text):
        return False
    return is_tool(line.text) or all(is_tool(link.text) for link in line.links if link.text)


def _is_known(link: Link, given: Sequence[Link]) -> bool:
    """Return whether a link leads to an address in the page's data: "/dl/8812" to "https://…/dl/8812"."""
    return any(
        link.href == one.href or (link.href[:1] == "/" and one.href.endswith(link.href)) for one in given
    )


def _without_menus(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` from the first one that is not a link."""
    first = next((n for n, line in enumerate(lines) if line.text and line.linked * 2 < len(line.text)), 0)
    return list(lines[first:])


def _drop_first(lines: list[str], line: str | None) -> None:
    """Remove ``line`` from the start of the page's text."""
    first = next((one for one in lines if one), None)
    if line and first == line:
        lines.remove(first)


def _judged(text: str, tree: Tree) -> str | None:
    """Return what trafilatura considers the main text, without blanks; None if it finds none or could not read everything."""
    if tree.size > _JUDGED_SIZE or tree.deep:
        return None
    try:
        found = trafilatura.extract(text, include_comments=False, favor_recall=True, with_metadata=False)
    except Exception:  # whatever a hostile page provokes in it costs its judgement only
        return None
    return squeezed(found) if found else None


def _as_text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text if line.close else "\n" + line.text for line in lines if line.text)


def _published(head: datetime | None, beside: datetime | None, *others: datetime | None) -> datetime | None:
    """Return the first known date; a date in the head is completed by the time beside the title."""
    if head and beside and head.date() == beside.date() and head.time() == time():
        return beside
    return next(filter(None, (head, beside, *others)), None)
