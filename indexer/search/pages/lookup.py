"""Pages of attachments, looked up by number: how they read, how they look, what on them answers."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ExtractionError, NotFoundError
from indexer.highlight.finder import Wanted
from indexer.model import PagePicture
from indexer.search.articles import Articles
from indexer.search.audience import VisibleIndex
from indexer.search.file_hits import answering_pages
from indexer.search.pages.pictures import PagePictures
from indexer.search.pages.view import PICTURED, PageView, answering_boxes, paragraphs
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle, StoredFile
from indexer.stored.page import unpack_page


class Pages:
    """The pages of the attachments that may be seen. Pages are numbered from 1, attachments from 0."""

    def __init__(
        self,
        index: VisibleIndex,
        articles: Articles,
        understanding: Understanding,
        pictures: PagePictures,
    ) -> None:
        self._index = index
        self._articles = articles
        self._understanding = understanding
        self._pictures = pictures

    def view(self, slug: str, n: int, number: int, text: str = "") -> PageView:
        """Return page ``number`` of attachment ``n``, marked for the query ``text``.

        Raises NotFoundError where there is no such page, BusyError where too many are drawn at once.
        """
        article = self._articles.by_slug(slug)
        file, path = self._articles.file_of(article, n)
        answering, marks = self._answering(article, n, text)
        stored = self._index.snapshot.page(article.id, n, number)
        page = unpack_page(stored, number) if stored else None
        last = max(file.pages or 0, *answering, number if page else 0)
        if not 1 <= number <= last:
            raise NotFoundError(f"attachment {n} ({file.name}) has no page {number}")
        picture, problem = self._picture(file, path, number)
        return PageView(
            article,
            file,
            number,
            last,
            answering,
            paragraphs(page.text, marks) if page else (),
            page is not None and page.ocr,
            page.confidence if page else None,
            picture.width if picture else 0,
            picture.height if picture else 0,
            answering_boxes(page, picture, marks),
            problem,
        )

    def first(self, slug: str, n: int, text: str) -> int:
        """Return the first page of attachment ``n`` that answers ``text``, else 1; NotFoundError if there is none."""
        article = self._articles.by_slug(slug)
        self._articles.file_of(article, n)
        return min(self._answering(article, n, text)[0], default=1)

    def _answering(self, article: StoredArticle, n: int, text: str) -> tuple[tuple[int, ...], Wanted]:
        """Return the pages of an attachment that answer ``text``, and what to mark in it."""
        meant, close = self._understanding.marks(text)
        pages = answering_pages(self._index, article, n, meant)
        return (pages, meant) if pages else (answering_pages(self._index, article, n, close), close)

    def picture(self, slug: str, n: int, number: int) -> PagePicture:
        """Return how page ``number`` of attachment ``n`` looks.

        Raises NotFoundError where there is no such page or it can't be drawn, BusyError where too many are drawn at once.
        """
        file, path = self._articles.file(slug, n)
        picture, problem = self._picture(file, path, number)
        if picture is None:
            raise NotFoundError(f"page {number} of attachment {n} ({file.name}) has no picture: {problem}")
        return picture

    def _picture(
        self, file: StoredFile, path: Path | None, number: int
    ) -> tuple[PagePicture | None, str | None]:
        """Return the picture of a page, or why there is none."""
        if not file.media_type.startswith(PICTURED):
            return None, "this type of file has no page pictures"
        if path is None or file.sha256 is None:
            return None, "the file is not stored here"
        if not 1 <= number <= (file.pages or 0):
            return None, "the file has no such page"
        try:
            return self._pictures.get(file.sha256, path, number), None
        except ExtractionError as error:
            return None, str(error)
