"""Who may see which articles: the only place where this rule is applied.

The public sees what staff sees, without staff-only articles and without their attachments, citations and counts, because all of
these are requested from the index with the same filter.
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
"""Filters for what each audience may see."""


class VisibleIndex:
    """One commit of the index as seen by one audience; everything shown of articles is read through it."""

    def __init__(self, snapshot: Snapshot, audience: Audience) -> None:
        self.snapshot = snapshot
        """The unrestricted commit. Its terms and counts cover all articles, so anything read from them is shown only if a
        visible article has it; pages are requested for visible articles only."""
        self.audience = audience
        self.filters = _HIDDEN[audience]

    def search(self, request: EngineRequest) -> EngineResponse:
        """Match, rank and count among the articles that may be seen."""
        return self.snapshot.search(self._visible(request))

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """Note what will most likely be asked here next; see :meth:`indexer.engine.protocol.Snapshot.foresee`."""
        self.snapshot.foresee(
            self._visible(question) if isinstance(question, EngineRequest) else question
            for question in questions
        )

    def _visible(self, request: EngineRequest) -> EngineRequest:
        return replace(request, filters={**request.filters, **self.filters})

    def by_id(self, ids: Iterable[str]) -> dict[str, StoredArticle]:
        """Return those of the articles ``ids`` that exist and are visible."""
        found = {id: unpack(stored) for id, stored in self.snapshot.documents(ids).items()}
        return {id: article for id, article in found.items() if self._may_see(article)}

    def by_slug(self, slug: str) -> StoredArticle | None:
        """Return the article at an address; None if there is no visible one."""
        stored = self.snapshot.by_slug(slug)
        article = unpack(stored) if stored is not None else None
        return article if article is not None and self._may_see(article) else None

    def _may_see(self, article: StoredArticle) -> bool:
        return self.audience == "staff" or article.audience == "public"
