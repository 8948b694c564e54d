"""Pages of attachments by number: their texts, their pictures, and the matches on them."""

from __future__ import annotations

from itertools import chain

from indexer.engine.protocol import PageHit
from indexer.errors import ExtractionError, FilesUnreachableError, NotFoundError
from indexer.highlight.finder import Wanted
from indexer.model import PagePicture
from indexer.search.articles import Articles
from indexer.search.file_hits import answering_foreseen, answering_pages
from indexer.search.pages.pictures import PagePictures
from indexer.search.pages.view import PICTURED, PageView, answering_boxes, paragraphs
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle, StoredFile
from indexer.stored.page import unpack_page
from indexer.visible.index import VisibleIndex


class Pages:
    """The pages of visible attachments. Pages are numbered from 1, attachments from 0."""

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
        """Return page ``number`` of attachment ``n``, with the query ``text`` marked.

        Raises NotFoundError where there is no such page, BusyError where too many are drawn at once, FilesUnreachableError.
        """
        article = self._articles.by_slug(slug)
        file = self._articles.file_of(article, n)
        answering, marks = self._answering(article, n, text)
        # What matches came whole.
        held = answering.get(number)
        stored = held.stored if held else self._index.snapshot.page(article.id, n, number)
        page = unpack_page(stored, number) if stored else None
        last = max(file.pages or 0, *answering, number if page else 0)
        if not 1 <= number <= last:
            raise NotFoundError(f"attachment {n} ({file.name}) has no page {number}")
        picture, problem = self._picture(file, number)
        return PageView(
            article,
            file,
            number,
            last,
            tuple(answering),
            paragraphs(page.text, marks) if page else (),
            page is not None and page.ocr,
            page.confidence if page else None,
            picture.width if picture else 0,
            picture.height if picture else 0,
            answering_boxes(page, picture, marks),
            problem,
        )

    def first(self, slug: str, n: int, text: str) -> int:
        """Return the first page of attachment ``n`` that matches ``text``, otherwise 1; raises NotFoundError if there is none."""
        article = self._articles.by_slug(slug)
        self._articles.file_of(article, n)
        return min(self._answering(article, n, text)[0], default=1)

    def _answering(self, article: StoredArticle, n: int, text: str) -> tuple[dict[int, PageHit], Wanted]:
        """Return the pages of an attachment that match ``text``, by number, and what to mark on them."""
        meant, close = self._understanding.marks(text)
        self._index.foresee(
            chain.from_iterable(answering_foreseen(article, marks) for marks in (meant, close))
        )
        pages = answering_pages(self._index, article, n, meant)
        return (pages, meant) if pages else (answering_pages(self._index, article, n, close), close)

    def picture(self, slug: str, n: int, number: int) -> PagePicture:
        """Return the picture of page ``number`` of attachment ``n``.

        Raises NotFoundError where there is no such page or it can't be drawn, BusyError where too many are drawn at once,
        FilesUnreachableError.
        """
        file = self._articles.file_of(self._articles.by_slug(slug), n)
        picture, problem = self._picture(file, number)
        if picture is None:
            raise NotFoundError(f"page {number} of attachment {n} ({file.name}) has no picture: {problem}")
        return picture

    def _picture(self, file: StoredFile, number: int) -> tuple[PagePicture | None, str | None]:
        """Return the picture of a page, or why there is none; raises FilesUnreachableError where it was never drawn."""
        if not file.media_type.startswith(PICTURED):
            return None, "this type of file has no page pictures"
        if file.sha256 is None:
            return None, "the file is not stored here"
        if not 1 <= number <= (file.pages or 0):
            return None, "the file has no such page"
        try:
            kept = self._articles.bytes_of(file)
            if kept is None:
                return None, "the bytes of the file are not here"
            return self._pictures.get(kept, number), None
        except FilesUnreachableError:
            if drawn := self._pictures.drawn(file.sha256, number):
                return drawn, None
            raise
        except ExtractionError as error:
            return None, str(error)
