"""Matches in the attachments of the displayed hits: file, page and fragment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.engine.protocol import PageHit, PagesAsked
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import answers, fragment, has_match, marked
from indexer.search.page_clauses import pages_with_all, pages_with_some
from indexer.search.response import FileHit
from indexer.stored.article import StoredArticle
from indexer.stored.page import unpack_page
from indexer.visible.index import VisibleIndex

_PAGES = 20
"""Number of best pages per article to examine; the best one of each file is shown."""
_FILES_SHOWN = 3
_MANY_PAGES = 300
"""Number of best pages to look for if one file of an article is read page by page."""


def file_hits(
    index: VisibleIndex, articles: Sequence[StoredArticle], marks: Wanted, *, whole: bool = False
) -> dict[str, tuple[FileHit, ...]]:
    """Return the best page of each matching attachment, by article id.

    A page matches if it contains all words or, if neither the article nor any page does, some of them: then the attachment is
    why the article was found. With ``whole``, all words are required.
    """
    if not _asks(marks):
        return {}
    found = {
        article.id: tuple(_best(_pages(index, article, marks, whole=whole), article, marks))
        for article in articles
        if any(file.sha256 for file in article.files)
    }
    return {id: files for id, files in found.items() if files}


def foreseen(articles: Sequence[StoredArticle], marks: Wanted, limit: int = _PAGES) -> Iterator[PagesAsked]:
    """Yield the questions of :func:`file_hits` for these articles: both kinds of pages if an article itself does not match."""
    if not _asks(marks):
        return
    for article in articles:
        if any(file.sha256 for file in article.files):
            yield PagesAsked([article.id], pages_with_all(marks), limit)
            if not answers(f"{article.title}\n{article.text}", marks):
                yield PagesAsked([article.id], pages_with_some(marks), limit)


def named_files(article: StoredArticle, marks: Wanted) -> tuple[FileHit, ...]:
    """Return the attachments whose names match; the name is the fragment, and there is no page."""
    if not _asks(marks):
        return ()
    names = ((n, marked(file.name, marks)) for n, file in enumerate(article.files))
    return tuple(FileHit(name.text, n, None, name) for n, name in names if name.marks)[:_FILES_SHOWN]


def answering_pages(
    index: VisibleIndex, article: StoredArticle, file: int, marks: Wanted
) -> dict[int, PageHit]:
    """Return the matching pages of attachment ``file`` by number, as for :func:`file_hits`, in order."""
    if not _asks(marks):
        return {}
    pages = _pages(index, article, marks, _MANY_PAGES)
    found = {page.page: page for page in pages if page.file == file and page.page}
    return dict(sorted(found.items()))


def answering_foreseen(article: StoredArticle, marks: Wanted) -> Iterator[PagesAsked]:
    """Yield the questions of :func:`answering_pages`."""
    return foreseen([article], marks, _MANY_PAGES)


def _asks(marks: Wanted) -> bool:
    return bool(marks.words or marks.phrases or marks.others or marks.leading)


def _pages(
    index: VisibleIndex, article: StoredArticle, marks: Wanted, limit: int = _PAGES, *, whole: bool = False
) -> list[PageHit]:
    pages = index.snapshot.pages([article.id], pages_with_all(marks), limit)
    if not (pages or whole) and not answers(f"{article.title}\n{article.text}", marks):
        pages = index.snapshot.pages([article.id], pages_with_some(marks), limit)
    return pages


def _best(pages: Sequence[PageHit], article: StoredArticle, marks: Wanted) -> Iterator[FileHit]:
    """Yield the best page of every file: the first with a match outside furniture, otherwise the first with any."""
    best: dict[int, tuple[PageHit, str]] = {}
    sure: set[int] = set()
    for page in pages:
        if page.file in sure or (page.file not in best and len(best) == _FILES_SHOWN):
            continue
        text = unpack_page(page.stored, page.page).text
        if has_match(text, marks, without_furniture=True):
            sure.add(page.file)
            best[page.file] = page, text
        elif page.file not in best and has_match(text, marks):
            best[page.file] = page, text
    for n, (page, text) in best.items():
        yield FileHit(article.files[n].name, n, page.page, fragment(text, marks, title=article.title))
