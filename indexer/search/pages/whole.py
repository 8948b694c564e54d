"""The whole text of an attachment as it is read, with its contents."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import NotFoundError
from indexer.highlight.fragment import answers
from indexer.provisions.remembered import OUTLINES
from indexer.search.articles import Articles
from indexer.search.audience import VisibleIndex
from indexer.search.file_text import FileText, file_texts
from indexer.search.long_text import LongText, long_text
from indexer.search.provision_links import ProvisionLinks
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle, StoredFile

_NO_TEXT = FileText("")


@dataclass(frozen=True, slots=True)
class FileTextView:
    """All pages of an attachment in one text, with what answers a query marked."""

    article: StoredArticle
    file: StoredFile
    body: LongText
    ocr: bool = False
    """Whether any of it was read by OCR."""


class WholeTexts:
    """The texts of the attachments that may be seen. Attachments are numbered from 0."""

    def __init__(self, index: VisibleIndex, articles: Articles, understanding: Understanding) -> None:
        self._index = index
        self._articles = articles
        self._understanding = understanding
        self._links = ProvisionLinks(index)

    def view(self, slug: str, n: int, text: str = "") -> FileTextView:
        """Return the text of attachment ``n``, marked for the query ``text``; NotFoundError where there is no such file."""
        article, file, found = self._read(slug, n)
        outline = OUTLINES.of(found.text)
        meant, close = self._understanding.marks(text)
        marks = meant if meant == close or answers(found.text, meant) else close
        links = self._links.within(found.text, outline)
        return FileTextView(article, file, long_text(found.text, outline, marks, links), found.ocr)

    def text(self, slug: str, n: int) -> tuple[StoredFile, FileText]:
        """Return attachment ``n`` and its text; NotFoundError as for :meth:`view`."""
        return self._read(slug, n)[1:]

    def _read(self, slug: str, n: int) -> tuple[StoredArticle, StoredFile, FileText]:
        article = self._articles.by_slug(slug)
        file, _ = self._articles.file_of(article, n)
        found = file_texts(self._index, article).get(n, _NO_TEXT)
        if not found.text.strip():
            raise NotFoundError(f"attachment {n} ({file.name}) has no readable text")
        return article, file, found
