"""The texts that can be compared: articles, attachments, documents by their numbers; of those only that may be seen."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import NotFoundError
from indexer.model import FileState
from indexer.search.articles import Articles
from indexer.search.directives.index import DirectiveIndex
from indexer.search.pages.whole import WholeTexts
from indexer.stored.article import StoredArticle, StoredFile

READ = (FileState.TEXT, FileState.OCR, FileState.PARTIAL)
"""States of attachments that have a text."""
_BEARERS = 5
"""Articles that bear a number whose texts are looked at."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's own text, or that of one of its attachments."""

    article: StoredArticle
    file: StoredFile | None
    text: str
    ocr: bool = False
    """Whether any of it was read by OCR, which makes differences of its own."""

    @property
    def address(self) -> str:
        """The path of its page."""
        return text_address(self.article, self.file)


class Texts:
    """Answers from one commit, as one audience sees it; NotFoundError for all that may not be seen or has no text."""

    def __init__(self, articles: Articles, whole_texts: WholeTexts, directives: DirectiveIndex) -> None:
        self._articles = articles
        self._whole_texts = whole_texts
        self._directives = directives

    def of_article(self, slug: str) -> Text:
        """Return the article's own text, else that of its only attachment that could be read."""
        article = self._articles.by_slug(slug)
        read = [file for file in article.files if file.state in READ]
        if not article.body.strip() and len(read) == 1:
            return self.of_file(slug, read[0].n)
        text = "\n".join(filter(str.strip, (article.summary, article.body)))
        if not text:
            raise NotFoundError(f"article {slug!r} has no text of its own")
        return Text(article, None, text)

    def of_file(self, slug: str, n: int) -> Text:
        """Return the text of attachment ``n``, from 0."""
        file, found = self._whole_texts.text(slug, n)
        return Text(self._articles.by_slug(slug), file, found.text, found.ocr)

    def of_document(
        self, number: str, year: int | None = None, place: str | None = None, kind: str | None = None
    ) -> Text:
        """Return the longest text of the articles that bear a document's number, in any spelling, and of their attachments."""
        card = self._directives.view(number, year, place, kind).card
        found = [
            text
            for article in card.texts[:_BEARERS]
            for text in (self._own(article), *(self._read(article, file) for file in card.files(article)))
            if text is not None
        ]
        if not found:
            raise NotFoundError(f"the text of {number} is not stored here")
        return max(found, key=lambda text: len(text.text))

    def _own(self, article: StoredArticle) -> Text | None:
        return Text(article, None, article.body) if article.body.strip() else None

    def _read(self, article: StoredArticle, file: StoredFile) -> Text | None:
        if file.state not in READ:
            return None
        try:
            return self.of_file(article.slug, file.n)
        except NotFoundError:
            return None


def text_address(article: StoredArticle, file: StoredFile | None = None) -> str:
    """Return the path of the page of an article's text, or of that of an attachment."""
    return f"{article.address}/files/{file.n}/text" if file else article.address
