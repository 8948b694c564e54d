"""Single articles, by address or id, with their attachments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.engine.protocol import Foreseen
from indexer.errors import NotFoundError
from indexer.files.store import FileStore, KeptFile
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import answers, has_match, marked
from indexer.model import Marked
from indexer.provisions.provision import Outline
from indexer.provisions.remembered import OUTLINES
from indexer.search.copies import foreseen as copies_foreseen
from indexer.search.copies import itself
from indexer.search.file_hits import file_hits
from indexer.search.file_hits import foreseen as files_foreseen
from indexer.search.long_text import Link, LongText, long_text
from indexer.search.provision_links import ProvisionLinks
from indexer.search.related import foreseen as related_foreseen
from indexer.search.related import question
from indexer.search.response import FileHit
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle, StoredFile
from indexer.visible.index import VisibleIndex


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with the matches of a query marked."""

    article: StoredArticle
    title: Marked
    summary: Marked
    body: LongText
    subject: Marked
    signer: Marked
    field: Marked
    """These three values are as given by the source of the document."""
    files: tuple[FileHit, ...] = ()
    """Matches in its attachments, if its own text does not contain everything requested."""


class Articles:
    """The visible articles of one commit; raises NotFoundError for all others, whether or not they exist."""

    def __init__(self, index: VisibleIndex, understanding: Understanding, files: FileStore) -> None:
        self._index = index
        self._understanding = understanding
        self._files = files
        self._links = ProvisionLinks(index)

    def view(self, slug: str, text: str = "", related: int = 0) -> ArticleView:
        """Return the article at an address, with the query ``text`` marked.

        If its copies and ``related`` articles will be asked for as well, all of them are announced together.
        """
        article = self.by_slug(slug)
        meant, close = self._understanding.marks(text)
        outline = OUTLINES.of(article.body)
        links = self._links.within(
            article.body, outline, self._foreseen(article, meant, related), self._then(article, related)
        )
        view = self._marked(article, meant, outline, links)
        if meant == close or not text or view.files or answers(f"{article.title}\n{article.text}", meant):
            return view
        # A coincidental match there is no reason to ignore what matches less strictly.
        closer = self._marked(article, close, outline, links)
        if closer.files or answers(f"{article.title}\n{article.text}", close):
            return closer
        texts = (view.title, view.summary, view.subject, view.signer, view.field)
        return view if view.body.has_marks or any(text.marks for text in texts) else closer

    def _foreseen(self, article: StoredArticle, meant: Wanted, related: int) -> Iterator[Foreseen]:
        yield from files_foreseen([article], meant)
        if related:
            yield itself(article.id)
            yield from related_foreseen(article)

    def _then(self, article: StoredArticle, related: int) -> Iterator[Foreseen]:
        """Yield the questions that depend on the answers to the first ones."""
        if related:
            yield question(self._index, article, related)
            yield from copies_foreseen(self._index.search(itself(article.id)).hits)

    def _marked(
        self, article: StoredArticle, marks: Wanted, outline: Outline, links: Sequence[Link]
    ) -> ArticleView:
        files = self._in_files(article, marks)
        # If an attachment contains what was requested, single words of it in the text are coincidental.
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

    def file(self, slug: str, n: int) -> tuple[StoredFile, KeptFile | None]:
        """Return attachment ``n`` of the article at an address, and its bytes, None where they are missing."""
        file = self.file_of(self.by_slug(slug), n)
        return file, self.bytes_of(file)

    def file_of(self, article: StoredArticle, n: int) -> StoredFile:
        """Return attachment ``n`` of ``article``; NotFoundError where it has none."""
        for file in article.files:
            if file.n == n:
                return file
        raise NotFoundError(f"article {article.id!r} has no attachment {n}")

    def bytes_of(self, file: StoredFile) -> KeptFile | None:
        """Return the bytes of an attachment, None where they are missing or not whole; raises FilesUnreachableError."""
        kept = self._files.find(file.sha256) if file.sha256 else None
        return kept if kept and kept.size == file.size else None


def _signer(article: StoredArticle) -> str:
    return ", ".join(filter(None, [article.particulars.signer, article.particulars.position]))


def _found(article: StoredArticle | None, name: str) -> StoredArticle:
    if article is None:
        raise NotFoundError(f"there is no article {name!r}")
    return article
