"""The text of a whole attachment, combined from its pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from indexer.engine import clauses as c
from indexer.engine.protocol import PagesAsked
from indexer.search.pages.view import unbroken
from indexer.stored.article import StoredArticle
from indexer.stored.page import unpack_page
from indexer.visible.index import VisibleIndex

_MOST_PAGES = 5_000
"""Maximum number of pages in all attachments of an article."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The pages of one attachment in order, each with its lines."""

    text: str
    starts: tuple[int, ...] = ()
    """The start of each page."""
    numbers: tuple[int | None, ...] = ()
    """The number of each page, from 1; None for formats without pages."""
    ocr: bool = False
    """Whether any page was read by OCR."""


def file_texts(index: VisibleIndex, article: StoredArticle) -> dict[int, FileText]:
    """Return the texts of the attachments of ``article`` by number; those without any are left out."""
    if not any(file.sha256 for file in article.files):
        return {}
    pages: dict[int, list[tuple[int | None, str, bool]]] = {}
    asked = pages_asked(article)
    for hit in index.snapshot.pages(asked.ids, asked.clause, asked.limit):
        page = unpack_page(hit.stored, hit.page)
        pages.setdefault(hit.file, []).append((hit.page, page.text, page.ocr))
    return {n: _joined(found) for n, found in pages.items()}


def pages_asked(article: StoredArticle) -> PagesAsked:
    """Return the question for all pages of the attachments of ``article``."""
    return PagesAsked([article.id], c.Everything(), _MOST_PAGES)


def _joined(pages: list[tuple[int | None, str, bool]]) -> FileText:
    starts = list(accumulate((len(text) + 1 for _, text, _ in pages), initial=0))[:-1]
    text = "\n".join(text for _, text, _ in pages)
    if any(n is not None for n, _, _ in pages):
        # Lines of a page end with the page; those of other formats are paragraphs.
        text = unbroken(text)
    return FileText(text, tuple(starts), tuple(n for n, _, _ in pages), any(ocr for _, _, ocr in pages))
