"""One article at a time: by its address or its id, with its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.catalog.files import FileStore
from indexer.errors import NotFoundError
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import answers, has_match, marked
from indexer.model import Marked
from indexer.provisions.provision import Outline
from indexer.provisions.remembered import OUTLINES
from indexer.search.audience import VisibleIndex
from indexer.search.file_hits import file_hits
from indexer.search.long_text import Link, LongText, long_text
from indexer.search.provision_links import ProvisionLinks
from indexer.search.response import FileHit
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle, StoredFile


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with what answers a query marked."""

    article: StoredArticle
    title: Marked
    summary: Marked
    body: LongText
    subject: Marked
    signer: Marked
    field: Marked
    """These three as the source says them of the document."""
    files: tuple[FileHit, ...] = ()
    """Where its attachments answer, if its own text does not hold all that was asked for."""


class Articles:
    """The articles of one commit that may be seen; NotFoundError for all others, whether they exist or not."""

    def __init__(self, index: VisibleIndex, understanding: Understanding, files: FileStore) -> None:
        self._index = index
        self._understanding = understanding
        self._files = files
        self._links = ProvisionLinks(index)

    def view(self, slug: str, text: str = "") -> ArticleView:
        """Return the article at an address, marked for the query ``text``."""
        article = self.by_slug(slug)
        meant, close = self._understanding.marks(text)
        outline = OUTLINES.of(article.body)
        links = self._links.within(article.body, outline)
        view = self._marked(article, meant, outline, links)
        if meant == close or not text or view.files or answers(f"{article.title}\n{article.text}", meant):
            return view
        # What stands there by chance is no reason to pass over what answers less strictly.
        closer = self._marked(article, close, outline, links)
        if closer.files or answers(f"{article.title}\n{article.text}", close):
            return closer
        texts = (view.title, view.summary, view.subject, view.signer, view.field)
        return view if view.body.has_marks or any(text.marks for text in texts) else closer

    def _marked(
        self, article: StoredArticle, marks: Wanted, outline: Outline, links: Sequence[Link]
    ) -> ArticleView:
        files = self._in_files(article, marks)
        # Where an attachment holds what was asked for, single words of it stand in the text by chance.
        in_body = Wanted() if files else marks
        return ArticleView(
            article,
            marked(article.title, marks),
            marked(article.summary, marks),
            long_text(article.body, outline, in_body, links),
            marked(article.particulars.subject, marks),
            marked(_signer(article), marks),
            marked(article.particulars.field, marks),
            files,
        )

    def _in_files(self, article: StoredArticle, marks: Wanted) -> tuple[FileHit, ...]:
        own = f"{article.title}\n{article.text}"
        if has_match(own, marks) if marks.open_ended else answers(own, marks):
            return ()
        return file_hits(self._index, [article], marks, whole=True).get(article.id, ())

    def by_slug(self, slug: str) -> StoredArticle:
        """Return the article at an address."""
        return _found(self._index.by_slug(slug), slug)

    def by_id(self, id: str) -> StoredArticle:
        """Return the article with this id."""
        return _found(self._index.by_id([id]).get(id), id)

    def file(self, slug: str, n: int) -> tuple[StoredFile, Path | None]:
        """Return attachment ``n`` of the article at an address, and where its bytes are, None where they are missing."""
        return self.file_of(self.by_slug(slug), n)

    def file_of(self, article: StoredArticle, n: int) -> tuple[StoredFile, Path | None]:
        """Return attachment ``n`` of ``article``, as :meth:`file` does."""
        for file in article.files:
            if file.n == n:
                path = self._files.path(file.sha256) if file.sha256 else None
                return file, path if path and path.is_file() else None
        raise NotFoundError(f"article {article.id!r} has no attachment {n}")


def _signer(article: StoredArticle) -> str:
    return ", ".join(filter(None, [article.particulars.signer, article.particulars.position]))


def _found(article: StoredArticle | None, name: str) -> StoredArticle:
    if article is None:
        raise NotFoundError(f"there is no article {name!r}")
    return article
