"""Answers requests from one commit: from request to plan, engine, hits and response."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from indexer.directives.issuer_names import asked_issuers
from indexer.disk.watched import Watched
from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.protocol import EngineRequest
from indexer.lexicon.lexicon import Lexicon
from indexer.model import FileState
from indexer.search.answer import Answer
from indexer.search.articles import Articles
from indexer.search.asking import filters
from indexer.search.comparison.seconds import Seconds
from indexer.search.comparison.texts import Texts
from indexer.search.copies import copies_of
from indexer.search.directives.index import DirectiveIndex
from indexer.search.file_states import FileStates, file_states
from indexer.search.hits import shown_hits
from indexer.search.overview import Overview, overview
from indexer.search.pages.lookup import Pages
from indexer.search.pages.whole import WholeTexts
from indexer.search.pins import Pins
from indexer.search.related import Related, related
from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Copy, Hit, SearchResponse
from indexer.search.shared import Shared
from indexer.search.statuses import statuses_of
from indexer.search.understanding import Understanding
from indexer.stored.article import StoredArticle
from indexer.suggest.did_you_mean import DidYouMean
from indexer.visible.index import VisibleIndex
from indexer.visible.scan import scan

_STATUSES = 200
"""Number of articles whose legal status is looked up at a time."""


class Searcher:
    """Answers from one commit as seen by one audience, with one lexicon and its pins, so that all parts of an answer are
    consistent.

    Created by :meth:`indexer.search.service.SearchService.searcher`; safe to use from several threads.
    """

    def __init__(
        self, index: VisibleIndex, shared: Shared, lexicon: Watched[Lexicon], pins: Watched[Pins]
    ) -> None:
        self.index = index
        """The index: one commit, as seen by the audience."""
        self._shared = shared
        self._lexicon = lexicon
        self._pins = pins
        self.directives = DirectiveIndex(index, shared.settings.zone, shared.register)
        understanding = Understanding(
            index, self.directives.numbers, lexicon.value, shared.weights, shared.settings.today
        )
        self.articles = Articles(index, understanding, shared.files)
        self.whole_texts = WholeTexts(index, self.articles, understanding)
        self.pages = Pages(index, self.articles, understanding, shared.pictures)
        self.texts = Texts(self.articles, self.whole_texts, self.directives)
        self.seconds = Seconds(index, self.directives)
        self._understanding = understanding
        self._did_you_mean = DidYouMean(index.snapshot, shared.vocabularies, lexicon.value)
        self._overview: Overview | None = None

    @property
    def generation(self) -> str:
        """A value that changes with everything answers depend on: commit, lexicon and pins."""
        return f"{self.index.snapshot.generation} {self._lexicon.stamp} {self._pins.stamp}"

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer ``request``; a query that cannot be parsed is searched for as plain words."""
        start = time.perf_counter()
        answer = self._answer(request)
        response = answer.page() if request.after is None else answer.read_on(request.after)
        return replace(response, took_ms=round((time.perf_counter() - start) * 1000, 2))

    def scan(self, request: SearchRequest, most: int) -> Iterator[StoredArticle]:
        """Return the first ``most`` articles that match ``request``, in its order, ignoring its page and size.

        Copies of one text are counted separately. Raises EngineError immediately, or while reading if the index becomes
        unreadable.
        """
        return scan(self.index, self._answer(request).all(), most)

    def listed(self, request: SearchRequest, most: int) -> Iterator[tuple[StoredArticle, str | None]]:
        """Return the result of :meth:`scan` with the legal status of each, None if it is not a document with one."""
        articles = self.scan(request, most)
        while batch := list(islice(articles, _STATUSES)):
            found = statuses_of(self.index, batch)
            yield from ((article, found.get(article.id)) for article in batch)

    def picked(self, slugs: Sequence[str]) -> list[tuple[StoredArticle, str | None]]:
        """Return the visible articles at these addresses, in this order, each with its legal status as in :meth:`listed`."""
        articles = [article for slug in slugs if (article := self.index.by_slug(slug)) is not None]
        found = statuses_of(self.index, articles)
        return [(article, found.get(article.id)) for article in articles]

    def question(self, request: SearchRequest) -> EngineRequest:
        """Return the engine request for everything that matches ``request``, including copies, unranked: in its reading,
        otherwise exact.
        """
        request = _with_known_issuers(request)
        match = self._understanding.read(request).match(request.reading or "exact")
        return EngineRequest(match, filters=filters(request), sort="newest")

    def shown(self, request: SearchRequest, ids: Sequence[str]) -> tuple[Hit, ...]:
        """Return the visible ones of the articles ``ids`` as hits of ``request``, newest first."""
        these = c.any_of(tuple(c.Term(ID, id) for id in ids))
        asked = EngineRequest(c.All((c.Everything(), these)), sort="newest", limit=max(1, len(ids)))
        query = self._understanding.read(request)
        marks = query.marks(request.reading or "exact")
        return shown_hits(self.index, asked, self.index.search(asked).hits, marks, query.marks("close"))

    def ranked(self, text: str, depth: int, reading: Reading = "some") -> list[str]:
        """Return the ids of the best ``depth`` articles for the plain words of ``text``."""
        plan = self._understanding.read_words(text).plan(reading)
        return [hit.id for hit in self.index.search(EngineRequest(plan.match, plan.rank, limit=depth)).hits]

    def overview(self) -> Overview:
        """Return an overview of the collection; computed once, since a commit does not change."""
        # Two threads that arrive at once compute the same thing.
        if self._overview is None:
            self._overview = overview(self.index, self._answer, self.directives.ranked)
        return self._overview

    def related(self, article: StoredArticle, limit: int = 10) -> tuple[Related, ...]:
        """Return the articles most related to ``article``, best first."""
        return tuple(related(self.index, article, limit))

    def copies(self, article: StoredArticle) -> tuple[Copy, ...]:
        """Return the other articles with the text of ``article``, earliest first."""
        return copies_of(self.index, article.id)

    def file_states(self, state: FileState | None, offset: int, limit: int) -> FileStates:
        """Return the articles with attachments in ``state``, by default the worst existing one."""
        return file_states(self.index, state, offset, limit)

    def _answer(self, request: SearchRequest) -> Answer:
        request = _with_known_issuers(request)
        query = self._understanding.read(request)
        return Answer(
            self.index,
            self._shared.settings,
            self._understanding,
            self.directives,
            self._pins.value,
            self._did_you_mean,
            request,
            query,
        )


def _with_known_issuers(request: SearchRequest) -> SearchRequest:
    return replace(request, issuer=asked_issuers(request.issuer)) if request.issuer else request
