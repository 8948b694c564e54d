"""An HTML page -> ``Article``: the portal's own marks first, trafilatura's judgement for the rest.

The only module importing trafilatura. Its date guess is not used: it takes dates of related
items and of the text for the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, tzinfo

import trafilatura

from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.sources.document_values import DocumentValues, read_values
from indexer.sources.html_address import own_address
from indexer.sources.html_dates import NEAR_TITLE, head_moments, moments_beside, own_dates
from indexer.sources.html_files import attachment_names, document_links
from indexer.sources.html_lines import Line, Tree, read_tree, text_of
from indexer.sources.html_links import is_caption, is_tool
from indexer.sources.html_meta import document_values
from indexer.sources.html_names import (
    is_any_portal,
    is_imprint,
    is_kind_of_page,
    looks_like_site,
    names_of_article,
    site_names,
    subject_below,
)
from indexer.sources.html_own import above_title, other_documents, own_lines, related_lines
from indexer.sources.html_rows import Rows, read_rows
from indexer.sources.html_sections import is_head, names_section, section_beside, section_of, trail_end
from indexer.sources.marks import Mark, find_mark
from indexer.sources.page import Link, Page, decode_page
from indexer.sources.page_dates import page_moment
from indexer.sources.portal_page import Parts, joined, read_portal_page, split_page
from indexer.sources.text import title_from
from indexer.vietnamese.letters import fold, nfc

_JUDGED_SIZE = 20_000
"""Elements up to which trafilatura is asked (some 2 s there); larger pages are lists and dumps."""
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "ld:publisher")
_NUMBER_ALONE = re.compile(r"(?:\w+ ){0,4}(?:so )?:? ?\d[\w./ -]{0,40}(?: ?ngay [\d/ -]{6,12})?")


def read_html_page(data: bytes, id: str, zone: tzinfo) -> Page:
    """Return the article of an HTML page with the links to documents in its own part.

    Searchable is what stands between the title and the page's end marks, without what stands
    around it; rows that describe a document are its values. Raises ItemError for a page without text.
    """
    text = decode_page(data, declares=True)
    return read_html_tree(text, read_tree(text), id, zone)


def read_html_tree(text: str, tree: Tree, id: str, zone: tzinfo) -> Page:
    """Return what :func:`read_html_page` does of the page ``text`` whose tree was read before."""
    if not any(line.text for line in tree.lines):
        raise ItemError("the page has no text")
    titled = tree.title_lines()
    at = titled[0] if titled else None
    related = related_lines(tree, at)
    own = [n for n in own_lines(tree, related) if n not in related and n not in titled]
    rows = read_rows(tree.lines, own) or Rows()
    values = read_values({**document_values(tree.meta), **rows.values})
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
        # What stands before the rows, and what only leads to other views of the document, is no text.
        below = [
            line
            for line in below
            if not (line.text and (is_kind_of_page(line.text) or is_imprint(line.text)))
        ]
    parts = split_page(_as_text([*below, *(tree.lines[n] for n in sorted(related))]), zone)
    article = _article(id, tree, head, below, parts, values, zone)
    links = [*rows.links, *(link for line in below for link in line.links)]
    documents = document_links(links, rows.links)
    body = _body(parts, below, documents, _judged(text, tree))
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
    if values.number and not values.particulars.subject and _NUMBER_ALONE.fullmatch(fold(title)):
        title = subject_below([line.text for line in below if line.text], values.number) or title
    category = section_of(meta) or trail_end(tree.trail, title)
    if tree.title is None and not title:
        # Nothing says what the title is: read the lines as those of a page in plain text.
        plain = read_portal_page(_as_text(_without_menus(below)), id, zone)
        title, category = plain.title, category or plain.category
    if tree.title is None:
        _drop_first(parts.lines, category)
        _drop_first(parts.lines, title)
    near = [*head[-NEAR_TITLE:], *[line for line in below if line.text or line.moment][:NEAR_TITLE]]
    beside = moments_beside(near, zone)
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
        sources=_sources(parts, meta),
        category=category or section_beside(near, head, title),
        number=values.number or None,
        type=values.type or None,
        issuer=values.issuer or None,
        particulars=replace(values.particulars, subject="" if fold(subject) in fold(title) else subject),
        related=parts.related,
    )


def _title(tree: Tree, values: DocumentValues) -> str:
    """Return the title that the page shows, or of a document whose number alone it shows, its subject; else what the head says."""
    shown = text_of(tree.title) if tree.title is not None else ""
    subject = values.particulars.subject
    if subject and (
        not shown or (values.number and _NUMBER_ALONE.fullmatch(fold(shown))) or looks_like_site(shown)
    ):
        return subject
    named = next(iter(names_of_article(tree.meta)), "")
    return shown or named or (" ".join(filter(None, [values.type, values.number])) if values.number else "")


def _does_something(line: Line) -> bool:
    if line.linked * 2 <= len(line.text):
        return False
    return is_tool(line.text) or all(is_tool(link.text) for link in line.links if link.text)


def _without_menus(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` from the first one that is no link."""
    first = next((n for n, line in enumerate(lines) if line.text and line.linked * 2 < len(line.text)), 0)
    return list(lines[first:])


def _drop_first(lines: list[str], line: str | None) -> None:
    """Take ``line`` out of the page's text where that begins with it."""
    first = next((one for one in lines if one), None)
    if line and first == line:
        lines.remove(first)


def _sources(parts: Parts, meta: dict[str, str]) -> tuple[str, ...]:
    sources = list(parts.sources)
    if not parts.publishers:
        said = next(filter(None, map(meta.get, _PUBLISHERS)), None)
        # What <title> ends with is a source where it is clearly a portal's name.
        said = said or next((name for name in site_names(meta) if looks_like_site(name)), None)
        said = None if said and is_any_portal(said) else said
        if said and not is_kind_of_page(said):
            sources.append(said)
    return tuple(dict.fromkeys(sources))


def _body(parts: Parts, below: Sequence[Line], documents: Sequence[Link], judged: str | None) -> str:
    """Return the lines of the article's text, paragraphs divided by an empty line."""
    lines = parts.lines[: parts.lines_before_publisher]
    prose = {line.text for line in below if line.prose}
    buttons = {line.text for line in below if _is_button(line, documents)}
    kept: list[str] = []
    for n, line in enumerate(lines):
        sure = line in prose and n < parts.lines_before_source
        if line in buttons and line:
            continue
        if not line or sure or judged is None or _squeezed(line) in judged:
            kept.append(line)
    beside = [n for n, line in enumerate(kept) if line][:NEAR_TITLE]
    own = own_dates([kept[n] for n in beside], UTC)
    dated = [n for n, one in zip(beside, own, strict=True) if one or _dated(kept[n])]
    around = {*dated[:1], *(n for n in beside if names_section(kept[n]))}
    return joined(line for n, line in enumerate(kept) if n not in around)


def _is_button(line: Line, documents: Sequence[Link]) -> bool:
    """Whether a line has nothing but links to the page's documents, and words that say so."""
    if not line.links or not all(any(link.href == one.href for one in documents) for link in line.links):
        return False
    rest = line.text
    for link in line.links:
        rest = rest.replace(link.text, " ", 1) if link.text else rest
    named = all(is_caption(link.text) or link.name == link.text for link in line.links)
    return is_caption(rest) and (named or rest.strip(" :.()") != "")


def _dated(line: str) -> bool:
    found = find_mark(line)
    return found is not None and found.mark in (Mark.PUBLISHED, Mark.UPDATED)


def _judged(text: str, tree: Tree) -> str | None:
    """Return what trafilatura takes for the main text, without spaces; None where it finds none, or could not read it all."""
    if tree.size > _JUDGED_SIZE or tree.deep:
        return None
    try:
        found = trafilatura.extract(text, include_comments=False, favor_recall=True, with_metadata=False)
    except Exception:  # whatever a hostile page provokes in it costs its judgement only
        return None
    return _squeezed(found) if found else None


def _squeezed(text: str) -> str:
    """Return the letters and digits of ``text``: trafilatura sets spaces and table marks its own way."""
    return "".join(filter(str.isalnum, nfc(text)))


def _as_text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text if line.close else "\n" + line.text for line in lines if line.text)


def _published(head: datetime | None, beside: datetime | None, *others: datetime | None) -> datetime | None:
    """Return the first that is known; of a day that the head gives, with the time that stands beside the title."""
    if head and beside and head.date() == beside.date() and head.time() == time():
        return beside
    return next(filter(None, (head, beside, *others)), None)
