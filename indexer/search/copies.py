"""Articles with the same text are one result: which of them it shows, and where the others are."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import ID, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest
from indexer.search.audience import VisibleIndex
from indexer.search.response import Copy
from indexer.stored.article import StoredArticle, unpack

_SHOWN = 20
"""Copies that are named, the earliest first."""


def earliest(index: VisibleIndex, hits: Sequence[EngineHit], asked: EngineRequest) -> list[EngineHit]:
    """Return ``hits`` of ``asked`` with the earliest article that matches in place of those with the same text."""
    shown = []
    for hit in hits:
        if hit.text is not None:
            of_text = {**asked.filters, SAME_TEXT: c.Term(SAME_TEXT, hit.text)}
            request = EngineRequest(c.Constant(asked.match), filters=of_text, sort="oldest", limit=1)
            # The hit itself has this text, in the same commit: there is one.
            first = index.search(request).hits[0]
            hit = EngineHit(first.id, hit.score, first.stored, hit.text)
        shown.append(hit)
    return shown


def copies(index: VisibleIndex, id: str, text: str | None) -> tuple[Copy, ...]:
    """Return the other articles with the ``text`` of the article ``id``, the earliest first."""
    if text is None:
        return ()
    request = EngineRequest(c.Term(SAME_TEXT, text), sort="oldest", limit=_SHOWN + 1)
    others = [unpack(hit.stored) for hit in index.search(request).hits if hit.id != id]
    return tuple(map(_copy, others[:_SHOWN]))


def copies_of(index: VisibleIndex, id: str) -> tuple[Copy, ...]:
    """Return the other articles with the text of the article ``id``."""
    request = EngineRequest(c.All((c.Everything(), c.Term(ID, id))), limit=1)
    return next((copies(index, id, hit.text) for hit in index.search(request).hits), ())


def _copy(article: StoredArticle) -> Copy:
    return Copy(article.id, article.address, article.title, article.sources, article.published)
