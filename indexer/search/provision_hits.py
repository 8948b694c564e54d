"""The articles and clauses of a long text that match a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, terms_in
from indexer.provisions.provision import Outline, Provision
from indexer.provisions.remembered import OUTLINES
from indexer.query.provisions import ProvisionAsked
from indexer.search.file_text import file_texts
from indexer.search.response import FileHit, ProvisionHit
from indexer.stored.article import StoredArticle
from indexer.visible.index import VisibleIndex

_SHOWN = 3
"""Maximum number of provisions shown with a hit."""
_FEWEST = 3
"""Minimum number of articles in a text for this: a decision of two is read as a whole."""
_LENGTH = 200
"""Length of a fragment in characters: several appear below one title."""
_MOST_READ = 800_000
"""Maximum number of characters examined for a page of results: some 60 ms."""
_MOST_WITH_FILES = 3
"""Maximum number of hits on a page of results whose attachments are read completely."""


class ProvisionHits:
    """Finds them for the hits of a page of results, best hit first, until the limit is reached."""

    def __init__(self, index: VisibleIndex, wanted: Wanted, asked: ProvisionAsked | None = None) -> None:
        self._index = index
        self._wanted = wanted
        self._asked = asked
        self._left = _MOST_READ
        self._with_files = _MOST_WITH_FILES

    def of(self, article: StoredArticle, files: Sequence[FileHit] = ()) -> tuple[ProvisionHit, ...]:
        """Return the provisions in ``article``'s text that contain everything requested, best first, otherwise in its attachments.

        ``files`` are the matches in these. A provision requested by number is returned alone, whatever words it contains, if
        the rest of the query names the document. Articles whose title matches come before those with a single matching clause,
        and these before all others.
        """
        asked = self._asked if self._asked and self._asked.fits(article.title, article.numbers) else None
        for text, address in self._texts(article, files, asked):
            if len(text) > self._left or not (outline := OUTLINES.of(text)):
                continue
            if asked and (one := _by_number(asked, outline)):
                # The requested provision is shown from its beginning.
                return (_hit(text, address, outline, one, Wanted()),)
            if found := self._answering(text, outline):
                return tuple(_hit(text, address, outline, one, self._wanted) for one in found)
        return ()

    def _texts(
        self, article: StoredArticle, files: Sequence[FileHit], asked: ProvisionAsked | None
    ) -> Iterator[tuple[str, str]]:
        """Yield the texts of an article with their addresses; its attachments if they match, or may be the requested document."""
        yield article.body, article.address
        if not (files or asked) or not article.files or not self._with_files:
            return
        self._with_files -= 1
        wanted = {file.n for file in files} or range(len(article.files))
        for n, file in file_texts(self._index, article).items():
            if n in wanted:
                yield file.text, f"{article.address}/files/{n}/text"

    def _answering(self, text: str, outline: Outline) -> list[Provision]:
        articles = list(outline.articles)
        wanted = self._wanted
        if len(articles) < _FEWEST or wanted.open_ended or not wanted.needed:
            return []
        self._left -= len(text)
        found: list[tuple[int, int, Provision]] = []
        clauses = _clauses(outline)
        for n, one in enumerate(articles):
            if not self._answers(text, one.start, one.end):
                continue
            if self._answers(text, one.start, one.head):
                found.append((0, n, one))
            else:
                inner = clauses.get(one.anchor, ())
                clause = next((other for other in inner if self._answers(text, other.start, other.end)), None)
                found.append((1, n, clause) if clause else (2, n, one))
        return [one for _, _, one in sorted(found, key=lambda one: one[:2])[:_SHOWN]]

    def _answers(self, text: str, start: int, end: int) -> bool:
        return self._wanted.is_answered(terms_in(text, self._wanted, start, end))


def _by_number(asked: ProvisionAsked, outline: Outline) -> Provision | None:
    one = outline.find(asked.article)
    return (outline.find(asked.article, asked.clause) if one and asked.clause else None) or one


def _hit(text: str, address: str, outline: Outline, one: Provision, wanted: Wanted) -> ProvisionHit:
    inner = text[one.head if one.kind == "article" else one.start : one.end].strip()
    titled = outline.find(one.article, None, one.document) if one.kind == "clause" else one
    title = titled.title if titled else ""
    shown = fragment(inner, wanted, title=title, length=_LENGTH)
    return ProvisionHit(one.name, title, f"{address}#{one.anchor}", shown)


def _clauses(outline: Outline) -> dict[str, list[Provision]]:
    """Return the clauses of each article, by its address."""
    inner: dict[str, list[Provision]] = {}
    article = ""
    for one in outline.provisions:
        if one.kind == "article":
            article = one.anchor
        elif one.kind == "clause":
            inner.setdefault(article, []).append(one)
    return inner
