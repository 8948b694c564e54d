"""Which articles and clauses of a long text answer a query."""

from __future__ import annotations

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, terms_in
from indexer.provisions.provision import Outline, Provision
from indexer.provisions.remembered import OUTLINES
from indexer.query.provisions import ProvisionAsked
from indexer.search.response import ProvisionHit
from indexer.stored.article import StoredArticle

_SHOWN = 3
"""Articles of one text that are shown with a hit."""
_FEWEST = 3
"""Articles of a text from which they are told: a decision of two is read as a whole."""
_LENGTH = 200
"""Characters of a fragment: several stand beneath one title."""
_MOST_READ = 500_000
"""Characters of texts that are looked through for one page of results: some 40 ms."""


class ProvisionHits:
    """Finds them for the hits of one page of results, best hit first, until enough was read."""

    def __init__(self, wanted: Wanted, asked: ProvisionAsked | None = None) -> None:
        self._wanted = wanted
        self._asked = asked
        self._left = _MOST_READ

    def of(self, article: StoredArticle) -> tuple[ProvisionHit, ...]:
        """Return the articles of ``article``'s text that hold all that was asked for, the best first.

        One that the query asks for by number comes alone, whatever words it holds, where the rest of the query names the
        document. Those whose title answers come before those of which one clause does, and these before all others.
        """
        text = article.body
        if len(text) > self._left or not (outline := OUTLINES.of(text)):
            return ()
        articles = list(outline.articles)
        if len(articles) < _FEWEST:
            return ()
        if asked := self._by_number(article, outline):
            # What was asked for is its text, from its beginning.
            return (_hit(article, outline, asked, Wanted()),)
        wanted = self._wanted
        if wanted.open_ended or not wanted.needed:
            return ()
        self._left -= len(text)
        found: list[tuple[int, int, Provision]] = []
        clauses = _clauses(outline)
        for n, one in enumerate(articles):
            if not self._answers(text, one.start, one.end):
                continue
            if self._answers(text, one.start, one.head):
                found.append((0, n, one))
            else:
                inner = (
                    other
                    for other in clauses.get(one.anchor, ())
                    if self._answers(text, other.start, other.end)
                )
                clause = next(inner, None)
                found.append((1, n, clause) if clause else (2, n, one))
        found.sort(key=lambda one: one[:2])
        return tuple(_hit(article, outline, one, self._wanted) for _, _, one in found[:_SHOWN])

    def _by_number(self, article: StoredArticle, outline: Outline) -> Provision | None:
        asked = self._asked
        if asked is None or not asked.fits(article.title, article.numbers):
            return None
        one = outline.find(asked.article)
        return (outline.find(asked.article, asked.clause) if one and asked.clause else None) or one

    def _answers(self, text: str, start: int, end: int) -> bool:
        return self._wanted.is_answered(terms_in(text, self._wanted, start, end))


def _hit(article: StoredArticle, outline: Outline, one: Provision, wanted: Wanted) -> ProvisionHit:
    body = article.body[one.head if one.kind == "article" else one.start : one.end].strip()
    titled = outline.find(one.article, None, one.document) if one.kind == "clause" else one
    title = titled.title if titled else ""
    return ProvisionHit(
        one.name,
        title,
        f"{article.address}#{one.anchor}",
        fragment(body, wanted, title=title, length=_LENGTH),
    )


def _clauses(outline: Outline) -> dict[str, list[Provision]]:
    """Return the clauses of each article by its address."""
    inner: dict[str, list[Provision]] = {}
    article = ""
    for one in outline.provisions:
        if one.kind == "article":
            article = one.anchor
        elif one.kind == "clause":
            inner.setdefault(article, []).append(one)
    return inner
