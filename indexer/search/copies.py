"""Articles with the same text are one result: which of them it shows, and where the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import ID, SAME_TEXT
from indexer.engine.protocol import Engine, EngineHit, EngineRequest
from indexer.search.response import Copy
from indexer.stored.article import StoredArticle, unpack

_SHOWN = 20
"""Copies that are named, the earliest first."""


def earliest(
    engine: Engine, hits: Sequence[EngineHit], match: c.Clause, filters: Mapping[str, c.Clause]
) -> list[EngineHit]:
    """Return ``hits`` with the earliest article that matches in place of those with the same text."""
    shown = []
    for hit in hits:
        if hit.text is not None:
            of_text = {**filters, SAME_TEXT: c.Term(SAME_TEXT, hit.text)}
            request = EngineRequest(c.Constant(match), filters=of_text, sort="oldest", limit=1)
            first = engine.search(request).hits[0]
            hit = EngineHit(first.id, hit.score, first.stored, hit.text)
        shown.append(hit)
    return shown


def copies(engine: Engine, id: str, text: str | None, filters: Mapping[str, c.Clause]) -> tuple[Copy, ...]:
    """Return the other articles with the ``text`` of the article ``id``, the earliest first."""
    if text is None:
        return ()
    request = EngineRequest(c.Term(SAME_TEXT, text), filters=filters, sort="oldest", limit=_SHOWN + 1)
    others = [unpack(hit.stored) for hit in engine.search(request).hits if hit.id != id]
    return tuple(map(_copy, others[:_SHOWN]))


def copies_of(engine: Engine, id: str, filters: Mapping[str, c.Clause]) -> tuple[Copy, ...]:
    """Return the other articles with the text of the article ``id``."""
    request = EngineRequest(c.All((c.Everything(), c.Term(ID, id))), filters=filters, limit=1)
    return next((copies(engine, id, hit.text, filters) for hit in engine.search(request).hits), ())


def _copy(article: StoredArticle) -> Copy:
    return Copy(article.id, article.address, article.title, article.sources, article.published)
