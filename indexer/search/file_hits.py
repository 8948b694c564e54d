"""Where in the attachments of the shown hits the query is answered: file, page, fragment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import PAGE_TEXT
from indexer.engine.protocol import PageHit
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, has_match
from indexer.search.audience import VisibleIndex
from indexer.search.response import FileHit
from indexer.stored.article import StoredArticle
from indexer.stored.page import unpack_page
from indexer.vietnamese.terms import syllables

_PAGES = 20
"""Best pages of an article looked at, of which the best one of each file is shown."""
_FILES_SHOWN = 3
_MANY_PAGES = 300
"""Best pages of an article that are looked for where one of its files is read page by page."""


def file_hits(
    index: VisibleIndex, articles: Sequence[StoredArticle], marks: Wanted
) -> dict[str, tuple[FileHit, ...]]:
    """Return the best page of each attachment that answers, by article id.

    A page answers when it holds all the words, or, where neither the article nor a page
    does, some of them: then the attachment is why the article was found.
    """
    terms = _terms(marks)
    if not terms:
        return {}
    found = {
        article.id: tuple(_best(_pages(index, article, terms), article, marks))
        for article in articles
        if any(file.sha256 for file in article.files)
    }
    return {id: files for id, files in found.items() if files}


def answering_pages(index: VisibleIndex, article: StoredArticle, file: int, marks: Wanted) -> tuple[int, ...]:
    """Return the numbers of the pages of attachment ``file`` that answer as in :func:`file_hits`, in order."""
    terms = _terms(marks)
    if not terms:
        return ()
    pages = _pages(index, article, terms, _MANY_PAGES)
    return tuple(sorted(page.page for page in pages if page.file == file and page.page))


def _terms(marks: Wanted) -> frozenset[str]:
    return frozenset((*marks.words, *(syllable.folded for phrase in marks.phrases for syllable in phrase)))


def _pages(
    index: VisibleIndex, article: StoredArticle, terms: frozenset[str], limit: int = _PAGES
) -> list[PageHit]:
    words = tuple(c.Term(PAGE_TEXT, term) for term in sorted(terms))
    pages = index.snapshot.pages([article.id], c.all_of(words), limit)
    if not pages and not _holds_all(article, terms):
        pages = index.snapshot.pages([article.id], c.any_of(words), limit)
    return pages


def _best(pages: Sequence[PageHit], article: StoredArticle, marks: Wanted) -> Iterator[FileHit]:
    shown: set[int] = set()
    for page in pages:
        if page.file in shown or len(shown) == _FILES_SHOWN:
            continue
        text = unpack_page(page.stored, page.page).text
        if has_match(text, marks):
            shown.add(page.file)
            yield FileHit(article.files[page.file].name, page.file, page.page, fragment(text, marks))


def _holds_all(article: StoredArticle, terms: frozenset[str]) -> bool:
    """Tell whether the article's own text has all the words that were asked for."""
    text = f"{article.title}\n{article.summary}\n{article.body}"
    return terms.issubset(syllable.folded for syllable in syllables(text))
