"""Who may see which articles: the one rule, applied here and nowhere else.

What the public sees is what staff sees without the articles for staff; their attachments, citations and counts go with
them, because all of these are asked of the index under the same filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, EngineResponse, Foreseen, Snapshot
from indexer.model import Audience
from indexer.query.values import STAFF
from indexer.stored.article import StoredArticle, unpack

_HIDDEN: Mapping[Audience, Mapping[str, c.Clause]] = {"public": {"audience": c.Not(STAFF)}, "staff": {}}
"""Filters that let through what each may see."""


class VisibleIndex:
    """One commit of the index as one audience sees it: whatever is shown of articles is read through here."""

    def __init__(self, snapshot: Snapshot, audience: Audience) -> None:
        self.snapshot = snapshot
        """The commit whole. Its terms and counts are of all articles, so what is read of them is shown only if an
        article that may be seen has it; pages are asked of articles that may be."""
        self.audience = audience
        self.filters = _HIDDEN[audience]

    def search(self, request: EngineRequest) -> EngineResponse:
        """Match, rank and count among the articles that may be seen."""
        return self.snapshot.search(self._visible(request))

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """Take note of what will most likely be asked here next; see :meth:`indexer.engine.protocol.Snapshot.foresee`."""
        self.snapshot.foresee(
            self._visible(question) if isinstance(question, EngineRequest) else question
            for question in questions
        )

    def _visible(self, request: EngineRequest) -> EngineRequest:
        return replace(request, filters={**request.filters, **self.filters})

    def by_id(self, ids: Iterable[str]) -> dict[str, StoredArticle]:
        """Return those of the articles ``ids`` that exist and may be seen."""
        found = {id: unpack(stored) for id, stored in self.snapshot.documents(ids).items()}
        return {id: article for id, article in found.items() if self._may_see(article)}

    def by_slug(self, slug: str) -> StoredArticle | None:
        """Return the article at an address; None where there is none that may be seen."""
        stored = self.snapshot.by_slug(slug)
        article = unpack(stored) if stored is not None else None
        return article if article is not None and self._may_see(article) else None

    def _may_see(self, article: StoredArticle) -> bool:
        return self.audience == "staff" or article.audience == "public"
